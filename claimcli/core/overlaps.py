"""Find the times that overlap a given one and have another position, without comparing all."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from claimcli.core.stances import LOCAL, LOCAL_ZONED, UTC, Bounds, Compatible, Stance, stance_times

Item = TypeVar("Item")

_KEPT = 4
_Top = tuple[tuple[str, str, int], ...]
"""The latest ends in a part of the entries, each with its position and the number of the entry:
one for each position, and at most ``_KEPT``."""


class OverlapTree(Generic[Item]):
    """Items with bounds and a position, sorted by the first moment of their times.

    A tree has the latest ends in each part. Finding an item takes log n steps, unless more than
    three positions are excluded.
    """

    def __init__(self, entries: Iterable[tuple[Bounds, str, Item]]) -> None:
        ordered = sorted(entries, key=lambda entry: entry[0])
        self._firsts = [first for (first, _), _, _ in ordered]
        self._items = [item for _, _, item in ordered]
        self._size = len(ordered)
        self._nodes: list[_Top] = [()] * self._size
        self._nodes += [((last, place, n),) for n, ((_, last), place, _) in enumerate(ordered)]
        for node in reversed(range(1, self._size)):
            self._update(node)
        self._numbers: dict[Item, int] = {}

    def _update(self, node: int) -> None:
        one, other = self._nodes[2 * node], self._nodes[2 * node + 1]
        if one and other:
            best: dict[str, tuple[str, str, int]] = {}
            for entry in sorted(one + other, reverse=True):
                best.setdefault(entry[1], entry)
            self._nodes[node] = tuple(best.values())[:_KEPT]
        else:
            self._nodes[node] = one or other

    def remove(self, item: Item) -> None:
        """Remove an item; items must be hashable and different."""
        self._numbers = self._numbers or {one: n for n, one in enumerate(self._items)}
        node = self._numbers[item] + self._size
        self._nodes[node] = ()
        while node > 1:
            node //= 2
            self._update(node)

    def overlapping(self, bounds: Bounds, without: Collection[str]) -> Iterator[Item]:
        """Yield the items whose times overlap the bounds, in order, but for some positions."""
        todo = list(self._before(bisect_right(self._firsts, bounds[1])))
        while todo:
            node = todo.pop()
            top = [entry for entry in self._nodes[node] if entry[0] >= bounds[0]]
            if node >= self._size:
                yield from (self._items[n] for _, position, n in top if position not in without)
            elif len(top) == _KEPT or any(position not in without for _, position, _ in top):
                todo += (2 * node + 1, 2 * node)

    def _before(self, stop: int) -> Iterator[int]:
        """Yield the nodes that cover the entries before a number, from the last to the first."""
        low, high = self._size, self._size + stop
        left: list[int] = []
        while low < high:
            if low % 2:
                left.append(low)
                low += 1
            if high % 2:
                high -= 1
                yield high
            low, high = low // 2, high // 2
        yield from reversed(left)


class OpposingStances(Generic[Item]):
    """Items by the stance that they hold on one issue, to find those that oppose another stance."""

    def __init__(self, items: Mapping[Stance, Item]) -> None:
        entries: dict[int, list[tuple[Bounds, str, Item]]] = defaultdict(list)
        for stance, item in items.items():
            for times, bounds in stance_times(stance):
                entries[times].append((bounds, stance.position, item))
        self._trees = {times: OverlapTree(listed) for times, listed in entries.items()}

    def to(self, stance: Stance, compatible: Compatible) -> Iterator[Item]:
        """Yield the items whose stance opposes this one (:func:`stance_opposes`)."""
        zoned = (UTC, stance.utc) if stance.utc else (LOCAL_ZONED, stance.local)
        without = {stance.position, *compatible.get(stance.position, ())}
        for times, bounds in ((LOCAL, stance.local), zoned):
            if times in self._trees:
                yield from self._trees[times].overlapping(bounds, without)
