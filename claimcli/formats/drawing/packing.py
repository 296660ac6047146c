"""What hangs together, and how parts that do not are put beside one another."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from math import sqrt

from claimcli.formats.drawing.svg import Point

ASPECT = 1.4
"""How many times as wide as high a picture is to be, as far as its parts allow."""


def connected_parts(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the sets of vertices that pairs connect, each in order, ordered by their first."""
    beside: list[list[int]] = [[] for _ in range(count)]
    for one, other in pairs:
        beside[one].append(other)
        beside[other].append(one)
    seen = [False] * count
    found = []
    for start in range(count):
        if seen[start]:
            continue
        seen[start] = True
        part = [start]
        for vertex in part:
            for other in beside[vertex]:
                if not seen[other]:
                    seen[other] = True
                    part.append(other)
        found.append(sorted(part))
    return found


def pack(sizes: Sequence[Point], gap: float, least: float = 0) -> tuple[list[Point], Point]:
    """Return the corner of each rectangle, and the size of all together.

    None is wider than the widest rectangle, ``least``, and a picture of the intended aspect
    allow. In the given order each goes as high up as it can, and there as far to the left: along
    the "skyline" of what stands, as in Burke, Kendall and Whitwell, "A new placement heuristic
    for the orthogonal stock-cutting problem", Operations Research 52 (2004).
    """
    area = sum((wide + gap) * (high + gap) for wide, high in sizes)
    room = max([least, sqrt(area * ASPECT), *(wide for wide, _ in sizes)]) + gap
    skyline: list[tuple[float, float, float]] = [(0.0, room, 0.0)]  # from, to, how far down
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
    """Yield how far down and how far to the right something so wide could stand."""
    for number, (start, _, _) in enumerate(skyline):
        end = start + wide
        if start and end > room + 0.01:
            return
        under = takewhile(lambda part: part[0] < end - 0.01, skyline[number:])  # noqa: B023 - used at once
        yield max(down for _, _, down in under), start


def _built(
    skyline: Sequence[tuple[float, float, float]], start: float, end: float, down: float
) -> list[tuple[float, float, float]]:
    """Return the skyline with something standing from ``start`` to ``end``."""
    left = [(a, min(b, start), d) for a, b, d in skyline if a < start]
    right = [(max(a, end), b, d) for a, b, d in skyline if b > end]
    return [*left, (start, end, down), *right]
