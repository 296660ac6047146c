"""Grid layout of boxes and lines: nothing overlaps."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcli.formats.drawing.grid import Cell, Grid, GridEdge, lay_out_grid

WIDTH = 100.0
Segment = tuple[tuple[float, float], tuple[float, float]]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Cell], list[GridEdge]]:
    cells = draw(
        st.lists(
            st.builds(Cell, st.integers(0, 4), st.integers(0, 4), st.floats(10, 90)),
            min_size=1,
            max_size=14,
        )
    )
    numbers = st.integers(0, len(cells) - 1)
    pairs = draw(st.lists(st.tuples(numbers, numbers), max_size=20))
    return cells, [GridEdge(one, other) for one, other in pairs if one != other]


def segments(grid: Grid) -> list[list[Segment]]:
    return [list(pairwise(route)) for route in grid.routes]


def placed(world: tuple[list[Cell], list[GridEdge]]) -> Grid:
    return lay_out_grid(*world, width=WIDTH, least={}, left=50, top=30)


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_boxes_do_not_overlap(world: tuple[list[Cell], list[GridEdge]]) -> None:
    grid = placed(world)
    boxes = list(zip(grid.boxes, grid.heights, strict=True))

    for ((x, y), height), ((left, top), other) in combinations(boxes, 2):
        assert x + WIDTH <= left or left + WIDTH <= x or y + height <= top or top + other <= y
    assert all(x >= 50 and y >= 30 for (x, y), _ in boxes)
    assert all(x + WIDTH <= grid.size[0] and y + h <= grid.size[1] for (x, y), h in boxes)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(worlds())
def test_lines_avoid_boxes(world: tuple[list[Cell], list[GridEdge]]) -> None:
    """Lines are horizontal or vertical, and end at the sides of their boxes."""
    grid = placed(world)

    for link, found in zip(world[1], segments(grid), strict=True):
        for (x, y), (to_x, to_y) in found:
            assert x == to_x or y == to_y
            for (left, top), height in zip(grid.boxes, grid.heights, strict=True):
                aside = max(x, to_x) <= left or min(x, to_x) >= left + WIDTH
                apart = max(y, to_y) <= top or min(y, to_y) >= top + height
                assert aside or apart
        for cell, (x, y) in ((link.source, found[0][0]), (link.target, found[-1][1])):
            left, top = grid.boxes[cell]
            assert x in (left, left + WIDTH)
            assert top < y < top + grid.heights[cell]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(worlds())
def test_lines_do_not_overlap(world: tuple[list[Cell], list[GridEdge]]) -> None:
    """Lines may cross, but never share a segment."""
    for one, other in combinations(segments(placed(world)), 2):
        for (a, b), (c, d) in ((s, t) for s in one for t in other):
            for along, across in ((0, 1), (1, 0)):
                if a[across] == b[across] == c[across] == d[across]:
                    low = max(min(a[along], b[along]), min(c[along], d[along]))
                    high = min(max(a[along], b[along]), max(c[along], d[along]))
                    assert high <= low


def test_box_with_many_lines() -> None:
    """A box is high enough for all lines that end at one side."""
    cells = [Cell(0, 0, 10), *(Cell(0, 1, 10) for _ in range(20))]
    grid = lay_out_grid(cells, [GridEdge(n, 0) for n in range(1, 21)], width=WIDTH, least={})

    ends = {route[-1][1] for route in grid.routes}
    assert len(ends) == 20
    assert max(ends) < grid.boxes[0][1] + grid.heights[0]
