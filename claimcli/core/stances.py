"""Which positions on one issue contradict or share others, fast enough for thousands of claims.

The rules are those of :func:`claimcli.core.relations.positions_relate`, for claims of disjoint
parties; bounds of times are texts, which the index stores and compares as they are. As in
:func:`claimcli.core.dates.overlap`, two times with a UTC offset are compared in UTC, others as
written.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from claimcli.core.dates import Date
from claimcli.core.relations import Relation

MAX_COMPARED = 40
"""Number of different stances on an issue up to which each is compared with each other."""

Bounds = tuple[str, str]

UNBOUNDED: Bounds = ("", "~")
"""The bounds of a missing time: they sort before and after every moment."""


class Stance(Struct, frozen=True):
    """A position on an issue, its parties, and the first and last moment (ISO 8601) it is about.

    ``utc`` are these moments in UTC, None if the time has no UTC offset.
    """

    parties: frozenset[str]
    position: str
    local: Bounds
    utc: Bounds | None = None


def date_bounds(date: Date | None) -> tuple[Bounds, Bounds | None]:
    """Return the bounds of the time that a stance is about: local, and in UTC if known."""
    if date is None:
        return UNBOUNDED, None
    utc = (date.utc[0].isoformat(), date.utc[1].isoformat()) if date.utc else None
    return (date.earliest.isoformat(), date.latest.isoformat()), utc


def stance_relations(stances: Iterable[tuple[int, Stance]]) -> Iterator[tuple[int, Relation]]:
    """Yield the keys of the claims whose position others contest or share, and which of the two.

    ``stances`` are the keys and stances of all claims that take a position on one issue.
    Positions about times that cannot overlap are unrelated.
    """
    keys: dict[Stance, list[int]] = defaultdict(list)
    for key, stance in stances:
        keys[stance].append(key)
    compare = _compare_pairs if len(keys) <= MAX_COMPARED else _compare_counts
    for stance, relation in compare(list(keys)).items():
        for key in keys[stance]:
            yield key, relation


def _compare_pairs(stances: Sequence[Stance]) -> dict[Stance, Relation]:
    relations: dict[Stance, Relation] = {}
    for one, other in combinations(stances, 2):
        if one.parties.isdisjoint(other.parties) and stances_overlap(one, other):
            for stance in (one, other):
                if one.position != other.position:
                    relations[stance] = Relation.CONTESTED
                else:
                    relations.setdefault(stance, Relation.AGREED)
    return relations


def stances_overlap(one: Stance, other: Stance) -> bool:
    """Return whether two stances can be about the same time."""
    first, last = _bounds(one, zoned=other.utc is not None)
    other_first, other_last = _bounds(other, zoned=one.utc is not None)
    return first <= other_last and other_first <= last


def _bounds(stance: Stance, *, zoned: bool) -> Bounds:
    """Return a stance's bounds for the comparison with a time with or without a UTC offset."""
    return stance.utc if zoned and stance.utc else stance.local


class _TimeCounter:
    """Counts the times that overlap a given one: all but those that end before or begin after."""

    def __init__(self) -> None:
        self.firsts: list[str] = []
        self.lasts: list[str] = []

    def sort(self) -> None:
        self.firsts.sort()
        self.lasts.sort()

    def overlapping(self, first: str, last: str) -> int:
        before = bisect_left(self.lasts, first)
        return bisect_right(self.firsts, last) - before


_LOCAL, _LOCAL_ZONED, _UTC = range(3)
"""The lists of times: local ones without an offset, local ones of times with an offset, UTC."""

_Counters = dict[tuple[frozenset[str] | None, str | None, int], _TimeCounter]


def _compare_counts(stances: Sequence[Stance]) -> dict[Stance, Relation]:
    """Do the same for n stances in n log n steps, by inclusion and exclusion.

    Of the stances that overlap one in time, those that contest it are all, minus those with its
    position, minus those with its parties, plus those with both, which were subtracted twice.
    """
    counters: _Counters = defaultdict(_TimeCounter)
    sharing: dict[str, set[frozenset[str]]] = defaultdict(set)
    for stance in stances:
        for party in stance.parties:
            sharing[party].add(stance.parties)
        for parties in (stance.parties, None):
            for position in (stance.position, None):
                for times, (first, last) in _times(stance):
                    counter = counters[parties, position, times]
                    counter.firsts.append(first)
                    counter.lasts.append(last)
    for counter in counters.values():
        counter.sort()
    relations = {stance: _counted_relation(stance, counters, sharing) for stance in stances}
    return {stance: relation for stance, relation in relations.items() if relation}


def _times(stance: Stance) -> tuple[tuple[int, Bounds], ...]:
    """Return the bounds of a stance by the list of times to which they belong."""
    if stance.utc is None:
        return ((_LOCAL, stance.local),)
    return ((_LOCAL_ZONED, stance.local), (_UTC, stance.utc))


def _counted_relation(
    stance: Stance, counters: _Counters, sharing: dict[str, set[frozenset[str]]]
) -> Relation | None:
    def count(parties: frozenset[str] | None, position: str | None) -> int:
        total = 0
        for times, bounds in compared:
            if counter := counters.get((parties, position, times)):
                total += counter.overlapping(*bounds)
        return total

    zoned = (_UTC, stance.utc) if stance.utc else (_LOCAL_ZONED, stance.local)
    compared = ((_LOCAL, stance.local), zoned)
    own = set().union(*(sharing[party] for party in stance.parties))
    same = count(None, stance.position) - sum(count(parties, stance.position) for parties in own)
    others = count(None, None) - sum(count(parties, None) for parties in own)
    if others > same:
        return Relation.CONTESTED
    return Relation.AGREED if same else None
