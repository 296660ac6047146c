"""How each claim stands against all other parties' claims, for the column ``claims.status``.

A claim's restatements share its status. The strongest of all relations to claims of other
parties counts: answers that are not by the very same parties, confirmations in which somebody
speaks who does not in what they confirm, and positions of different parties on one issue about
times that overlap.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

from claimcli.core.records import Status
from claimcli.core.relations import RELATIONS
from claimcli.core.schema import Kind
from claimcli.dossier.index.insert import run_script
from claimcli.dossier.index.position_statuses import (
    AGREED,
    CONTESTED,
    UNBOUNDED,
    Stance,
    position_strengths,
)

QUALIFIED = 1
NONE = 3
_STATUS = {
    CONTESTED: Status.CONTESTED,
    QUALIFIED: Status.QUALIFIED,
    AGREED: Status.CONFIRMED,
    NONE: Status.UNANSWERED,
}
_STRENGTH = {kind.value: RELATIONS[kind.effect].strength for kind in Kind}

_Ends = tuple[int, str, int, str, str]
"""Two claims, each as key and parties, and the kind of what links them."""


def derive_statuses(db: sqlite3.Connection, *, every: bool) -> None:
    """Bring the roots of restatements and the statuses up to date, as ``deriving`` says."""
    if not every:
        _find_affected(db)
    _set_roots(db, every=every)
    if not every:
        _add_groups(db)
    found: dict[int, int] = {}
    for key, strength in (*_by_links(db, every=every), *_by_positions(db, every=every)):
        if strength < found.get(key, NONE):
            found[key] = strength
    _share(db, found, every=every)
    _write(db, found, every=every)


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
    """Note whose status may have changed, as far as can be said before roots are set."""
    run_script(db, _AFFECTED)
    _add_groups(db)


def _add_groups(db: sqlite3.Connection) -> None:
    """Add to the affected claims those that restate the same, directly or not."""
    run_script(db, _GROUPS)


def _set_roots(db: sqlite3.Connection, *, every: bool) -> None:
    """Note for each claim that restates another which one that is in the end.

    Claims that restate one another in a circle have the first in alphabetical order.
    """
    some = "claims c" if every else "affected CROSS JOIN claims c USING (claim)"
    restating = dict(
        db.execute(
            "SELECT c.id, c.restates FROM "
            f"{some} JOIN claims r ON r.id = c.restates WHERE c.restates IS NOT NULL"
        )
    )
    if not every:
        db.execute("UPDATE _claims SET root = NULL WHERE claim IN affected AND root IS NOT NULL")
    roots = [(root, name) for name, root in _roots(db, restating).items()]
    db.executemany(
        "UPDATE _claims SET root = ? WHERE claim = (SELECT claim FROM claims WHERE id = ?)", roots
    )


def _roots(db: sqlite3.Connection, restating: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in list(restating):
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in path and at not in found:
            path[at] = None
            at = restating.get(at) or _restated(db, at, restating)
        if at is None:
            root = list(path)[-1]
        elif at in found:
            root = found[at]
        else:
            names = list(path)
            root = min(names[names.index(at) :])
        found.update(dict.fromkeys(path, root))
    return {name: root for name, root in found.items() if name != root}


def _restated(db: sqlite3.Connection, name: str, known: dict[str, str]) -> str | None:
    """Return what a claim outside the affected ones restates, if that is on file."""
    row = db.execute(
        "SELECT r.id FROM claims c JOIN claims r ON r.id = c.restates WHERE c.id = ?", (name,)
    ).fetchone()
    if row:
        known[name] = row[0]
    return row[0] if row else None


def _by_links(db: sqlite3.Connection, *, every: bool) -> Iterator[tuple[int, int]]:
    """Yield the strength of the links that count."""
    for one, parties, other, other_parties, kind in _links(db, every=every):
        strength = _STRENGTH[kind]
        if strength < NONE and _counts(strength, parties.split(), other_parties.split()):
            yield one, strength
            yield other, strength


def _counts(strength: int, answering: list[str], answered: list[str]) -> bool:
    """Return whether an answer counts: one who spoke jointly can deny that, but not confirm it."""
    said, before = set(answering), set(answered)
    return not said <= before if strength == AGREED else said != before


def _links(db: sqlite3.Connection, *, every: bool) -> Iterator[_Ends]:
    """Yield what answers or restates what; a restatement says the same."""
    ends = "SELECT s.claim, s.parties, t.claim, t.parties"
    if every:
        yield from db.execute(
            f"{ends}, r.kind FROM responses r JOIN claims s ON s.claim = r.claim"
            " JOIN claims t ON t.id = r.target"
        )
        yield from db.execute(
            f"{ends}, 'confirms' FROM claims s JOIN claims t ON t.id = s.restates"
            " WHERE s.restates IS NOT NULL"
        )
        return
    yield from db.execute(
        f"{ends}, r.kind FROM affected a CROSS JOIN responses r ON r.claim = a.claim"
        " CROSS JOIN claims s ON s.claim = r.claim CROSS JOIN claims t ON t.id = r.target"
        f" UNION ALL {ends}, r.kind FROM affected a CROSS JOIN claims t ON t.claim = a.claim"
        " CROSS JOIN responses r ON r.target = t.id CROSS JOIN claims s ON s.claim = r.claim"
        f" UNION ALL {ends}, 'confirms' FROM affected a CROSS JOIN claims s ON s.claim = a.claim"
        " CROSS JOIN claims t ON t.id = s.restates"
        f" UNION ALL {ends}, 'confirms' FROM affected a CROSS JOIN claims t ON t.claim = a.claim"
        " CROSS JOIN claims s ON s.restates = t.id"
    )


def _by_positions(db: sqlite3.Connection, *, every: bool) -> Iterator[tuple[int, int]]:
    start, some = "claims", ""
    if not every:
        start = "claims INDEXED BY claims_by_issue"
        some = " AND issue IN (SELECT issue FROM affected CROSS JOIN claims USING (claim))"
    holders = db.execute(
        "SELECT issue, claim, parties, position_key, about_from, about_to, about_zoned"
        f" FROM {start} WHERE issue IS NOT NULL AND position_key IS NOT NULL AND withdrawn IS NULL"
        f" AND superseded_by IS NULL{some} ORDER BY issue"
    )
    for _, on_issue in groupby(holders, key=lambda row: row[0]):
        rows = list(on_issue)
        if len(rows) > 1:
            yield from position_strengths((row[1], _way(row)) for row in rows)


def _way(row: tuple[str, int, str, str, str | None, str | None, int | None]) -> Stance:
    _, _, parties, position, first, last, zoned = row
    if first is None or last is None:
        first, last = UNBOUNDED
    return Stance(frozenset(parties.split()), position, first, last, bool(zoned))


def _share(db: sqlite3.Connection, found: dict[int, int], *, every: bool) -> None:
    """Give all claims that restate one another the strongest of their relations."""
    some = "" if every else " AND (i.claim IN affected OR r.claim IN affected)"
    pairs = db.execute(
        "SELECT r.claim, i.claim FROM _claims i JOIN claims r ON r.id = i.root"
        f" WHERE i.root IS NOT NULL{some}"
    ).fetchall()
    for root, member in pairs:
        found[root] = min(found.get(root, NONE), found.get(member, NONE))
    for root, member in pairs:
        found[member] = found[root]


def _write(db: sqlite3.Connection, found: dict[int, int], *, every: bool) -> None:
    if not every:
        keys: Iterable[int] = [key for (key,) in db.execute("SELECT claim FROM affected")]
        found = {key: found.get(key, NONE) for key in keys}
        db.execute("DROP TABLE affected")
    db.executemany(
        "UPDATE claims SET status = ? WHERE claim = ? AND withdrawn IS NULL AND status <> ?",
        [(_STATUS[s].value, key, _STATUS[s].value) for key, s in found.items()],
    )
