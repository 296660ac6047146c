"""The claims that oppose each wanted claim: by an answer, or by another position on its issue."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice

from msgspec import Struct

from claimcli.core.opposition import Opposer, Opposition
from claimcli.core.overlaps import OpposingStances
from claimcli.core.response_kinds import Kind
from claimcli.core.stances import Stance
from claimcli.dossier.index.insert import run_script
from claimcli.dossier.index.rivals import compatible_by_issue, stance_of, successors_of

MAX_OPPOSERS = 50
"""Maximum number of opposers that are named for one claim."""

_MEMBERS = """
DROP TABLE IF EXISTS temp.affected;
CREATE TEMP TABLE affected (claim INTEGER PRIMARY KEY, same TEXT NOT NULL);
INSERT OR IGNORE INTO affected
    SELECT w.claim, coalesce(i.root, w.id) FROM wanted w CROSS JOIN _claims i USING (claim);
INSERT OR IGNORE INTO affected
    SELECT i.claim, i.root FROM affected a CROSS JOIN _claims i ON i.root = a.same;
INSERT OR IGNORE INTO affected
    SELECT c.claim, a.same FROM affected a CROSS JOIN claims c ON c.id = a.same;
"""
_BY_ANSWER = """
SELECT a.same, r.kind, o.claim, o.sort, o.id, 0 FROM affected a
CROSS JOIN claims c USING (claim) CROSS JOIN responses r ON r.target = c.id
CROSS JOIN claims o ON o.claim = r.claim
WHERE r.kind IN ({opposing}) AND o.withdrawn IS NULL AND o.superseded_by IS NULL
UNION
SELECT a.same, r.kind, o.claim, o.sort, o.id, 1 FROM affected a
CROSS JOIN responses r ON r.claim = a.claim CROSS JOIN claims o ON o.id = r.target
WHERE r.kind IN ({mutual}) AND o.withdrawn IS NULL AND o.superseded_by IS NULL
ORDER BY 4, 5, 6 DESC
""".format(
    opposing=", ".join(f"'{kind.value}'" for kind in Kind if kind.opposes),
    mutual=", ".join(f"'{kind.value}'" for kind in Kind if kind.effect.mutual),
)
_HOLDERS = """
SELECT issue, claim, id, parties, position, sort, position_key, about_from, about_to, about_utc
FROM claims INDEXED BY claims_by_issue
WHERE issue IN (SELECT issue FROM wanted CROSS JOIN claims USING (claim) WHERE issue IS NOT NULL)
AND position_key IS NOT NULL AND withdrawn IS NULL AND superseded_by IS NULL ORDER BY sort, id
"""


class _Found(Struct, frozen=True):
    """An opposer, its key and its place in the order of claims."""

    key: int
    order: tuple[str, str]
    opposer: Opposer


def load_opposition(db: sqlite3.Connection) -> dict[str, Opposition]:
    """Return what opposes the claims in the temporary table ``wanted``, by id."""
    run_script(db, _MEMBERS)
    answers = _by_answer(db)
    positions = _Positions(db)
    successors = successors_of(db, every=False)
    opposition: dict[str, Opposition] = {}
    for key, name, same in db.execute(
        "SELECT claim, w.id, a.same FROM wanted w CROSS JOIN affected a USING (claim)"
    ):
        left_out = {key, *successors.get(key, ())}
        found = {one.key: one for one in islice(positions.opposing(key, left_out), _LIMIT)}
        by_answer = (one for one in answers.get(same, ()) if one.key not in left_out)
        found |= {one.key: one for one in islice(by_answer, _LIMIT)}
        if found:
            opposition[name] = _named(found.values())
    db.execute("DROP TABLE affected")
    return opposition


_LIMIT = MAX_OPPOSERS + 1


def _named(found: Collection[_Found]) -> Opposition:
    """Return the first opposers: those by answers, then those by positions."""
    ordered = sorted(found, key=lambda one: (one.opposer.kind is None, one.order))
    return Opposition(
        tuple(one.opposer for one in ordered[:MAX_OPPOSERS]), len(ordered) > MAX_OPPOSERS
    )


def _by_answer(db: sqlite3.Connection) -> dict[str, list[_Found]]:
    """Return the opposers by an answer of each group of restatements.

    Each claim's parties are looked up once: a joint statement can have thousands of them.
    """
    found: dict[str, list[_Found]] = defaultdict(list)
    known: dict[int, tuple[tuple[str, ...], str | None]] = {}
    query = "SELECT parties, position FROM claims WHERE claim = ?"
    for same, kind, key, sort, name, is_target in db.execute(_BY_ANSWER):
        if key not in known:
            parties, position = db.execute(query, (key,)).fetchone()
            known[key] = tuple(parties.split()), position
        parties, position = known[key]
        opposer = Opposer(name, parties, Kind(kind), position, bool(is_target))
        found[same].append(_Found(key, (sort, name), opposer))
    return found


class _Positions:
    """The current positions on the issues of the wanted claims."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._compatible = compatible_by_issue(db)
        self._issue_of: dict[int, str] = {}
        self._stance_of: dict[int, Stance] = {}
        holders: dict[str, dict[Stance, list[_Found]]] = defaultdict(lambda: defaultdict(list))
        for issue, key, name, parties, position, sort, *columns in db.execute(_HOLDERS):
            stance = stance_of(("", *columns, 1), lambda _: frozenset())
            opposer = Opposer(name, tuple(parties.split()), None, position)
            holders[issue][stance].append(_Found(key, (sort, name), opposer))
        self._holders = {issue: OpposingStances(stances) for issue, stances in holders.items()}
        self._add_wanted(db)

    def _add_wanted(self, db: sqlite3.Connection) -> None:
        for key, issue, *columns in db.execute(
            "SELECT claim, issue, position_key, about_from, about_to, about_utc"
            " FROM wanted CROSS JOIN claims USING (claim)"
            " WHERE issue IS NOT NULL AND position_key IS NOT NULL"
        ):
            self._issue_of[key] = issue
            self._stance_of[key] = stance_of(("", *columns, 1), lambda _: frozenset())

    def opposing(self, key: int, left_out: Collection[int]) -> Iterator[_Found]:
        """Yield the claims that hold a position that opposes that of a claim."""
        if key in self._issue_of:
            issue = self._issue_of[key]
            if issue in self._holders:
                compatible = self._compatible.get(issue, {})
                for holders in self._holders[issue].to(self._stance_of[key], compatible):
                    yield from (one for one in holders if one.key not in left_out)
