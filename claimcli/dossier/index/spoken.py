"""The order of all claims of a dossier, how many issues they are on, and who makes them."""

import sqlite3

_PARTIES = """
WITH RECURSIVE speaking (party) AS (
    SELECT min(party) FROM claim_parties
    UNION ALL
    SELECT (SELECT min(party) FROM claim_parties p WHERE p.party > s.party)
    FROM speaking s WHERE s.party IS NOT NULL
) SELECT party FROM speaking WHERE party IS NOT NULL
"""
"""The parties of claims, with one step in the index for each."""


def claim_numbers(db: sqlite3.Connection) -> dict[str, int]:
    """Return the place of each claim in the order of time, by id."""
    claims = db.execute("SELECT id FROM claims ORDER BY sort, id")
    return {name: number for number, (name,) in enumerate(claims)}


def speaking_parties(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return the parties that make claims."""
    return tuple(party for (party,) in db.execute(_PARTIES))


def spoken_issues(db: sqlite3.Connection) -> int:
    """Return the number of issues that claims are on; claims on no issue count as one more."""
    issues = "SELECT 1 FROM claims WHERE claims.issue = issues.id"
    (count,) = db.execute(f"SELECT count(*) FROM issues WHERE EXISTS ({issues})").fetchone()
    # counting both is fast, since both are in indexes
    (every,) = db.execute("SELECT count(*) FROM claims").fetchone()
    (on_issues,) = db.execute("SELECT count(*) FROM claims WHERE issue NOT NULL").fetchone()
    return int(count + (on_issues < every))


def column_count(db: sqlite3.Connection, *, by_tree: bool) -> int:
    """Return how many parties, or trees of them, have a record or make claims."""
    column = "tree" if by_tree else "id"
    query = f"SELECT count(DISTINCT {column}) FROM parties WHERE registered OR id IN ({_PARTIES})"
    return int(db.execute(query).fetchone()[0])
