"""Layered layout of boxes, lines and labels: nothing overlaps, and it is deterministic."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.formats.drawing.layers import assign_layers, break_cycles, crossings, order_levels
from claimcli.formats.drawing.layout import Layout, LayoutEdge, lay_out
from claimcli.formats.drawing.packing import connected_parts, pack
from claimcli.formats.drawing.spacing import separate, straighten
from claimcli.formats.drawing.svg import Point


class Rect(Struct, frozen=True):
    """A rectangle, given its upper left corner and its size."""

    corner: Point
    size: Point

    def overlaps(self, other: "Rect") -> bool:
        return all(
            self.corner[n] + self.size[n] > other.corner[n] + 0.01
            and other.corner[n] + other.size[n] > self.corner[n] + 0.01
            for n in (0, 1)
        )

    def crossed_by(self, start: Point, end: Point) -> bool:
        """Return whether a segment has a point inside, not on an edge (Liang and Barsky 1984)."""
        first, last = 0.0, 1.0
        for n in (0, 1):
            low, high = self.corner[n] + 0.01, self.corner[n] + self.size[n] - 0.01
            way = end[n] - start[n]
            if abs(way) < 1e-9:
                if not low < start[n] < high:
                    return False
                continue
            near, far = sorted(((low - start[n]) / way, (high - start[n]) / way))
            first, last = max(first, near), min(last, far)
        return first < last


Given = tuple[list[Point], list[LayoutEdge], int]


@st.composite
def graphs(draw: st.DrawFn) -> Given:
    count = draw(st.integers(1, 12))
    sides = st.integers(40, 300)
    boxes = draw(st.lists(st.tuples(sides, sides), min_size=count, max_size=count))
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    labels = st.one_of(st.just((0, 0)), st.tuples(st.integers(10, 130), st.integers(12, 50)))
    pairs = draw(st.lists(st.tuples(ends, labels), max_size=16))
    links = [LayoutEdge(a, b, (float(w), float(h))) for (a, b), (w, h) in pairs if a != b]
    return [(float(w), float(h)) for w, h in boxes], links, draw(st.integers(1, 5))


def rects(given_: Given, layout: Layout) -> tuple[list[Rect], list[Rect]]:
    boxes = [Rect(c, s) for c, s in zip(layout.corners, given_[0], strict=True)]
    labels = [
        Rect(route.label, link.label) for route, link in zip(layout.routes, given_[1], strict=True)
    ]
    return boxes, [label for label in labels if label.size[0]]


def segments(layout: Layout) -> Iterator[tuple[Point, Point]]:
    for route in layout.routes:
        yield from pairwise(route.before)
        yield from pairwise(route.after)


@given(graphs())
def test_nothing_overlaps(given_: Given) -> None:
    """Boxes and labels do not overlap and are within the picture."""
    layout = lay_out(given_[0], given_[1], columns=given_[2])
    boxes, labels = rects(given_, layout)

    assert not [pair for pair in combinations((*boxes, *labels), 2) if pair[0].overlaps(pair[1])]
    for one in (*boxes, *labels):
        assert all(one.corner[n] >= -0.01 for n in (0, 1))
        assert all(one.corner[n] + one.size[n] <= layout.size[n] + 0.01 for n in (0, 1))


@pytest.mark.slow
@given(graphs())
def test_lines_avoid_boxes_and_labels(given_: Given) -> None:
    """No line runs through a box or a label."""
    layout = lay_out(given_[0], given_[1], columns=given_[2])
    boxes, labels = rects(given_, layout)

    assert not [
        (one, segment)
        for one in (*boxes, *labels)
        for segment in segments(layout)
        if one.crossed_by(*segment)
    ]


@given(graphs())
def test_ends_of_lines(given_: Given) -> None:
    """A line runs from the lower edge of its upper box, by its label, to the upper edge of the other."""
    boxes, links, columns = given_
    layout = lay_out(boxes, links, columns=columns)

    assert len(layout.routes) == len(links)
    for link, route in zip(links, layout.routes, strict=True):
        upper, lower = (link.lower, link.upper) if route.reversed else (link.upper, link.lower)
        start, end = route.before[0], route.after[-1]
        assert start[1] == pytest.approx(layout.corners[upper][1] + boxes[upper][1])
        assert end[1] == pytest.approx(layout.corners[lower][1])
        for point, box in ((start, upper), (end, lower)):
            left = layout.corners[box][0]
            assert left <= point[0] <= left + boxes[box][0]
        assert route.before[-1] == pytest.approx(
            (route.label[0] + link.label[0] / 2, route.label[1])
        )
        assert route.after[0][1] == pytest.approx(route.label[1] + link.label[1])


@pytest.mark.slow
@given(graphs())
def test_layout_is_deterministic(given_: Given) -> None:
    """The same graph always has the same layout."""
    boxes, links, columns = given_

    assert lay_out(boxes, links, columns=columns) == lay_out(boxes, links, columns=columns)


@given(graphs())
def test_order_of_connected_boxes(given_: Given) -> None:
    """The lower box of an edge is below the upper one, unless the edge is reversed."""
    boxes, links, columns = given_
    layout = lay_out(boxes, links, columns=columns)
    tops = [corner[1] for corner in layout.corners]

    for link, route in zip(links, layout.routes, strict=True):
        assert (tops[link.upper] < tops[link.lower]) is not route.reversed


def test_edges_without_a_circle() -> None:
    assert break_cycles(3, [(0, 1), (1, 2), (0, 2)]) == [(0, 1), (1, 2), (0, 2)]
    assert break_cycles(3, [(0, 1), (1, 2), (2, 0)]) == [(0, 1), (1, 2), (0, 2)]
    assert break_cycles(2, [(0, 1), (1, 0), (0, 1)]) == [(0, 1), (0, 1), (0, 1)]


@given(st.integers(1, 12), st.integers(1, 4), st.data())
def test_width_of_layers(count: int, most: int, data: st.DataObject) -> None:
    """Each layer has at most the given number of vertices, and edges lead downwards."""
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    pairs = [(min(p), max(p)) for p in data.draw(st.lists(ends)) if p[0] != p[1]]
    layers = assign_layers(count, pairs, most)

    assert all(layers.count(layer) <= most for layer in layers)
    assert all(layers[upper] < layers[lower] for upper, lower in pairs)


def test_vertex_above_a_deep_one() -> None:
    """A vertex with nothing above it is placed directly above its neighbour, not at the top."""
    assert assign_layers(4, [(0, 1), (1, 2), (3, 2)], 9) == [0, 1, 2, 1]


def test_crossings() -> None:
    """Crossings are counted, and removed by ordering the levels."""
    levels, below = [[0, 1], [2, 3]], [[3], [2], [], []]
    above: list[list[int]] = [[], [], [1], [0]]

    assert crossings(levels, below) == 1
    assert crossings(order_levels(levels, above, below), below) == 0
    assert crossings([[0, 1], [2, 3]], [[2, 3], [2, 3], [], []]) == 1


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(0.1, 9), st.floats(0, 9)), min_size=1))
def test_separated_positions_are_optimal(
    rows: list[tuple[float, float, float]],
) -> None:
    """Positions keep their gaps, and no small shift brings them closer to those wanted."""
    wanted, weights, gaps = map(list, zip(*rows, strict=True))
    places = separate(wanted, weights, gaps[1:])

    def cost(shifts: list[float]) -> float:
        moved = zip(places, shifts, wanted, weights, strict=True)
        return sum(heavy * (place + by - aim) ** 2 for place, by, aim, heavy in moved)

    assert all(b - a >= gap - 1e-6 for (a, b), gap in zip(pairwise(places), gaps[1:], strict=True))
    for first in range(len(places)):
        ahead = [0.0] * first + [0.01] * (len(places) - first)
        behind = [-0.01] * (first + 1) + [0.0] * (len(places) - first - 1)
        assert cost(ahead) >= cost([0.0] * len(places)) - 1e-6
        assert cost(behind) >= cost([0.0] * len(places)) - 1e-6


def test_long_lines_are_straightened() -> None:
    """The bends of a line are aligned as far as their neighbours leave room."""
    levels, gaps = [[0, 1], [2], [3]], [[10.0], [], []]

    assert straighten(levels, gaps, [[1, 2, 3]], {0: 0.0, 1: 10.0, 2: 16.0, 3: 22.0}) == {
        0: 0.0, 1: 16.0, 2: 16.0, 3: 16.0,
    }  # fmt: skip
    assert straighten(levels, gaps, [[1, 2, 3]], {0: 30.0, 1: 40.0, 2: 0.0, 3: 2.0}) == {
        0: 30.0, 1: 40.0, 2: 40.0, 3: 40.0,
    }  # fmt: skip


@given(st.lists(st.tuples(st.floats(10, 400), st.floats(10, 400)), min_size=1, max_size=25))
def test_packing(sizes: list[Point]) -> None:
    """Packed rectangles keep their distance and use little more width than necessary."""
    corners, size = pack(sizes, 20)
    placed = [Rect(c, s) for c, s in zip(corners, sizes, strict=True)]
    spaced = [Rect(one.corner, (one.size[0] + 19.9, one.size[1] + 19.9)) for one in placed]
    area = sum((wide + 20) * (high + 20) for wide, high in sizes)

    assert not [pair for pair in combinations(spaced, 2) if pair[0].overlaps(pair[1])]
    assert size[0] <= max((1.4 * area) ** 0.5, *(wide for wide, _ in sizes), 0) + 0.01
    assert all(c[0] + s[0] <= size[0] + 0.01 for c, s in zip(corners, sizes, strict=True))


def test_connected_parts() -> None:
    """Connected components are sorted by their first vertex."""
    assert connected_parts(5, [(3, 1), (4, 2)]) == [[0], [1, 3], [2, 4]]
    assert connected_parts(0, []) == []


def test_too_many_bends() -> None:
    """A layout that would need too many bends is refused."""
    chain = [LayoutEdge(n, n + 1) for n in range(1000)]
    spans = [LayoutEdge(n, 1000) for n in range(900)]

    with pytest.raises(ClaimcliError, match="too large for one picture"):
        lay_out([(10.0, 10.0)] * 1001, [*chain, *spans], columns=4)


def test_deep_and_wide_graphs() -> None:
    """A chain of a thousand boxes, and a thousand boxes below one, are laid out."""
    deep = lay_out([(10.0, 10.0)] * 1001, [LayoutEdge(n, n + 1) for n in range(1000)], columns=4)
    broad = lay_out([(10.0, 10.0)] * 301, [LayoutEdge(0, n + 1) for n in range(300)], columns=18)

    assert (len({c[0] for c in deep.corners}), len({c[1] for c in deep.corners})) == (1, 1001)
    assert len({c[1] for c in broad.corners}) == 18
