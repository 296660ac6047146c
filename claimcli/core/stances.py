"""Which positions on one issue oppose or share others, fast enough for thousands of claims.

Bounds of times are texts, which the index stores and compares as they are. As in
:func:`claimcli.core.dates.overlap`, two times with a UTC offset are compared in UTC, others as
written.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from msgspec import Struct

from claimcli.core.dates import Date

Bounds = tuple[str, str]

UNBOUNDED: Bounds = ("", "~")
"""The bounds of a missing time: they sort before and after every moment."""


class Stance(Struct, frozen=True):
    """A position on an issue, and the first and last moment (ISO 8601) it is about.

    ``trees`` are the party trees of the claim (:func:`claimcli.core.party_trees.trees_of`).
    ``utc`` are the moments in UTC, None if the time has no UTC offset. ``holds``: the party still
    holds the position; otherwise it is opposed, but does not oppose.
    """

    trees: frozenset[str]
    position: str
    local: Bounds
    utc: Bounds | None = None
    holds: bool = True


class Rivals(Struct, frozen=True):
    """Whether positions oppose one from outside its party trees, from inside, or are the same."""

    outside: bool = False
    inside: bool = False
    shared: bool = False
    """A party outside the trees takes the same position."""


Compatible = Mapping[str, frozenset[str]]
"""The other positions that each position of an issue is compatible with."""


def compatible_positions(pairs: Iterable[Iterable[str]]) -> Compatible:
    """Return the compatible positions of each position; positions are given by their keys."""
    others: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        if one != other:
            others[one].add(other)
            others[other].add(one)
    return {position: frozenset(compatible) for position, compatible in others.items()}


def date_bounds(date: Date | None) -> tuple[Bounds, Bounds | None]:
    """Return the bounds of the time that a stance is about: local, and in UTC if known."""
    if date is None:
        return UNBOUNDED, None
    utc = (date.utc[0].isoformat(), date.utc[1].isoformat()) if date.utc else None
    return (date.earliest.isoformat(), date.latest.isoformat()), utc


def stances_overlap(one: Stance, other: Stance) -> bool:
    """Return whether two stances can be about the same time."""
    first, last = _bounds(one, zoned=other.utc is not None)
    other_first, other_last = _bounds(other, zoned=one.utc is not None)
    return first <= other_last and other_first <= last


def _bounds(stance: Stance, *, zoned: bool) -> Bounds:
    """Return a stance's bounds for the comparison with a time with or without a UTC offset."""
    return stance.utc if zoned and stance.utc else stance.local


def stance_opposes(one: Stance, other: Stance, compatible: Compatible) -> bool:
    """Return whether a stance opposes another one on the same issue."""
    return (
        one.holds
        and one.position != other.position
        and one.position not in compatible.get(other.position, ())
        and stances_overlap(one, other)
    )


def rivals_of_stances(
    stances: Mapping[int, Stance],
    compatible: Compatible,
    successors: Mapping[int, Iterable[int]] = {},
) -> Iterator[tuple[int, Rivals]]:
    """Yield the key of each claim that others oppose or that shares its position, and which.

    ``stances`` are those of all claims with a position on one issue, by key. ``successors`` are
    the keys of the claims that supersede a claim: they do not oppose it.

    The stances that overlap one in time are counted, in n log n steps: those that oppose it are
    all, minus those with its position or a compatible one. Each counts once for each of its trees,
    so those from outside are all, minus those of its own trees.
    """
    counters = _count(stances.values())
    known: dict[Stance, Rivals] = {}
    for key, stance in stances.items():
        later = [stances[other] for other in successors.get(key, ()) if other in stances]
        if later:
            rivals = _rivals(stance, counters, compatible, later)
        elif stance in known:
            rivals = known[stance]
        else:
            rivals = known[stance] = _rivals(stance, counters, compatible, ())
        if rivals.outside or rivals.inside or rivals.shared:
            yield key, rivals


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


LOCAL, LOCAL_ZONED, UTC = range(3)
"""The lists of times: local ones without an offset, local ones of times with an offset, UTC."""

_Counters = dict[tuple[str | None, str | None, int], _TimeCounter]
"""By tree (None for any), position (None for any) and list of times."""


def _count(stances: Iterable[Stance]) -> _Counters:
    counters: _Counters = defaultdict(_TimeCounter)
    for stance in stances:
        if stance.holds:
            for own in stance.trees:
                for tree, position in product((own, None), (stance.position, None)):
                    for times, (first, last) in stance_times(stance):
                        counter = counters[tree, position, times]
                        counter.firsts.append(first)
                        counter.lasts.append(last)
    for counter in counters.values():
        counter.sort()
    return counters


def stance_times(stance: Stance) -> tuple[tuple[int, Bounds], ...]:
    """Return the bounds of a stance by the list of times to which they belong."""
    if stance.utc is None:
        return ((LOCAL, stance.local),)
    return ((LOCAL_ZONED, stance.local), (UTC, stance.utc))


def _rivals(
    stance: Stance, counters: _Counters, compatible: Compatible, later: Iterable[Stance]
) -> Rivals:
    zoned = (UTC, stance.utc) if stance.utc else (LOCAL_ZONED, stance.local)

    def count(tree: str | None, position: str | None) -> int:
        return sum(
            counter.overlapping(*bounds)
            for times, bounds in ((LOCAL, stance.local), zoned)
            if (counter := counters.get((tree, position, times)))
        )

    def opposing(tree: str | None) -> int:
        kept = (stance.position, *compatible.get(stance.position, ()))
        return count(tree, None) - sum(count(tree, position) for position in kept)

    total, own = opposing(None), sum(map(opposing, stance.trees))
    for successor in later:
        if stance_opposes(successor, stance, compatible):
            total -= len(successor.trees)
            own -= len(successor.trees & stance.trees)
    same = count(None, stance.position)
    shared = same > sum(count(tree, stance.position) for tree in stance.trees)
    return Rivals(total > own, own > 0, shared)
