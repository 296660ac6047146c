"""Which positions on one issue contradict or share others, fast enough for thousands of claims.

The rules are those of :func:`claimcli.core.relations.positions_relate`, for claims of disjoint
parties; bounds of times are texts, which the index stores and compares as they are.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import combinations

from msgspec import Struct

from claimcli.core.dates import ZONE_UNCERTAINTY, shift
from claimcli.core.relations import Relation

MAX_COMPARED = 40
"""Number of different stances on an issue up to which each is compared with each other."""

UNBOUNDED = ("", "~")
"""The bounds of a missing time: they sort before and after every moment."""


class Stance(Struct, frozen=True):
    """A position on an issue, its parties, and the first and last moment (ISO 8601) it is about."""

    parties: frozenset[str]
    position: str
    first: str
    last: str
    zoned: bool


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
    first, last = _bounds(one, zoned=other.zoned)
    return first <= other.last and other.first <= last


def _bounds(stance: Stance, *, zoned: bool) -> tuple[str, str]:
    """Return a stance's bounds, to compare with times with (``zoned``) or without a UTC offset.

    If just one of the two has an offset, the bounds are widened by the greatest offset.
    """
    if stance.zoned == zoned or (stance.first, stance.last) == UNBOUNDED:
        return stance.first, stance.last
    first, last = datetime.fromisoformat(stance.first), datetime.fromisoformat(stance.last)
    return shift(first, -ZONE_UNCERTAINTY).isoformat(), shift(last, ZONE_UNCERTAINTY).isoformat()


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


_Counters = dict[tuple[frozenset[str] | None, str | None, bool], _TimeCounter]


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
                counter = counters[parties, position, stance.zoned]
                counter.firsts.append(stance.first)
                counter.lasts.append(stance.last)
    for counter in counters.values():
        counter.sort()
    relations = {stance: _counted_relation(stance, counters, sharing) for stance in stances}
    return {stance: relation for stance, relation in relations.items() if relation}


def _counted_relation(
    stance: Stance, counters: _Counters, sharing: dict[str, set[frozenset[str]]]
) -> Relation | None:
    def count(parties: frozenset[str] | None, position: str | None) -> int:
        total = 0
        for zoned in (False, True):
            if counter := counters.get((parties, position, zoned)):
                total += counter.overlapping(*_bounds(stance, zoned=zoned))
        return total

    own = set().union(*(sharing[party] for party in stance.parties))
    same = count(None, stance.position) - sum(count(parties, stance.position) for parties in own)
    others = count(None, None) - sum(count(parties, None) for parties in own)
    if others > same:
        return Relation.CONTESTED
    return Relation.AGREED if same else None
