"""The line styles of answers and rival positions in pictures, distinguishable without colour."""

from collections.abc import Iterable, Sequence

from claimcli.core.opposition import BY_POSITION
from claimcli.core.response_kinds import Kind
from claimcli.formats.drawing.paints import INK, PAPER
from claimcli.formats.drawing.svg import (
    Point,
    StyleRule,
    arrow,
    element,
    number,
    polyline,
    text,
)

_AGAIN, _RIVAL = "again", "rival"
_LABELS = {
    "against": "denies, or has a rival account",
    "aside": "disputes meaning, source or step",
    "allowing": "qualifies, or takes no side",
    "sharing": "says the same",
    _RIVAL: "holds another position",
    _AGAIN: "restates or supersedes",
}
_DASHES = {"against": "", "aside": "7 3", "allowing": "2 3", "sharing": "10 3 2 3", _AGAIN: "12 5"}

RULES = (
    StyleRule(".line", f"fill:none;stroke:{INK[0]};stroke-width:1.4", f"stroke:{INK[1]}"),
    *(
        StyleRule(f".line.{name}", f"stroke-dasharray:{dashes}")
        for name, dashes in _DASHES.items()
        if dashes
    ),
    StyleRule(f".line.{_RIVAL}", "stroke-width:.7"),
    StyleRule(
        ".head",
        f"fill:{INK[0]};stroke:{INK[0]};stroke-linejoin:round",
        f"fill:{INK[1]};stroke:{INK[1]}",
    ),
    StyleRule(".head.hollow", f"fill:{PAPER[0]}", f"fill:{PAPER[1]}"),
)
_KINDS = frozenset(kind.value for kind in Kind)
_RADIUS = 3
"""The radius of the rings at the ends of a line between rivals."""
SAMPLE = 34
"""The length of a sample line in the legend."""


def edge_class(kind: str) -> str:
    """Return the CSS class of a line: a kind of answer, "position", "restates" or "supersedes"."""
    if kind in _KINDS:
        return Kind(kind).effect.line
    return _RIVAL if kind == BY_POSITION else _AGAIN


def draw_edge(points: Sequence[Point], kind: str, bend: float = 4) -> str:
    """Return a line with an arrow head at its last point, for a rival with a ring at each end."""
    line = polyline(points, f"line {edge_class(kind)}", bend)
    if kind == BY_POSITION:
        return line + _ring(points[0], points[1]) + _ring(points[-1], points[-2])
    head = "head" if kind in _KINDS and Kind(kind).opposes else "head hollow"
    return line + arrow(points[-1], points[-2], head, size=8)


def _ring(end: Point, before: Point) -> str:
    """Return a ring that touches the end of a line; lines end upright or level."""
    turn = [_RADIUS * ((b > e) - (b < e)) for e, b in zip(end, before, strict=True)]
    start = f"{number(end[0])} {number(end[1])}"
    there, back = (f"a{_RADIUS} {_RADIUS} 0 1 0 {s * turn[0]} {s * turn[1]}" for s in (2, -2))
    return element("path", {"class": "head hollow", "d": f"M{start}{there}{back}Z"})


def edge_legend(kinds: Iterable[str], at: Point, room: float) -> tuple[list[str], float]:
    """Return a sample of each line style that occurs with its label, and the total height.

    The samples are in rows no wider than ``room``; ``at`` is the upper left corner.
    """
    occurring = {edge_class(kind): kind for kind in kinds}
    listed = {name: occurring[name] for name in _LABELS if name in occurring}
    parts: list[str] = []
    x, y = at
    for name, kind in listed.items():
        if x > at[0] and x + LEGEND_WIDTH > at[0] + room:
            x, y = at[0], y + LEGEND_HEIGHT
        middle = y + LEGEND_HEIGHT / 2
        parts.append(draw_edge(((x, middle), (x + SAMPLE, middle)), kind))
        parts.append(text(_LABELS[name], (x + SAMPLE + 8, middle + 4), "soft"))
        x += LEGEND_WIDTH
    return parts, y + LEGEND_HEIGHT - at[1] if listed else 0.0


LEGEND_WIDTH, LEGEND_HEIGHT = 270.0, 20.0
