"""The records of some files and those they lead to, to check an edit of these files."""

import sqlite3
from collections.abc import Collection, Iterable

from claimcli.core.records import Dossier
from claimcli.dossier.index.claims import wanted_claims
from claimcli.dossier.index.load import all_parties, load_records
from claimcli.dossier.index.lookup import FileKey
from claimcli.dossier.index.problems import PathOf
from claimcli.dossier.index.wanted import drop_wanted

_AHEAD = """
CREATE TEMP TABLE wanted AS
WITH RECURSIVE ahead (id) AS (
    SELECT id FROM claims WHERE file IN temp.edited AND (
        restates IS NOT NULL OR supersedes IS NOT NULL
        OR claim IN (SELECT claim FROM responses WHERE NOT nested))
    UNION SELECT r.target FROM ahead JOIN claims c ON c.id = ahead.id JOIN responses r USING (claim)
    UNION SELECT c.restates FROM ahead JOIN claims c ON c.id = ahead.id
    UNION SELECT c.supersedes FROM ahead JOIN claims c ON c.id = ahead.id
) SELECT claim, id FROM ahead JOIN claims USING (id)
"""


def load_linked(
    db: sqlite3.Connection, places: Iterable[FileKey], sources: Collection[str], path_of: PathOf
) -> Dossier:
    """Return the claims of files that name other claims, and all that they answer, restate or
    supersede, directly or indirectly; the parties, and some sources by id.

    A nested answer that names no other claim is not among them, unless one leads to it: no cycle
    can go through nested answers alone. Files that the index does not have are ignored.
    """
    drop_wanted(db)
    db.execute("DROP TABLE IF EXISTS temp.edited")
    db.execute("CREATE TEMP TABLE edited (file INTEGER PRIMARY KEY)")
    query = "INSERT INTO temp.edited SELECT file FROM files WHERE root = ? AND path = ?"
    db.executemany(query, places)
    db.execute(_AHEAD)
    claims, statuses, _, answered = wanted_claims(db, path_of)
    return Dossier(
        claims=tuple(claims.values()),
        by_id={claim.id: claim for claim in claims.values()},
        statuses=statuses,
        answered=answered,
        parties=all_parties(db, path_of),
        sources=load_records(db, "source", sources, path_of),
    )
