"""The line styles of answers in pictures, distinguishable without colour."""

from collections.abc import Iterable, Sequence

from claimcli.core.schema import Kind
from claimcli.formats.drawing.svg import INK, PAPER, Point, StyleRule, arrow, polyline, text

_AGAIN = "again"
_LABELS = {
    "against": "denies, or has a rival account",
    "aside": "disputes meaning, source or step",
    "allowing": "qualifies, or takes no side",
    "sharing": "says the same",
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
    StyleRule(
        ".head",
        f"fill:{INK[0]};stroke:{INK[0]};stroke-linejoin:round",
        f"fill:{INK[1]};stroke:{INK[1]}",
    ),
    StyleRule(".head.hollow", f"fill:{PAPER[0]}", f"fill:{PAPER[1]}"),
)
SAMPLE = 34
"""The length of a sample line in the legend."""


def edge_class(kind: Kind | None) -> str:
    """Return the CSS class of an answer's line; None means a restatement or superseding claim."""
    return kind.effect.line if kind else _AGAIN


def draw_edge(points: Sequence[Point], kind: Kind | None) -> str:
    """Return a line with an arrow head at its last point."""
    head = "head" if kind and kind.opposes else "head hollow"
    line = polyline(points, f"line {edge_class(kind)}", bend=4)
    return line + arrow(points[-1], points[-2], head, size=8)


def edge_legend(kinds: Iterable[Kind | None], at: Point, room: float) -> tuple[list[str], float]:
    """Return a sample of each line style that occurs with its label, and the total height.

    The samples are in rows no wider than ``room``; ``at`` is the upper left corner.
    """
    occurring = set(kinds)
    listed = {edge_class(kind): kind for kind in (*Kind, None) if kind in occurring}
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
