"""Layout of boxes, lines and labels of lines in layers from top to bottom.

The steps are those of Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical
system structures", IEEE Transactions on Systems, Man and Cybernetics 11 (1981): break cycles,
assign layers, order them, assign positions. Labels are vertices on separate layers between those of
boxes, and a line has a vertex on each layer that it passes. So nothing overlaps, and lines are
slanted only between layers.
"""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.formats.drawing.layers import Pair, assign_layers, break_cycles, order_levels
from claimcli.formats.drawing.spacing import position_vertices, separate, straighten
from claimcli.formats.drawing.svg import Point

MAX_VERTICES = 60_000
"""Most boxes, labels and bends of one part; a larger layout takes more than a few seconds."""
_BETWEEN = {(2, 2): 26.0, (1, 2): 16.0, (0, 2): 16.0, (1, 1): 14.0, (0, 1): 11.0, (0, 0): 10.0}
"""Minimum distance between neighbours on a layer: 2 is a box, 1 a label, 0 a bend."""
_STRAIGHT = 8.0, 3.0, 1.0
"""Weights for straight lines: between bends, at the lower end, at the upper end."""
_FROM_CORNER, _PORTS = 16.0, 14.0
_GAP, _SLOPE, _MOST_SLOPE = 12.0, 0.1, 90.0
_STUB = 15.0
"""Length of the vertical ends of a line, so that arrows meet boxes upright."""


class LayoutEdge(Struct, frozen=True):
    """A line from one box to a lower one, by index, and the size of its label."""

    upper: int
    lower: int
    label: Point = (0.0, 0.0)


class EdgeLine(Struct, frozen=True):
    """The points of a line before and after its label, and the label's upper left corner.

    ``reversed`` says that the line is part of a cycle and runs from its lower box to its upper.
    """

    before: tuple[Point, ...]
    label: Point
    after: tuple[Point, ...]
    reversed: bool = False


class Layout(Struct, frozen=True):
    """The size of the picture, the upper left corner of each box, and the route of each line."""

    size: Point
    corners: tuple[Point, ...]
    routes: tuple[EdgeLine, ...]


def lay_out(boxes: Sequence[Point], links: Sequence[LayoutEdge], *, columns: int) -> Layout:
    """Return the positions of boxes with these sizes, at most ``columns`` of them in a row.

    Takes time nearly linear in the number of boxes and of layers that lines pass. No edge may lead
    from a box to itself. Raises ClaimcliError if lines would have too many bends.
    """
    return _LayoutBuilder(boxes, links, columns).layout()


class _LayoutBuilder:
    """Builds a layout; vertices are boxes, then labels, then bends, by index."""

    def __init__(self, boxes: Sequence[Point], links: Sequence[LayoutEdge], columns: int) -> None:
        self.boxes, self.links = boxes, links
        given = [(link.upper, link.lower) for link in links]
        self.pairs = break_cycles(len(boxes), given)
        self.turned = [pair != before for pair, before in zip(self.pairs, given, strict=True)]
        layers = assign_layers(len(boxes), self.pairs, columns)
        self._refuse_too_many(layers)
        self.level = [2 * layer for layer in layers]
        self.level += [2 * layers[lower] - 1 for _, lower in self.pairs]
        self.chains = [self._chain(number, pair) for number, pair in enumerate(self.pairs)]
        count = len(self.level)
        self.above: list[list[int]] = [[] for _ in range(count)]
        self.below: list[list[int]] = [[] for _ in range(count)]
        for chain in self.chains:
            for upper, lower in pairwise(chain):
                self.below[upper].append(lower)
                self.above[lower].append(upper)
        levels: list[list[int]] = [[] for _ in range(max(self.level) + 1)]
        for vertex, level in enumerate(self.level):
            levels[level].append(vertex)
        self.levels = order_levels(levels, self.above, self.below)
        self.across = self._spaced()

    def _refuse_too_many(self, layers: Sequence[int]) -> None:
        bends = sum(2 * (layers[lower] - layers[upper]) for upper, lower in self.pairs)
        if len(self.boxes) + bends > MAX_VERTICES:
            raise ClaimcliError(
                "these connected claims are too large for one picture",
                "narrow it with --issue or --around, or write mermaid, dot or json",
            )

    def _chain(self, number: int, pair: Pair) -> list[int]:
        """Return the vertices of a line from top to bottom; append the levels of bends."""
        upper, lower = pair
        first = len(self.level)
        self.level += range(self.level[upper] + 1, self.level[lower] - 1)
        return [upper, *range(first, len(self.level)), len(self.boxes) + number, lower]

    def _size(self, vertex: int) -> Point:
        if vertex < len(self.boxes):
            return self.boxes[vertex]
        label = vertex - len(self.boxes)
        return self.links[label].label if label < len(self.links) else (0.0, 0.0)

    def _sort(self, vertex: int) -> int:
        if vertex < len(self.boxes):
            return 2
        return 1 if self._size(vertex)[0] else 0

    def _spaced(self) -> dict[int, float]:
        gaps = [
            [self._distance(one, other) for one, other in pairwise(level)] for level in self.levels
        ]
        above, below = (
            [[(other, self._weight(vertex, other)) for other in others] for vertex, others in of]
            for of in (enumerate(self.above), enumerate(self.below))
        )
        places = position_vertices(self.levels, gaps, above, below)
        return straighten(self.levels, gaps, [chain[1:-1] for chain in self.chains], places)

    def _distance(self, one: int, other: int) -> float:
        kinds = sorted((self._sort(one), self._sort(other)))
        room = (self._size(one)[0] + self._size(other)[0]) / 2
        return room + _BETWEEN[kinds[0], kinds[1]]

    def _weight(self, one: int, other: int) -> float:
        upper, lower = sorted((one, other), key=self.level.__getitem__)
        within, to_lower, to_upper = _STRAIGHT
        if upper < len(self.boxes):
            return to_upper
        return to_lower if lower < len(self.boxes) else within

    def layout(self) -> Layout:
        lowest, uppermost = self._ports(self.below), self._ports(self.above)
        tops, heights = self._rows(lowest, uppermost)
        left = min(self.across[v] - self._size(v)[0] / 2 for v in range(len(self.level)))
        right = max(self.across[v] + self._size(v)[0] / 2 for v in range(len(self.level)))
        routes = tuple(
            self._route(chain, (lowest, uppermost), (tops, heights), left, turned=turned)
            for chain, turned in zip(self.chains, self.turned, strict=True)
        )
        corners = tuple(
            (self.across[box] - size[0] / 2 - left, tops[self.level[box]])
            for box, size in enumerate(self.boxes)
        )
        return Layout((right - left, tops[-1] + heights[-1]), corners, routes)

    def _ports(self, neighbours: Sequence[Sequence[int]]) -> dict[Pair, float]:
        """Return the horizontal position where each line meets a box, by box and neighbour."""
        found: dict[Pair, float] = {}
        for box, (wide, _) in enumerate(self.boxes):
            others = sorted(neighbours[box], key=self.across.__getitem__)
            low = self.across[box] - wide / 2 + _FROM_CORNER
            high = self.across[box] + wide / 2 - _FROM_CORNER
            step = min(_PORTS, (high - low) / max(len(others) - 1, 1))
            wanted = [min(max(self.across[other], low), high) for other in others]
            at = separate(wanted, [1.0] * len(others), [step] * (len(others) - 1))
            for number, other in enumerate(others):
                last = high - step * (len(others) - 1 - number)
                found[box, other] = max(min(at[number], last), low + step * number)
        return found

    def _rows(
        self, lowest: dict[Pair, float], uppermost: dict[Pair, float]
    ) -> tuple[list[float], list[float]]:
        """Return the top and height of each level; slanted lines get more room."""
        steepest = [0.0] * len(self.levels)
        for chain in self.chains:
            for upper, lower in pairwise(chain):
                start = lowest.get((upper, lower), self.across[upper])
                end = uppermost.get((lower, upper), self.across[lower])
                level = self.level[upper]
                steepest[level] = max(steepest[level], abs(end - start))
        heights = [max((self._size(v)[1] for v in level), default=0.0) for level in self.levels]
        tops = [0.0]
        for height, slant in zip(heights[:-1], steepest, strict=False):
            tops.append(tops[-1] + height + _STUB + _GAP + min(slant * _SLOPE, _MOST_SLOPE))
        return tops, heights

    def _route(
        self,
        chain: Sequence[int],
        ports: tuple[dict[Pair, float], dict[Pair, float]],
        rows: tuple[list[float], list[float]],
        left: float,
        *,
        turned: bool,
    ) -> EdgeLine:
        tops, heights = rows
        upper, *bends, label, lower = chain
        start = ports[0][upper, chain[1]] - left
        end = ports[1][lower, label] - left
        top = tops[self.level[upper]]
        before = [
            (start, top + self.boxes[upper][1]),
            (start, top + heights[self.level[upper]] + _STUB),
        ]
        for bend in bends:
            at, row = self.across[bend] - left, self.level[bend]
            before += [(at, tops[row]), (at, tops[row] + heights[row])]
        middle, row = self.across[label] - left, self.level[label]
        wide, high = self._size(label)
        upper_edge = tops[row] + (heights[row] - high) / 2
        before += [(middle, tops[row]), (middle, upper_edge)]
        after = [(middle, upper_edge + high), (middle, tops[row] + heights[row])]
        after += [(end, tops[self.level[lower]] - _STUB), (end, tops[self.level[lower]])]
        return EdgeLine(_plain(before), (middle - wide / 2, upper_edge), _plain(after), turned)


def _plain(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return a line without points at which it is straight."""
    kept = [points[0]]
    for point, following in pairwise(points[1:]):
        across, down = point[0] - kept[-1][0], point[1] - kept[-1][1]
        onward = following[0] - point[0], following[1] - point[1]
        if abs(across * onward[1] - down * onward[0]) > 0.01:
            kept.append(point)
    return (*kept, points[-1])
