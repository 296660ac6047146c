"""The status of each claim: whether other parties contest, qualify or confirm it.

It is stored in the column ``claims.status``. A claim and its restatements share one status, that of
the strongest relation to claims of other parties: a response or a restatement that counts
(:func:`claimcli.core.relations.response_counts`), or a position of other parties on the same issue
about a time that overlaps.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

from claimcli.core.records import Status
from claimcli.core.relations import RELATIONS, Relation, response_counts
from claimcli.core.schema import Kind
from claimcli.core.stances import UNBOUNDED, Stance, stance_relations
from claimcli.dossier.index.insert import run_script

_STATUSES = {
    Relation.CONTESTED: Status.CONTESTED,
    Relation.QUALIFIED: Status.QUALIFIED,
    Relation.AGREED: Status.CONFIRMED,
    Relation.PARALLEL: Status.UNANSWERED,
}
_STATUS_OF = {relation.strength: status.value for relation, status in _STATUSES.items()}
_NO_RELATION = Relation.PARALLEL.strength
_RELATIONS = {kind.value: RELATIONS[kind.effect] for kind in Kind}

_Link = tuple[int, str, int, str, str]
"""Two claims, each as key and parties, and the kind of response from the first to the second."""


def derive_statuses(db: sqlite3.Connection, *, every: bool) -> None:
    """Update roots of restatements and statuses: of all claims, or of those that are touched."""
    if not every:
        _find_affected(db)
    _set_roots(db, every=every)
    if not every:
        _add_groups(db)
    strengths: dict[int, int] = {}
    for key, relation in (*_by_links(db, every=every), *_by_positions(db, every=every)):
        if relation.strength < strengths.get(key, _NO_RELATION):
            strengths[key] = relation.strength
    _share(db, strengths, every=every)
    _write(db, strengths, every=every)


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


def _set_roots(db: sqlite3.Connection, *, every: bool) -> None:
    """Store for each claim that restates another the claim at the end of that chain.

    The root of claims that restate one another in a circle is the first in alphabetical order.
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
    roots: dict[str, str] = {}
    for start in list(restating):
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in path and at not in roots:
            path[at] = None
            at = restating.get(at) or _restated(db, at, restating)
        if at is None:
            root = list(path)[-1]
        elif at in roots:
            root = roots[at]
        else:
            names = list(path)
            root = min(names[names.index(at) :])
        roots.update(dict.fromkeys(path, root))
    return {name: root for name, root in roots.items() if name != root}


def _restated(db: sqlite3.Connection, name: str, known: dict[str, str]) -> str | None:
    """Return the claim that a claim outside the affected ones restates, if it is on file."""
    row = db.execute(
        "SELECT r.id FROM claims c JOIN claims r ON r.id = c.restates WHERE c.id = ?", (name,)
    ).fetchone()
    if row:
        known[name] = row[0]
    return row[0] if row else None


def _by_links(db: sqlite3.Connection, *, every: bool) -> Iterator[tuple[int, Relation]]:
    """Yield both claims of each link that counts, with its relation."""
    for one, parties, other, other_parties, kind in _links(db, every=every):
        relation = _RELATIONS[kind]
        if response_counts(relation, parties.split(), other_parties.split()):
            yield one, relation
            yield other, relation


def _links(db: sqlite3.Connection, *, every: bool) -> Iterator[_Link]:
    """Yield responses and restatements; a restatement counts as a confirmation."""
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


def _by_positions(db: sqlite3.Connection, *, every: bool) -> Iterator[tuple[int, Relation]]:
    start, some = "claims", ""
    if not every:
        start = "claims INDEXED BY claims_by_issue"
        some = " AND issue IN (SELECT issue FROM affected CROSS JOIN claims USING (claim))"
    holders = db.execute(
        "SELECT issue, claim, parties, position_key, about_from, about_to, about_utc"
        f" FROM {start} WHERE issue IS NOT NULL AND position_key IS NOT NULL AND withdrawn IS NULL"
        f" AND superseded_by IS NULL{some} ORDER BY issue"
    )
    for _, on_issue in groupby(holders, key=lambda row: row[0]):
        rows = list(on_issue)
        if len(rows) > 1:
            yield from stance_relations((row[1], _stance(row)) for row in rows)


def _stance(row: tuple[str, int, str, str, str | None, str | None, str | None]) -> Stance:
    _, _, parties, position, first, last, utc = row
    local = UNBOUNDED if first is None or last is None else (first, last)
    zoned = (utc[:19], utc[20:]) if utc else None
    return Stance(frozenset(parties.split()), position, local, zoned)


def _share(db: sqlite3.Connection, strengths: dict[int, int], *, every: bool) -> None:
    """Set the strength of all claims that restate one another to that of the strongest."""
    some = "" if every else " AND (i.claim IN affected OR r.claim IN affected)"
    pairs = db.execute(
        "SELECT r.claim, i.claim FROM _claims i JOIN claims r ON r.id = i.root"
        f" WHERE i.root IS NOT NULL{some}"
    ).fetchall()
    for root, member in pairs:
        strengths[root] = min(strengths.get(key, _NO_RELATION) for key in (root, member))
    for root, member in pairs:
        strengths[member] = strengths[root]


def _write(db: sqlite3.Connection, strengths: dict[int, int], *, every: bool) -> None:
    if not every:
        keys: Iterable[int] = [key for (key,) in db.execute("SELECT claim FROM affected")]
        strengths = {key: strengths.get(key, _NO_RELATION) for key in keys}
        db.execute("DROP TABLE affected")
    db.executemany(
        "UPDATE claims SET status = ? WHERE claim = ? AND withdrawn IS NULL AND status <> ?",
        [(_STATUS_OF[s], key, _STATUS_OF[s]) for key, s in strengths.items()],
    )
