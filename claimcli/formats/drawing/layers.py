"""The layer of each vertex in a picture, and the order of vertices within layers."""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import pairwise

Pair = tuple[int, int]
"""Two vertices by index; the first is placed above the second."""


def break_cycles(count: int, pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs, with those reversed that close a cycle.

    A depth-first search reverses back edges, as in Gansner, Koutsofios, North and Vo, "A technique
    for drawing directed graphs", IEEE Transactions on Software Engineering 19 (1993). There must be
    no pairs of a vertex with itself.
    """
    below = _neighbours(count, pairs)
    waiting, ahead, done = range(3)
    state = [waiting] * count
    back: set[Pair] = set()
    beneath = {lower for _, lower in pairs}
    tops = [vertex for vertex in range(count) if vertex not in beneath]
    for start in (*tops, *range(count)):
        if state[start] != waiting:
            continue
        state[start] = ahead
        todo = [(start, iter(below[start]))]
        while todo:
            vertex, others = todo[-1]
            other = next(others, None)
            if other is None:
                state[vertex] = done
                todo.pop()
            elif state[other] == ahead:
                back.add((vertex, other))
            elif state[other] == waiting:
                state[other] = ahead
                todo.append((other, iter(below[other])))
    return [pair[::-1] if pair in back else pair for pair in pairs]


def assign_layers(count: int, pairs: Sequence[Pair], most: int) -> list[int]:
    """Return the layer of each vertex, 0 at the top; no layer has more than ``most`` vertices.

    The pairs must not form cycles. Each vertex is placed as high as possible, those with the
    longest chain below them first: the second part of Coffman and Graham, "Optimal scheduling for
    two-processor systems", Acta Informatica 1 (1972).
    """
    below = _neighbours(count, pairs)
    above = [0] * count
    for _, lower in pairs:
        above[lower] += 1
    heights = _heights(count, below, above.copy())
    layers, earliest = [0] * count, [0] * count
    filled: list[int] = []
    ready: list[tuple[int, int, int]] = []
    for vertex in range(count):
        if not above[vertex]:
            heappush(ready, (0, -heights[vertex], vertex))
    next_free: list[int] = []
    while ready:
        first, _, vertex = heappop(ready)
        layer = _free(next_free, filled, first)
        layers[vertex] = layer
        filled[layer] += 1
        if filled[layer] == most:
            next_free[layer] = layer + 1
        for other in below[vertex]:
            earliest[other] = max(earliest[other], layer + 1)
            above[other] -= 1
            if not above[other]:
                heappush(ready, (earliest[other], -heights[other], other))
    return _lowered(layers, pairs, filled, most)


def _neighbours(count: int, pairs: Iterable[Pair]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(count)]
    for upper, lower in pairs:
        found[upper].append(lower)
    return found


def _heights(count: int, below: list[list[int]], above: list[int]) -> list[int]:
    """Return the length of the longest chain of vertices below each vertex."""
    order = [vertex for vertex in range(count) if not above[vertex]]
    for vertex in order:
        for other in below[vertex]:
            above[other] -= 1
            if not above[other]:
                order.append(other)
    heights = [0] * count
    for vertex in reversed(order):
        heights[vertex] = max((heights[other] + 1 for other in below[vertex]), default=0)
    return heights


def _free(next_free: list[int], filled: list[int], layer: int) -> int:
    """Return the first layer from ``layer`` on that has room, skipping known full layers."""
    passed = []
    while True:
        while len(filled) <= layer:
            next_free.append(len(filled))
            filled.append(0)
        if next_free[layer] == layer:
            break
        passed.append(layer)
        layer = next_free[layer]
    for one in passed:
        next_free[one] = layer
    return layer


def _lowered(layers: list[int], pairs: Sequence[Pair], filled: list[int], most: int) -> list[int]:
    """Move vertices with nothing above them down to the layer above their highest neighbour."""
    nearest: dict[int, int] = {}
    for upper, lower in pairs:
        nearest[upper] = min(nearest.get(upper, layers[lower]), layers[lower])
    beneath = {lower for _, lower in pairs}
    for vertex, first in nearest.items():
        wanted = first - 1
        if vertex not in beneath and wanted > layers[vertex] and filled[wanted] < most:
            filled[layers[vertex]] -= 1
            filled[wanted] += 1
            layers[vertex] = wanted
    return layers


SWEEPS = 12
"""Passes down and up through the layers; fixed, so that equal graphs give equal pictures."""
PATIENCE = 4
"""Passes without an improvement after which ordering stops."""

Neighbours = Sequence[Sequence[int]]


def order_levels(
    levels: Sequence[Sequence[int]], above: Neighbours, below: Neighbours
) -> list[list[int]]:
    """Return the levels with their vertices ordered so that few lines cross.

    ``above`` and ``below`` are the neighbours of vertices on adjacent levels. Each vertex moves to
    the mean position of its neighbours, in alternating passes down and up (Sugiyama, Tagawa and
    Toda, "Methods for visual understanding of hierarchical system structures", IEEE Transactions on
    Systems, Man and Cybernetics 11, 1981); the best order is kept.
    """
    best = current = _threaded(levels, below)
    least = crossings(best, below)
    waited = 0
    for sweep in range(SWEEPS):
        if not least or waited == PATIENCE:
            break
        current = _swept(current, above if sweep % 2 == 0 else below, downwards=sweep % 2 == 0)
        found = crossings(current, below)
        waited = 0 if found < least else waited + 1
        if found < least:
            best, least = current, found
    return best


def _threaded(levels: Sequence[Sequence[int]], below: Neighbours) -> list[list[int]]:
    """Return an initial order, in which connected vertices are close together."""
    level_of = {vertex: level for level, found in enumerate(levels) for vertex in found}
    found: list[list[int]] = [[] for _ in levels]
    seen: set[int] = set()
    for start in level_of:
        todo = [start]
        while todo:
            vertex = todo.pop()
            if vertex not in seen:
                seen.add(vertex)
                found[level_of[vertex]].append(vertex)
                todo += reversed(below[vertex])
    return found


def _swept(levels: list[list[int]], neighbours: Neighbours, *, downwards: bool) -> list[list[int]]:
    """Return the levels, each sorted by the mean positions of its vertices' neighbours."""
    found = [list(level) for level in levels]
    place: dict[int, int] = {}
    for level in found if downwards else reversed(found):
        own = {vertex: number for number, vertex in enumerate(level)}
        means = {
            vertex: sum(place[other] for other in neighbours[vertex]) / len(neighbours[vertex])
            if neighbours[vertex]
            else float(own[vertex])
            for vertex in level
        }
        level.sort(key=lambda vertex: (means[vertex], own[vertex]))
        place = {vertex: number for number, vertex in enumerate(level)}
    return found


def crossings(levels: Sequence[Sequence[int]], below: Neighbours) -> int:
    """Return the number of crossings of lines between adjacent levels.

    Inversions are counted with a tree of sums: Barth, Jünger and Mutzel, "Simple and efficient
    bilayer cross counting", Graph Drawing (2002).
    """
    total = 0
    for level, following in pairwise(levels):
        place = {vertex: number for number, vertex in enumerate(following)}
        ends = [p for vertex in level for p in sorted(place[other] for other in below[vertex])]
        total += _inversions(ends, len(following))
    return total


def _inversions(numbers: Sequence[int], size: int) -> int:
    sums = [0] * (size + 1)
    found = 0
    for position, number in enumerate(numbers):
        at, smaller = number + 1, 0
        while at:
            smaller += sums[at]
            at &= at - 1
        found += position - smaller
        at = number + 1
        while at <= size:
            sums[at] += 1
            at += at & -at
    return found
