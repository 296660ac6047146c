"""What positions on one issue make of the claims that hold them."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import combinations

from msgspec import Struct

from claimcli.core.dates import ZONE_DOUBT, moved

CONTESTED, AGREED = 0, 2
FEW = 40
"""Ways of answering an issue up to which each is held against each."""

UNBOUNDED = ("", "~")
"""The bounds of a time that is not on file: before and after every moment."""


class Stance(Struct, frozen=True):
    """Who answers an issue, how, and about what time, as moments in ISO 8601."""

    parties: frozenset[str]
    position: str
    first: str
    last: str
    zoned: bool


def position_strengths(holders: Iterable[tuple[int, Stance]]) -> Iterator[tuple[int, int]]:
    """Yield the claims that others contest or share, with the strength of that relation.

    ``holders`` are the keys of all claims that hold a position on one issue, with their ways.
    Positions about times that cannot be the same do not relate.
    """
    keys: dict[Stance, list[int]] = defaultdict(list)
    for key, way in holders:
        keys[way].append(key)
    found = _each_with_each(list(keys)) if len(keys) <= FEW else _counted(list(keys))
    for way, strength in found.items():
        for key in keys[way]:
            yield key, strength


def _each_with_each(ways: Sequence[Stance]) -> dict[Stance, int]:
    found: dict[Stance, int] = {}
    for one, other in combinations(ways, 2):
        if one.parties.isdisjoint(other.parties) and _overlap(one, other):
            strength = AGREED if one.position == other.position else CONTESTED
            for way in (one, other):
                found[way] = min(found.get(way, AGREED), strength)
    return found


def _overlap(one: Stance, other: Stance) -> bool:
    first, last = _bounds(one, zoned=other.zoned)
    return first <= other.last and other.first <= last


def _bounds(way: Stance, *, zoned: bool) -> tuple[str, str]:
    """Return a way's bounds, wider by the doubt between clocks where just one has an offset."""
    if way.zoned == zoned or (way.first, way.last) == UNBOUNDED:
        return way.first, way.last
    first, last = datetime.fromisoformat(way.first), datetime.fromisoformat(way.last)
    return moved(first, -ZONE_DOUBT).isoformat(), moved(last, ZONE_DOUBT).isoformat()


class _Counter:
    """How many of some times overlap a time: all but those that end before or begin after it."""

    def __init__(self) -> None:
        self.firsts: list[str] = []
        self.lasts: list[str] = []

    def sort(self) -> None:
        self.firsts.sort()
        self.lasts.sort()

    def overlapping(self, first: str, last: str) -> int:
        before = bisect_left(self.lasts, first)
        return bisect_right(self.firsts, last) - before


_Counters = dict[tuple[frozenset[str] | None, str | None, bool], _Counter]


def _counted(ways: Sequence[Stance]) -> dict[Stance, int]:
    """Do the same for many ways, in time that grows as n log n, by inclusion and exclusion.

    Of the ways that overlap one in time, those that it contests are all, less those of its own
    position, less those of its own parties, of which the ones of both were taken off twice.
    """
    counters: _Counters = defaultdict(_Counter)
    sharing: dict[str, set[frozenset[str]]] = defaultdict(set)
    for way in ways:
        for party in way.parties:
            sharing[party].add(way.parties)
        for parties in (way.parties, None):
            for position in (way.position, None):
                counter = counters[parties, position, way.zoned]
                counter.firsts.append(way.first)
                counter.lasts.append(way.last)
    for counter in counters.values():
        counter.sort()
    found = {way: _counted_one(way, counters, sharing) for way in ways}
    return {way: strength for way, strength in found.items() if strength is not None}


def _counted_one(
    way: Stance, counters: _Counters, sharing: dict[str, set[frozenset[str]]]
) -> int | None:
    def count(parties: frozenset[str] | None, position: str | None) -> int:
        total = 0
        for zoned in (False, True):
            if counter := counters.get((parties, position, zoned)):
                total += counter.overlapping(*_bounds(way, zoned=zoned))
        return total

    own = set().union(*(sharing[party] for party in way.parties))
    alike = count(None, way.position) - sum(count(parties, way.position) for parties in own)
    others = count(None, None) - sum(count(parties, None) for parties in own)
    if others > alike:
        return CONTESTED
    return AGREED if alike else None
