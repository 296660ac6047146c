"""In which order the vertices of a layer stand, so that few lines cross."""

from collections.abc import Sequence
from itertools import pairwise

SWEEPS = 12
"""Ways down and up through the layers; fixed, so that the same graph gives the same picture."""
PATIENCE = 4
"""Ways without fewer crossings after which no more are gone."""

Neighbours = Sequence[Sequence[int]]


def ordered(
    levels: Sequence[Sequence[int]], above: Neighbours, below: Neighbours
) -> list[list[int]]:
    """Return the levels with their vertices in an order that crosses few lines.

    ``above`` and ``below`` give each vertex's neighbours on the next level, and on no other. Each
    vertex goes to the mean place of its neighbours, down and up in turn (Sugiyama, Tagawa and
    Toda, "Methods for visual understanding of hierarchical system structures", IEEE Transactions
    on Systems, Man and Cybernetics 11, 1981); the best order met is kept.
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
    """Return an order to begin with: what hangs together is met together."""
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


def _swept(levels: list[list[int]], beside: Neighbours, *, downwards: bool) -> list[list[int]]:
    """Return the levels, each in the order of the means of its neighbours' places."""
    found = [list(level) for level in levels]
    place: dict[int, int] = {}
    for level in found if downwards else reversed(found):
        own = {vertex: number for number, vertex in enumerate(level)}
        means = {
            vertex: sum(place[other] for other in beside[vertex]) / len(beside[vertex])
            if beside[vertex]
            else float(own[vertex])
            for vertex in level
        }
        level.sort(key=lambda vertex: (means[vertex], own[vertex]))
        place = {vertex: number for number, vertex in enumerate(level)}
    return found


def crossings(levels: Sequence[Sequence[int]], below: Neighbours) -> int:
    """Return how many pairs of lines between neighbouring levels cross.

    Counted as inversions, with a tree of sums: Barth, Jünger and Mutzel, "Simple and efficient
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
    for met, number in enumerate(numbers):
        at, smaller = number + 1, 0
        while at:
            smaller += sums[at]
            at &= at - 1
        found += met - smaller
        at = number + 1
        while at <= size:
            sums[at] += 1
            at += at & -at
    return found
