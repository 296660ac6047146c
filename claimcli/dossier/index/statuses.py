"""The status of each claim, and whether it is answered, by :mod:`claimcli.core.statuses`.

They are stored in ``claims.status`` and ``claims.answered``. A claim and its restatements share
their answers; each has the rivals of its own position. Claims are compared by party tree
(``parties.tree``).
"""

import sqlite3
from collections.abc import Iterator, Mapping
from itertools import groupby

from claimcli.core.response_kinds import Kind
from claimcli.core.stances import Rivals
from claimcli.core.statuses import NO_ANSWERS, NO_RIVALS, Tallies, status_of
from claimcli.dossier.index.restatements import set_roots
from claimcli.dossier.index.rivals import Successors, find_rivals, successors_of
from claimcli.dossier.index.tables import run_script
from claimcli.dossier.index.trees import TreeFinder, set_trees, tree_finder


def derive_statuses(db: sqlite3.Connection, *, every: bool) -> None:
    """Update trees, roots of restatements and statuses: of all claims, or of those touched.

    If the trees of parties have changed, all claims are touched.
    """
    if set_trees(db):
        every = True
    if not every:
        _find_affected(db)
    set_roots(db, every=every)
    if not every:
        _add_groups(db)
    start = "claims c" if every else "affected CROSS JOIN claims c USING (claim)"
    successors = successors_of(db, start)
    trees = tree_finder(db)
    rivals = find_rivals(db, trees, successors, every=every)
    rows = _statuses(db, trees, rivals, successors, every=every)
    db.executemany("UPDATE claims SET status = ?, answered = ? WHERE claim = ?", list(rows))
    if not every:
        db.execute("DROP TABLE affected")


_AFFECTED = """
CREATE TEMP TABLE affected (claim INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO touched_issues
    SELECT issue FROM touched CROSS JOIN claims USING (id) WHERE issue IS NOT NULL;
INSERT OR IGNORE INTO affected SELECT claim FROM touched CROSS JOIN claims USING (id);
INSERT OR IGNORE INTO affected
    SELECT claim FROM touched_issues t CROSS JOIN claims c ON c.issue = t.id
    WHERE c.position IS NOT NULL;
"""
_GROUPS = """
INSERT OR IGNORE INTO affected
    WITH RECURSIVE below (id) AS (
        SELECT id FROM affected CROSS JOIN claims USING (claim)
        UNION SELECT c.id FROM below CROSS JOIN claims c ON c.restates = below.id
    ) SELECT claim FROM below CROSS JOIN claims USING (id);
INSERT OR IGNORE INTO affected
    SELECT r.claim FROM affected a
    CROSS JOIN _claims i USING (claim) CROSS JOIN claims r ON r.id = i.root;
INSERT OR IGNORE INTO affected
    SELECT i.claim FROM affected a
    CROSS JOIN claims c USING (claim) CROSS JOIN _claims i ON i.root = c.id;
"""


def _find_affected(db: sqlite3.Connection) -> None:
    """Record whose status may have changed, as far as is known before roots are set."""
    run_script(db, _AFFECTED)
    _add_groups(db)


def _add_groups(db: sqlite3.Connection) -> None:
    """Add to the affected claims those that restate the same claim, directly or indirectly."""
    run_script(db, _GROUPS)


_ENDS = """
SELECT coalesce(ti.root, t.id) AS same, s.claim,
    iif(length(s.parties) <= {longest}, s.parties, NULL), r.kind,
    s.withdrawn IS NULL AND s.superseded_by IS NULL, 1
FROM {targets} CROSS JOIN _claims ti ON ti.claim = t.claim CROSS JOIN claims s ON s.claim = r.claim
UNION ALL
SELECT coalesce(si.root, s.id) AS same, t.claim,
    iif(length(t.parties) <= {longest}, t.parties, NULL), r.kind,
    t.withdrawn IS NULL AND t.superseded_by IS NULL, 0
FROM {sources} CROSS JOIN claims s ON s.claim = r.claim
CROSS JOIN _claims si ON si.claim = s.claim CROSS JOIN claims t ON t.id = r.target
ORDER BY same
"""
"""Both ends of each response: the group of restatements of one claim, and the other claim."""
_ALL_RESPONSES = ("responses r CROSS JOIN claims t ON t.id = r.target", "responses r")
_AFFECTED_RESPONSES = (
    "affected a CROSS JOIN claims t ON t.claim = a.claim CROSS JOIN responses r ON r.target = t.id",
    "affected a CROSS JOIN responses r ON r.claim = a.claim",
)
"""The responses with their targets, and those with their sources: all, or those of affected claims.

``IN affected`` would compare each response with each affected claim.
"""
_KINDS = {kind.value: kind for kind in Kind}
LONGEST = 500
"""Maximum length of parties in rows of responses; longer ones are looked up once for each claim."""


def _tallies(
    db: sqlite3.Connection, trees: TreeFinder, *, every: bool
) -> Iterator[tuple[str, Tallies]]:
    """Yield the answers of each group of restatements that has some, in order of the groups."""
    targets, sources = _ALL_RESPONSES if every else _AFFECTED_RESPONSES
    ends = db.execute(_ENDS.format(targets=targets, sources=sources, longest=LONGEST))
    long: dict[int, frozenset[str]] = {}
    for group, rows in groupby(ends, key=lambda row: row[0]):
        tallies = Tallies()
        for _, key, parties, kind, current, answers in rows:
            add = tallies.add_answer if answers else tallies.add_target
            if parties is None and key not in long:
                query = "SELECT parties FROM claims WHERE claim = ?"
                long[key] = trees(*db.execute(query, (key,)).fetchone())
            found = long[key] if parties is None else trees(parties)
            add(_KINDS[kind], key, found, current=bool(current))
        yield group, tallies


def _statuses(
    db: sqlite3.Connection,
    trees: TreeFinder,
    rivals: Mapping[int, Rivals],
    successors: Successors,
    *,
    every: bool,
) -> Iterator[tuple[str, bool, int]]:
    """Yield status, whether it is answered, and key of each claim for which they have changed."""
    tallies = _tallies(db, trees, every=every)
    group, found = next(tallies, ("", NO_ANSWERS))
    some = "" if every else "WHERE c.claim IN affected"
    alone = [
        status_of(frozenset(), NO_ANSWERS, NO_RIVALS, withdrawn=withdrawn)
        for withdrawn in (False, True)
    ]
    for same, key, parties, withdrawn, *old in db.execute(
        "SELECT coalesce(i.root, c.id) AS same, c.claim, c.parties, c.withdrawn IS NOT NULL,"
        f" c.status, c.answered FROM claims c JOIN _claims i USING (claim) {some} ORDER BY same"
    ):
        while group and group < same:
            group, found = next(tallies, ("", NO_ANSWERS))
        if group != same and key not in rivals:
            status, answered = alone[withdrawn]
        else:
            status, answered = status_of(
                trees(parties),
                found if group == same else NO_ANSWERS,
                rivals.get(key, NO_RIVALS),
                withdrawn=bool(withdrawn),
                without=(key, *successors.get(key, ())),
            )
        if [status.value, answered] != old:
            yield status.value, answered, key
