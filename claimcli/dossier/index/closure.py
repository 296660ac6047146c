"""The records of some files and those they lead to, to check an edit of these files."""

import sqlite3
from collections.abc import Iterable

from claimcli.core.records import Dossier
from claimcli.dossier.index.load import all_parties, wanted_claims
from claimcli.dossier.index.lookup import FileKey
from claimcli.dossier.index.problems import PathOf
from claimcli.dossier.index.rows import decode_record

_AHEAD = """
CREATE TEMP TABLE wanted AS
WITH RECURSIVE ahead (id) AS (
    SELECT id FROM claims WHERE file IN temp.edited
    UNION SELECT r.target FROM ahead JOIN claims c ON c.id = ahead.id JOIN responses r USING (claim)
    UNION SELECT c.restates FROM ahead JOIN claims c ON c.id = ahead.id
    UNION SELECT c.supersedes FROM ahead JOIN claims c ON c.id = ahead.id
) SELECT claim, id FROM ahead JOIN claims USING (id)
"""
_SOURCES = "SELECT id, record, file FROM _registry WHERE kind = 'source' AND file IN temp.edited"


def load_files(db: sqlite3.Connection, places: Iterable[FileKey], path_of: PathOf) -> Dossier:
    """Return the claims and sources of files, all claims that they answer, restate or supersede,
    directly or indirectly, and all parties. Files that the index does not have are ignored.
    """
    db.execute("DROP TABLE IF EXISTS temp.wanted")
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
        sources={
            name: decode_record("source", data, path_of(file))
            for name, data, file in db.execute(_SOURCES)
        },
    )
