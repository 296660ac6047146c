"""Horizontal positions of vertices, such that lines are short and straight."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf

ROUNDS, FEWEST_ROUNDS, MOST_MOVES = 24, 4, 300_000
"""Passes down and up through the layers, fewer if the vertices would be moved more often than
this together; they depend on the graph only, so that equal graphs give equal pictures."""

Weighted = Sequence[Sequence[tuple[int, float]]]


def separate(
    wanted: Sequence[float], weights: Sequence[float], gaps: Sequence[float]
) -> list[float]:
    """Return positions close to those wanted, each at least its gap after the one before.

    They minimize the weighted sum of squared distances. Without the gaps this is isotonic
    regression, solved in one pass by pooling neighbours that are out of order: Best and
    Chakravarti, "Active set algorithms for isotonic regression", Mathematical Programming 47
    (1990). ``gaps`` is one shorter than ``wanted``.
    """
    shifts = [0.0]
    for gap in gaps:
        shifts.append(shifts[-1] + gap)
    pools: list[tuple[float, float, int]] = []  # mean, weight, count
    for place, weight, shift in zip(wanted, weights, shifts, strict=False):
        mean, heavy, many = place - shift, weight, 1
        while pools and pools[-1][0] >= mean:
            other, other_heavy, other_many = pools.pop()
            total = heavy + other_heavy
            mean = (mean * heavy + other * other_heavy) / total
            heavy, many = total, many + other_many
        pools.append((mean, heavy, many))
    means = [mean for mean, _, many in pools for _ in range(many)]
    return [mean + shift for mean, shift in zip(means, shifts, strict=False)]


def position_vertices(
    levels: Sequence[Sequence[int]],
    gaps: Sequence[Sequence[float]],
    above: Weighted,
    below: Weighted,
) -> dict[int, float]:
    """Return the horizontal centre of each vertex, given the order of each level.

    ``gaps`` are the minimum distances between centres; ``above`` and ``below`` are the neighbours
    of vertices, with the weights of straight lines to them. Each level in turn gets the best
    positions for those of the others, so the sum over all lines never increases.
    """
    places: dict[int, float] = {}
    for level, between in zip(levels, gaps, strict=True):
        across = separate([0.0] * len(level), [1.0] * len(level), between)
        places.update(zip(level, across, strict=True))
    both = [[*up, *down] for up, down in zip(above, below, strict=True)]
    numbers = list(range(len(levels)))
    rounds = max(FEWEST_ROUNDS, min(ROUNDS, MOST_MOVES // max(len(both), 1)))
    for neighbours in (above, below, *(both,) * rounds):
        for number in numbers if neighbours is not below else reversed(numbers):
            _settle(levels[number], gaps[number], neighbours, places)
        if neighbours is both:
            numbers.reverse()
    return places


def _settle(
    level: Sequence[int], gaps: Sequence[float], neighbours: Weighted, places: dict[int, float]
) -> None:
    wanted, weights = [], []
    for vertex in level:
        weight = sum(heavy for _, heavy in neighbours[vertex])
        total = sum(places[other] * heavy for other, heavy in neighbours[vertex])
        wanted.append(total / weight if weight else places[vertex])
        weights.append(weight or 0.01)
    places.update(zip(level, separate(wanted, weights, gaps), strict=True))


def straighten(
    levels: Sequence[Sequence[int]],
    gaps: Sequence[Sequence[float]],
    chains: Sequence[Sequence[int]],
    places: Mapping[int, float],
) -> dict[int, float]:
    """Return the positions with each chain made vertical as far as its neighbours leave room.

    A chain has one vertex on each of several consecutive levels. Longer chains come first.
    """
    found = dict(places)
    rows = {
        vertex: (number, level, between)
        for level, between in zip(levels, gaps, strict=True)
        for number, vertex in enumerate(level)
    }

    def free(vertex: int) -> tuple[float, float]:
        number, level, between = rows[vertex]
        last = number + 1 == len(level)
        low = found[level[number - 1]] + between[number - 1] if number else -inf
        high = inf if last else found[level[number + 1]] - between[number]
        return low, max(low, high)

    for chain in sorted(chains, key=len, reverse=True):
        for run, low, high in _runs([(vertex, *free(vertex)) for vertex in chain]):
            mean = sum(found[vertex] for vertex in run) / len(run)
            found.update(dict.fromkeys(run, min(max(mean, low), high)))
    return found


def _runs(
    ranges: Sequence[tuple[int, float, float]],
) -> Iterator[tuple[list[int], float, float]]:
    """Yield runs of vertices that can have the same position, and its lowest and highest value."""
    run: list[int] = []
    low, high = -inf, inf
    for vertex, least, most in ranges:
        if run and max(low, least) > min(high, most):
            yield run, low, high
            run, low, high = [], -inf, inf
        run.append(vertex)
        low, high = max(low, least), min(high, most)
    if run:
        yield run, low, high
