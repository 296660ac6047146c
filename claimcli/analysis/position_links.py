"""Which positions of two parties on one issue are linked, without comparing all pairs.

The links connect exactly the claims that comparing all pairs would connect, but are a forest: each
claim, once found, is not searched again. Finding one takes log n steps.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from claimcli.core.overlaps import OverlapTree
from claimcli.core.positions import position_key
from claimcli.core.records import Claim
from claimcli.core.relations import Relation
from claimcli.core.stances import LOCAL, LOCAL_ZONED, UTC, Bounds, Compatible, date_bounds

Ends = tuple[str, str]
"""The ids of two claims."""


class SidedClaim(Struct, frozen=True):
    """A claim with a position, and whether it is by the left party, the right one, or both.

    Two claims that are not ``fresh`` are not linked.
    """

    claim: Claim
    left: bool
    right: bool
    fresh: bool = True


class _Stance(Struct, frozen=True):
    """What decides on links; claims with equal ones have the same links."""

    left: bool
    right: bool
    fresh: bool
    position: str
    local: Bounds
    utc: Bounds | None

    def kinds(self) -> Iterator[tuple[bool, bool, int, Bounds]]:
        """Yield whether it is on the left, whether it is fresh, a list of times, and its bounds.

        As in :func:`claimcli.core.dates.overlap`, two times with a UTC offset are compared in UTC,
        others as written.
        """
        for left, applies in ((True, self.left), (False, self.right)):
            if applies:
                yield left, self.fresh, LOCAL_ZONED if self.utc else LOCAL, self.local
                if self.utc:
                    yield left, self.fresh, UTC, self.utc


def position_links(
    claims: Iterable[SidedClaim], relation: Relation, compatible: Compatible
) -> list[Ends]:
    """Return links between claims on one issue whose positions are contested or agreed.

    The claims of a link are by different parties and about overlapping times.
    """
    members: dict[_Stance, list[str]] = defaultdict(list)
    for one in claims:
        key = position_key(one.claim.position)
        times = date_bounds(one.claim.about)
        members[_Stance(one.left, one.right, one.fresh, key, *times)].append(one.claim.id)
    if relation is Relation.CONTESTED:
        excluded = {s.position: {s.position, *compatible.get(s.position, ())} for s in members}
        return list(_links(members, excluded))
    shared: dict[str, dict[_Stance, list[str]]] = defaultdict(dict)
    for stance, ids in members.items():
        shared[stance.position][stance] = ids
    return [link for same in shared.values() for link in _links(same, {})]


def _links(
    members: Mapping[_Stance, Sequence[str]], excluded: Mapping[str, Collection[str]]
) -> Iterator[Ends]:
    """Yield the links of claims; positions are not linked with those that they exclude."""
    stances = _UnvisitedStances(members)
    for start, ids in members.items():
        if start not in stances.unvisited:
            continue
        stances.remove(start)
        todo, linked = [start], False
        if start.left and start.right and start.fresh and not excluded:  # linked with itself
            yield from ((ids[0], other) for other in ids)
            linked = True
        while todo:
            stance = todo.pop()
            without = excluded.get(stance.position, ())
            while (other := stances.find(stance, without)) is not None:
                stances.remove(other)
                todo.append(other)
                yield from ((members[stance][0], name) for name in members[other])
                if not linked:
                    yield from ((name, members[other][0]) for name in ids[1:])
                    linked = True


class _UnvisitedStances:
    """The stances that were not found yet, by side, freshness and list of times."""

    def __init__(self, stances: Iterable[_Stance]) -> None:
        self.unvisited = set(stances)
        sorted_: dict[tuple[bool, bool, int], list[tuple[Bounds, str, _Stance]]] = defaultdict(list)
        for stance in stances:
            for left, fresh, times, bounds in stance.kinds():
                sorted_[left, fresh, times].append((bounds, stance.position, stance))
        self.trees = {kind: OverlapTree(entries) for kind, entries in sorted_.items()}

    def remove(self, stance: _Stance) -> None:
        self.unvisited.remove(stance)
        for left, fresh, times, _ in stance.kinds():
            self.trees[left, fresh, times].remove(stance)

    def find(self, stance: _Stance, without: Collection[str]) -> _Stance | None:
        """Return a stance that is linked with this one and has none of these positions."""
        for left, fresh, times, bounds in stance.kinds():
            others = {LOCAL: (LOCAL, LOCAL_ZONED), LOCAL_ZONED: (LOCAL,), UTC: (UTC,)}
            for other_fresh in (True, False) if fresh else (True,):
                for other_times in others[times]:
                    tree = self.trees.get((not left, other_fresh, other_times))
                    if tree and (found := next(tree.overlapping(bounds, without), None)):
                        return found
        return None
