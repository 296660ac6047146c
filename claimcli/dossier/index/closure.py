"""The records of one file and those they lead to, to check an edit of that file."""

import sqlite3

from claimcli.core.records import Dossier
from claimcli.dossier.index.load import all_parties, wanted_claims
from claimcli.dossier.index.lookup import FileKey
from claimcli.dossier.index.problems import PathOf
from claimcli.dossier.index.rows import decode_record

_AHEAD = """
CREATE TEMP TABLE wanted AS
WITH RECURSIVE ahead (id) AS (
    SELECT id FROM claims WHERE file = ?
    UNION SELECT r.target FROM ahead JOIN claims c ON c.id = ahead.id JOIN responses r USING (claim)
    UNION SELECT c.restates FROM ahead JOIN claims c ON c.id = ahead.id
    UNION SELECT c.supersedes FROM ahead JOIN claims c ON c.id = ahead.id
) SELECT claim, id FROM ahead JOIN claims USING (id)
"""


def load_file(db: sqlite3.Connection, place: FileKey, path_of: PathOf) -> Dossier:
    """Return the claims and sources of a file, all claims that they answer, restate or supersede,
    directly or indirectly, and all parties; an empty dossier if there is no such file yet.
    """
    row = db.execute("SELECT file FROM files WHERE root = ? AND path = ?", place).fetchone()
    if row is None:
        return Dossier()
    db.execute("DROP TABLE IF EXISTS temp.wanted")
    db.execute(_AHEAD, row)
    claims, statuses, _, answered = wanted_claims(db, path_of)
    sources = db.execute("SELECT id, record FROM _registry WHERE kind = 'source' AND file = ?", row)
    return Dossier(
        claims=tuple(claims.values()),
        by_id={claim.id: claim for claim in claims.values()},
        statuses=statuses,
        answered=answered,
        parties=all_parties(db, path_of),
        sources={name: decode_record("source", data, path_of(row[0])) for name, data in sources},
    )
