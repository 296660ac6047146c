"""Layout of boxes in rows and columns, with lines that run between them.

There are gutters between columns and a channel under each row. A line runs only there, on its own
track, so it crosses no box and covers no other line. The tracks of a corridor are assigned from one
end to the other, as in Hashimoto and Stevens, "Wire routing by optimizing channel assignment within
large apertures", Design Automation Workshop (1971), section 4.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush

from msgspec import Struct

from claimcli.formats.drawing.svg import Point

STEP = 8
"""The unit of heights. Lines end at different offsets within it on the left and right of a box, so
that two lines that meet in a gutter never overlap."""
TRACK = 7
MARGIN = 14
"""Distance from a box to the first track of a gutter, with room for an arrowhead."""


class Cell(Struct, frozen=True):
    """A box to place in a row and column, under earlier boxes of the same row and column."""

    row: int
    column: int
    height: float


class GridEdge(Struct, frozen=True):
    """A line from one cell to another, by index."""

    source: int
    target: int


class Grid(Struct, frozen=True):
    """The positions of lines, rows, columns and boxes; boxes may be higher than requested."""

    boxes: tuple[Point, ...]
    heights: tuple[float, ...]
    routes: tuple[tuple[Point, ...], ...]
    rows: tuple[tuple[float, float], ...]
    columns: tuple[float, ...]
    size: Point


class _End(Struct, frozen=True):
    """One end of a line: its line and cell, the side of the box, and the gutter next to it."""

    link: int
    cell: int
    right: bool
    gutter: int


class _Run(Struct, frozen=True):
    """The part of a corridor that a line occupies."""

    link: int
    start: float
    end: float


def lay_out_grid(  # noqa: PLR0913 - all inputs of the layout
    cells: Sequence[Cell],
    links: Sequence[GridEdge],
    *,
    width: float,
    least: Mapping[int, float],
    left: float = 0,
    top: float = 0,
) -> Grid:
    """Return the positions of boxes and lines.

    ``width`` is that of each box, ``least`` the minimum height of rows. The first gutter begins at
    ``left``, the first row at ``top``.
    """
    return _GridBuilder(cells, links, width, least, (left, top)).grid()


class _GridBuilder:
    def __init__(
        self,
        cells: Sequence[Cell],
        links: Sequence[GridEdge],
        width: float,
        least: Mapping[int, float],
        corner: Point,
    ) -> None:
        self.cells, self.links, self.width, self.corner = cells, links, width, corner
        self.least = least
        self.columns = 1 + max((cell.column for cell in cells), default=-1)
        self.ends = [self._ends(number, link) for number, link in enumerate(links)]
        self.ports = self._ports()
        self.heights = tuple(
            max(_snapped(cell.height), STEP * (2 + self._most_ports(number)))
            for number, cell in enumerate(cells)
        )

    def grid(self) -> Grid:
        channels = self._channels()
        tops, rows, depths = self._rows(channels)
        ends = {end: tops[end.cell] + self._port(end) for pair in self.ends for end in pair}
        across = {
            link: depths[row] + track * TRACK + 1  # the vertical position of a line in a channel
            for row, tracks in channels.items()
            for link, track in tracks.items()
        }
        gutters = self._gutters(ends, across)
        lefts, wide, edges = self._columns(gutters)
        routes = tuple(
            self._route(number, ends, across.get(number), (lefts, edges, gutters))
            for number in range(len(self.links))
        )
        boxes = tuple((lefts[cell.column], tops[number]) for number, cell in enumerate(self.cells))
        bottom = rows[-1][1] if rows else self.corner[1]
        return Grid(boxes, self.heights, routes, rows, lefts, (wide, bottom))

    def _ends(self, number: int, link: GridEdge) -> tuple[_End, _End]:
        """Return the two ends of a line, with the sides of the boxes where it begins and ends."""
        source, target = self.cells[link.source].column, self.cells[link.target].column
        leaves_right, enters_right = target > source, target < source
        return (
            _End(number, link.source, leaves_right, source + leaves_right),
            _End(number, link.target, enters_right, target + enters_right),
        )

    def _ports(self) -> dict[tuple[int, bool], list[_End]]:
        """Return the ends at each side of each box, sorted by their other ends."""
        at: dict[tuple[int, bool], list[tuple[tuple[int, int], _End]]] = defaultdict(list)
        for pair in self.ends:
            for end, other in (pair, pair[::-1]):
                row = self.cells[other.cell].row
                at[end.cell, end.right].append(((row, other.cell), end))
        return {
            side: [end for _, end in sorted(ends, key=lambda one: (one[0], one[1].link))]
            for side, ends in at.items()
        }

    def _most_ports(self, cell: int) -> int:
        return max(len(self.ports.get((cell, right), ())) for right in (False, True))

    def _port(self, end: _End) -> float:
        """Return the distance from the top of its box to the end of a line."""
        place = self.ports[end.cell, end.right].index(end) + 1
        return STEP * place + (STEP / 4 if end.right else STEP * 3 / 4)

    def _channels(self) -> dict[int, dict[int, int]]:
        """Return the tracks of the lines in the channel under each row."""
        under: dict[int, list[_Run]] = defaultdict(list)
        for number, (one, other) in enumerate(self.ends):
            if one.gutter != other.gutter:
                row = min(self.cells[one.cell].row, self.cells[other.cell].row)
                low, high = sorted((one.gutter, other.gutter))
                under[row].append(_Run(number, low, high + 0.5))
        return {row: assign_tracks(stretches) for row, stretches in under.items()}

    def _rows(
        self, channels: Mapping[int, Mapping[int, int]]
    ) -> tuple[list[float], tuple[tuple[float, float], ...], list[float]]:
        """Return the tops of boxes, top and bottom of rows with channels, and tops of channels."""
        stacks: dict[tuple[int, int], float] = defaultdict(float)
        inside = []
        for cell, height in zip(self.cells, self.heights, strict=True):
            inside.append(stacks[cell.row, cell.column])
            stacks[cell.row, cell.column] += height + STEP
        highest: dict[int, float] = defaultdict(float)
        for (row, _), height in stacks.items():
            highest[row] = max(highest[row], height)
        rows, starts, depths = [], [], []
        y = _snapped(self.corner[1])
        for row in range(1 + max((*self.least, *highest), default=-1)):
            start = y + STEP
            starts.append(start)
            below = start + max(highest[row], _snapped(self.least.get(row, 0)))
            depths.append(below)
            used = 1 + max(channels.get(row, {}).values(), default=-1)
            end = _snapped(below + used * TRACK)
            rows.append((y, end))
            y = end
        tops = [starts[c.row] + within for c, within in zip(self.cells, inside, strict=True)]
        return tops, tuple(rows), depths

    def _gutters(
        self, ends: Mapping[_End, float], across: Mapping[int, float]
    ) -> dict[int, dict[int, int]]:
        """Return the tracks of the lines in each gutter."""
        along: dict[int, list[_Run]] = defaultdict(list)
        for number, (one, other) in enumerate(self.ends):
            if one.gutter == other.gutter:
                low, high = sorted((ends[one], ends[other]))
                along[one.gutter].append(_Run(number, low, high))
                continue
            for end in (one, other):
                low, high = sorted((ends[end], across[number]))
                along[end.gutter].append(_Run(number, low, high))
        return {gutter: assign_tracks(stretches) for gutter, stretches in along.items()}

    def _columns(
        self, gutters: Mapping[int, Mapping[int, int]]
    ) -> tuple[tuple[float, ...], float, list[float]]:
        """Return the left of columns, the right end of the last gutter, and the left of gutters."""
        x = self.corner[0]
        lefts, edges = [], []
        for column in range(self.columns + 1):
            edges.append(x)
            used = max(gutters.get(column, {}).values(), default=0)
            x += 2 * MARGIN + used * TRACK
            if column < self.columns:
                lefts.append(x)
                x += self.width
        return tuple(lefts), x, edges

    def _route(
        self,
        number: int,
        ends: Mapping[_End, float],
        depth: float | None,
        where: tuple[Sequence[float], Sequence[float], Mapping[int, Mapping[int, int]]],
    ) -> tuple[Point, ...]:
        lefts, edges, gutters = where
        points: list[Point] = []
        for end in self.ends[number]:
            edge = lefts[self.cells[end.cell].column] + (self.width if end.right else 0)
            track = edges[end.gutter] + MARGIN + gutters[end.gutter][number] * TRACK
            legs = [(edge, ends[end]), (track, ends[end])]
            if depth is not None:
                legs.append((track, depth))
            points += legs if not points else legs[::-1]
        return tuple(points)


def assign_tracks(stretches: Iterable[_Run]) -> dict[int, int]:
    """Return the lowest free track for each run."""
    free: list[int] = []
    busy: list[tuple[float, int]] = []
    found: dict[int, int] = {}
    opened = 0
    for one in sorted(stretches, key=lambda one: (one.start, one.end, one.link)):
        while busy and busy[0][0] < one.start:
            heappush(free, heappop(busy)[1])
        if free:
            track = heappop(free)
        else:
            track, opened = opened, opened + 1
        found[one.link] = track
        heappush(busy, (one.end, track))
    return found


def _snapped(length: float) -> float:
    """Return a length rounded up to a multiple of STEP."""
    return -(-length // STEP) * STEP
