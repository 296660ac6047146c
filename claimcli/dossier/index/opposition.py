"""The claims that oppose each wanted claim: by an answer, or by another position on its issue."""

import sqlite3
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

import msgspec

from claimcli.core.opposition import Opposer, Opposition
from claimcli.core.overlaps import OpposingStances
from claimcli.core.response_kinds import Kind
from claimcli.core.stances import Compatible, Stance, stance_opposes
from claimcli.dossier.index.rivals import compatible_by_issue, stance_of, successors_of
from claimcli.dossier.index.tables import run_script

MAX_OPPOSERS = 50
"""Maximum number of opposers that are named for one claim."""
_LIMIT = MAX_OPPOSERS + 1
_MOST_KEPT = 100_000
"""Maximum number of positions that are kept for further batches of wanted claims."""

_ALL_RESTATEMENTS = """
INSERT INTO restated SELECT claim, root FROM _claims WHERE root IS NOT NULL;
"""
_WANTED_RESTATEMENTS = """
INSERT INTO restated
    SELECT i.claim, i.root FROM wanted w CROSS JOIN _claims i USING (claim)
    WHERE i.root IS NOT NULL;
INSERT OR IGNORE INTO restated
    SELECT i.claim, i.root FROM wanted w CROSS JOIN _claims i ON i.root = w.id;
INSERT OR IGNORE INTO restated
    SELECT i.claim, i.root FROM restated a CROSS JOIN _claims i ON i.root = a.same;
"""
_RESTATED = """
DROP TABLE IF EXISTS temp.restated;
CREATE TEMP TABLE restated (claim INTEGER PRIMARY KEY, same TEXT NOT NULL);
{restatements}
INSERT OR IGNORE INTO restated
    SELECT c.claim, a.same FROM restated a CROSS JOIN claims c ON c.id = a.same;
"""
"""Fills a table with the claims that restate others or are restated, and the restated claim."""
_BY_ANSWER = """
SELECT a.claim, o.sort, o.id, 0, r.kind, o.claim FROM {{start}}
CROSS JOIN responses r ON r.claim = a.claim CROSS JOIN claims o ON o.id = r.target
WHERE r.kind IN ({mutual}) AND o.withdrawn IS NULL AND o.superseded_by IS NULL
UNION ALL
SELECT a.claim, o.sort, o.id, 1, r.kind, o.claim FROM {{start}}
CROSS JOIN responses r ON r.target = a.id CROSS JOIN claims o ON o.claim = r.claim
WHERE r.kind IN ({opposing}) AND o.withdrawn IS NULL AND o.superseded_by IS NULL
""".format(
    opposing=", ".join(f"'{kind.value}'" for kind in Kind if kind.opposes),
    mutual=", ".join(f"'{kind.value}'" for kind in Kind if kind.effect.mutual),
)
_AFFECTED = (
    "(SELECT claim, id FROM wanted"
    " UNION SELECT c.claim, c.id FROM restated CROSS JOIN claims c USING (claim)) a"
)
_WANTED = (
    "SELECT c.claim, c.id, c.issue, c.position_key, c.about_from, c.about_to, c.about_utc"
    " FROM {start}"
)
_ISSUES = (
    "SELECT DISTINCT c.issue FROM {start} WHERE c.issue IS NOT NULL AND c.position_key IS NOT NULL"
)
_HOLDERS = """
SELECT issue, position_key, about_from, about_to, about_utc, sort, c.id, 1, '', claim
FROM json_each(?) CROSS JOIN claims c INDEXED BY claims_by_issue ON issue = value
WHERE position_key IS NOT NULL AND withdrawn IS NULL AND superseded_by IS NULL ORDER BY sort, c.id
"""

_Found = tuple[str, str, int, str, int]
"""An opposing claim: its place in the order of claims, its id, 0 if the opposed claim answers it,
the kind of the answer (else ""), and its key. Of two with one key, the last in order is named."""


class OppositionLoader:
    """Finds what opposes the claims in the temporary table ``wanted``.

    It can be used for one such table after another: a large issue can have claims in all of them,
    so the positions on issues are kept.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._compatible = compatible_by_issue(db)
        self._issues: OrderedDict[str, _Issue] = OrderedDict()
        self._opposer = lru_cache(maxsize=_MOST_KEPT)(self._read_opposer)

    def load(self, *, every: bool) -> dict[str, Opposition]:
        """Return what opposes the wanted claims, by id; with ``every``, these are all claims."""
        start = "claims c" if every else "wanted w CROSS JOIN claims c USING (claim)"
        groups = self._restated(every=every)
        answers = self._by_answer("claims a" if every else _AFFECTED, groups)
        self._read_issues(start)
        successors = successors_of(self._db, start)
        opposition: dict[str, Opposition] = {}
        for key, name, issue, *stance in self._db.execute(_WANTED.format(start=start)):
            rivals = self._issues.get(issue) if stance[0] else None
            answering = answers.get(groups.get(key, key))
            if rivals or answering:
                left_out = {key, *successors.get(key, ())}
                found = _first(rivals.opposing(_stance(*stance)), left_out) if rivals else {}
                if answering:
                    found |= _first(sorted(answering), left_out)
                if found:
                    opposition[name] = self._named(found.values())
        self._db.execute("DROP TABLE restated")
        return opposition

    def _restated(self, *, every: bool) -> dict[int, str]:
        """Return the group of each claim that restates another or is restated, by key."""
        restatements = _ALL_RESTATEMENTS if every else _WANTED_RESTATEMENTS
        run_script(self._db, _RESTATED.format(restatements=restatements))
        return dict(self._db.execute("SELECT claim, same FROM restated"))

    def _by_answer(self, start: str, groups: Mapping[int, str]) -> dict[int | str, set[_Found]]:
        """Return the opposers by an answer of each claim, or group of restatements."""
        answers: dict[int | str, set[_Found]] = defaultdict(set)
        for row in self._db.execute(_BY_ANSWER.format(start=start)):
            answers[groups.get(row[0], row[0])].add(row[1:])
        return answers

    def _read_issues(self, start: str) -> None:
        """Read the positions on the issues of the wanted claims, and forget others if many."""
        issues = [issue for (issue,) in self._db.execute(_ISSUES.format(start=start))]
        new = [issue for issue in issues if issue not in self._issues]
        for issue in issues:
            if issue in self._issues:
                self._issues.move_to_end(issue)
            else:
                self._issues[issue] = _Issue(self._compatible.get(issue, {}))
        for issue, *row in self._db.execute(_HOLDERS, (msgspec.json.encode(new).decode(),)):
            self._issues[issue].add(_stance(*row[:4]), tuple(row[4:]))
        kept = sum(len(issue) for issue in self._issues.values())
        while kept > _MOST_KEPT and len(self._issues) > len(issues):
            kept -= len(self._issues.popitem(last=False)[1])

    def _named(self, found: Collection[_Found]) -> Opposition:
        """Return the first opposers: those by answers, then those by positions."""
        ordered = sorted(found, key=lambda one: (not one[3], one))
        opposers = tuple(self._opposer(*one[2:]) for one in ordered[:MAX_OPPOSERS])
        return Opposition(opposers, len(ordered) > MAX_OPPOSERS)

    def _read_opposer(self, is_answer: int, kind: str, key: int) -> Opposer:
        query = "SELECT id, parties, position FROM claims WHERE claim = ?"
        name, parties, position = self._db.execute(query, (key,)).fetchone()
        by = Kind(kind) if kind else None
        return Opposer(name, tuple(parties.split()), by, position, not is_answer)


def _first(found: Iterable[_Found], left_out: Container[int]) -> dict[int, _Found]:
    """Return the first of the opposing claims by key, without some claims."""
    return {one[-1]: one for one in islice((o for o in found if o[-1] not in left_out), _LIMIT)}


class _Issue:
    """The claims with a current position on one issue."""

    def __init__(self, compatible: Compatible) -> None:
        self._compatible = compatible
        self._holders: dict[Stance, list[_Found]] = defaultdict(list)
        self._size = 0
        self._sorted: OpposingStances[list[_Found]] | None = None

    def __len__(self) -> int:
        return self._size

    def add(self, stance: Stance, claim: _Found) -> None:
        """Add a claim that takes a stance; the claims must be added in order."""
        self._holders[stance].append(claim)
        self._size += 1

    def opposing(self, stance: Stance) -> Iterator[_Found]:
        """Yield the claims that hold a position that opposes a stance.

        Few are compared one by one, which takes less time than sorting them.
        """
        if self._size <= MAX_OPPOSERS:
            for other, claims in self._holders.items():
                if stance_opposes(other, stance, self._compatible):
                    yield from claims
            return
        if self._sorted is None:
            self._sorted = OpposingStances(self._holders)
        for claims in self._sorted.to(stance, self._compatible):
            yield from claims


@lru_cache(maxsize=4096)
def _stance(position: str, first: str | None, last: str | None, utc: str | None) -> Stance:
    """Return the stance of a claim from its columns, with no party trees."""
    return stance_of(("", position, first, last, utc, 1), lambda _: frozenset())
