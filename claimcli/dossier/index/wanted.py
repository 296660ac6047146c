"""The claims to load for a request: the selected ones, and those that belong to them."""

import sqlite3
from collections.abc import Iterable

from claimcli.core.query import EVERYTHING, Request, Scope
from claimcli.dossier.index.resolve import party_and_members

_CLOSURE = """
INSERT OR IGNORE INTO wanted WITH RECURSIVE near (id) AS (
    SELECT id FROM wanted
    UNION SELECT r.target FROM near JOIN claims c ON c.id = near.id JOIN responses r USING (claim)
    UNION SELECT c.id FROM near JOIN responses r ON r.target = near.id JOIN claims c USING (claim)
    UNION SELECT c.restates FROM near JOIN claims c ON c.id = near.id WHERE c.restates IS NOT NULL
    UNION SELECT c.id FROM near JOIN claims c ON c.restates = near.id
) SELECT claim, id FROM near JOIN claims USING (id)
"""
_SAME_ISSUES = """
INSERT OR IGNORE INTO wanted SELECT claim, id FROM claims
WHERE issue IN (SELECT issue FROM wanted CROSS JOIN claims USING (claim))
"""
_RESPONSES = """
INSERT OR IGNORE INTO wanted SELECT c.claim, c.id FROM wanted w
CROSS JOIN responses r ON r.target = w.id CROSS JOIN claims c ON c.claim = r.claim
"""
_TARGETS = """
INSERT OR IGNORE INTO wanted SELECT t.claim, t.id FROM wanted w
CROSS JOIN responses r ON r.claim = w.claim CROSS JOIN claims t ON t.id = r.target
"""


MOVED = """
WITH disputed AS (
    SELECT issue FROM claims WHERE position_key IS NOT NULL AND issue IS NOT NULL
    GROUP BY issue HAVING min(position_key) <> max(position_key)
), positions AS MATERIALIZED (
    SELECT c.claim, c.issue, c.position_key, p.value AS party FROM disputed d
    CROSS JOIN claims c ON c.issue = d.issue AND c.position_key IS NOT NULL
    CROSS JOIN json_each('["' || replace(c.parties, ' ', '","') || '"]') p
)
SELECT claim, id FROM claims
WHERE withdrawn IS NOT NULL OR restates IS NOT NULL OR supersedes IS NOT NULL
UNION SELECT old.claim, old.id FROM claims new CROSS JOIN claims old ON old.id = new.restates
WHERE new.restates IS NOT NULL
UNION SELECT old.claim, old.id FROM claims new CROSS JOIN claims old ON old.id = new.supersedes
WHERE new.supersedes IS NOT NULL
UNION SELECT claim, id FROM claims CROSS JOIN positions USING (claim)
WHERE (positions.issue, positions.party) IN (
    SELECT issue, party FROM positions GROUP BY issue, party
    HAVING min(position_key) <> max(position_key)
)
"""
"""All claims that can be part of a party's change of position: withdrawn or restated claims, and
claims of a party that takes several positions on an issue."""


def want(db: sqlite3.Connection, chosen: Iterable[tuple[int, str]], request: Request) -> None:
    """Make ``temp.wanted`` contain the keys and ids of all needed claims.

    It is a view if all claims are needed: copying their keys would take as long as reading them.
    """
    drop_wanted(db)
    if wants_every(request):
        db.execute("CREATE TEMP VIEW wanted AS SELECT claim, id FROM claims")
        return
    db.execute("CREATE TEMP TABLE wanted (claim INTEGER PRIMARY KEY, id TEXT NOT NULL)")
    db.executemany("INSERT INTO wanted VALUES (?, ?)", chosen)
    if request.scope is Scope.MOVED:
        db.execute(f"INSERT OR IGNORE INTO wanted SELECT claim, id FROM ({MOVED})")
    for name in request.parties:
        members = party_and_members(db, name)
        query = (
            "INSERT OR IGNORE INTO wanted SELECT claim, id FROM claim_parties"
            f" WHERE party IN ({', '.join('?' * len(members))})"
        )
        db.execute(query, members)
    if request.scope in (Scope.THREADS, Scope.ISSUES):
        db.execute(_CLOSURE)
    if request.scope is Scope.ISSUES:
        db.execute(_SAME_ISSUES)
    if request.scope is not Scope.CLAIMS:
        db.execute(_RESPONSES)
    if request.scope is Scope.LINKS:  # after the responses: those of the targets can be many
        db.execute(_TARGETS)


def wants_every(request: Request) -> bool:
    """Return whether a request needs all claims."""
    if request.scope in (Scope.THREADS, Scope.ISSUES):
        return request.query == EVERYTHING and request.limit is None and not request.offset
    return request.scope is Scope.ALL


def drop_wanted(db: sqlite3.Connection) -> None:
    """Delete the table or view ``temp.wanted`` if it exists."""
    for (kind,) in db.execute(
        "SELECT type FROM temp.sqlite_master WHERE name = 'wanted'"
    ).fetchall():
        db.execute(f"DROP {kind} temp.wanted")
