"""Connected parts of a graph, and packing them side by side."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from math import sqrt

from claimcli.core.graphs import set_finder
from claimcli.formats.drawing.svg import Point

ASPECT = 1.4
"""Preferred ratio of a picture's width to its height."""


def connected_parts(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the sorted connected components, sorted by their first vertex."""
    find = set_finder(range(count), pairs)
    parts: dict[int, list[int]] = {}
    for vertex in range(count):
        parts.setdefault(find(vertex), []).append(vertex)
    return list(parts.values())


def pack(sizes: Sequence[Point], gap: float, least: float = 0) -> tuple[list[Point], Point]:
    """Return the corner of each rectangle, and the size of all together.

    The width is at least ``least``, that of the widest rectangle, and that of the preferred aspect.
    In the given order, each rectangle is placed as high, then as far left as possible along the
    "skyline" of those before, as in Burke, Kendall and Whitwell, "A new placement heuristic for the
    orthogonal stock-cutting problem", Operations Research 52 (2004).
    """
    area = sum((wide + gap) * (high + gap) for wide, high in sizes)
    room = max([least, sqrt(area * ASPECT), *(wide for wide, _ in sizes)]) + gap
    skyline: list[tuple[float, float, float]] = [(0.0, room, 0.0)]  # from, to, bottom
    corners: list[Point] = []
    for wide, high in sizes:
        down, across = min(_places(skyline, wide + gap, room))
        corners.append((across, down))
        skyline = _built(skyline, across, across + wide + gap, down + high + gap)
    pairs = list(zip(corners, sizes, strict=True))
    return corners, (
        max((across + wide for (across, _), (wide, _) in pairs), default=0.0),
        max((down + high for (_, down), (_, high) in pairs), default=0.0),
    )


def _places(
    skyline: Sequence[tuple[float, float, float]], wide: float, room: float
) -> Iterator[Point]:
    """Yield the possible positions (top, left) of a rectangle with this width."""
    for number, (start, _, _) in enumerate(skyline):
        end = start + wide
        if start and end > room + 0.01:
            return
        under = takewhile(lambda part: part[0] < end - 0.01, skyline[number:])  # noqa: B023 - used at once
        yield max(down for _, _, down in under), start


def _built(
    skyline: Sequence[tuple[float, float, float]], start: float, end: float, down: float
) -> list[tuple[float, float, float]]:
    """Return the skyline with a rectangle added from ``start`` to ``end``."""
    left = [(a, min(b, start), d) for a, b, d in skyline if a < start]
    right = [(max(a, end), b, d) for a, b, d in skyline if b > end]
    return [*left, (start, end, down), *right]
