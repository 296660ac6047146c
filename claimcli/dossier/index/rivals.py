"""The rival positions of claims, and the claims that supersede them."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby

from claimcli.core.stances import (
    UNBOUNDED,
    Compatible,
    Rivals,
    Stance,
    compatible_positions,
    rivals_of_stances,
)
from claimcli.dossier.index.trees import TreeFinder

Successors = Mapping[int, frozenset[int]]
"""By the key of a superseded claim: the claims of its party that supersede it directly, and the
current one at the end of the chain."""


def successors_of(db: sqlite3.Connection, start: str) -> Successors:
    """Return the claims that supersede each claim of a table, by key.

    ``start`` is the table with the columns of claims, or a join, as ``c``.
    """
    rows = db.execute(
        "SELECT c.claim, later.claim, c.parties, later.parties, first.claim"
        f" FROM {start} CROSS JOIN claims later ON later.supersedes = c.id"
        " CROSS JOIN claims first ON first.id = c.superseded_by"
        " WHERE c.superseded_by IS NOT NULL"
    ).fetchall()
    last = _last_successors(db, {old: first for old, _, _, _, first in rows})
    successors: dict[int, set[int]] = defaultdict(set)
    for old, new, parties, later_parties, _ in rows:
        successors[old].add(last[old])
        if not set(parties.split()).isdisjoint(later_parties.split()):
            successors[old].add(new)
    return {old: frozenset(later) for old, later in successors.items()}


def _last_successors(db: sqlite3.Connection, first: dict[int, int]) -> dict[int, int]:
    """Return the end of each chain of successors; in a circle, the claim where it was entered."""
    query = "SELECT l.claim FROM claims c JOIN claims l ON l.id = c.superseded_by WHERE c.claim = ?"
    last: dict[int, int] = {}
    for start in list(first):
        path: dict[int, None] = {}
        at = start
        while at not in path and at not in last:
            path[at] = None
            if at not in first:
                row = db.execute(query, (at,)).fetchone()
                first[at] = row[0] if row else at
            at = first[at]
        last.update(dict.fromkeys(path, last.get(at, at)))
    return last


def find_rivals(
    db: sqlite3.Connection, trees: TreeFinder, successors: Successors, *, every: bool
) -> dict[int, Rivals]:
    """Return the rival positions of each claim that has some, by key."""
    start, some = "claims", ""
    if not every:
        start = "claims INDEXED BY claims_by_issue"
        some = " AND issue IN (SELECT issue FROM affected CROSS JOIN claims USING (claim))"
    holders = db.execute(
        "SELECT issue, claim, parties, position_key, about_from, about_to, about_utc,"
        " withdrawn IS NULL AND superseded_by IS NULL"
        f" FROM {start} WHERE issue IS NOT NULL AND position_key IS NOT NULL{some} ORDER BY issue"
    )
    pairs = compatible_by_issue(db)
    rivals: dict[int, Rivals] = {}
    for issue, on_issue in groupby(holders, key=lambda row: row[0]):
        stances = {row[1]: stance_of(row[2:], trees) for row in on_issue}
        if len(stances) > 1:
            rivals.update(rivals_of_stances(stances, pairs.get(issue, {}), successors))
    return rivals


def stance_of(
    row: tuple[str, str, str | None, str | None, str | None, int], trees: TreeFinder
) -> Stance:
    """Return the stance of a claim from its columns."""
    parties, position, first, last, utc, holds = row
    local = UNBOUNDED if first is None or last is None else (first, last)
    zoned = (utc[:19], utc[20:]) if utc else None
    return Stance(trees(parties), position, local, zoned, bool(holds))


def compatible_by_issue(db: sqlite3.Connection) -> dict[str, Compatible]:
    """Return the compatible positions of the issues that declare some."""
    rows = db.execute(
        "SELECT issue, position_key, other_key FROM compatible_positions ORDER BY issue"
    )
    return {
        issue: compatible_positions((one, other) for _, one, other in pairs)
        for issue, pairs in groupby(rows, key=lambda row: row[0])
    }
