"""The legend of a picture: samples of the parties' boxes with the parties' names, in rows."""

from collections.abc import Iterable

from claimcli.formats.drawing.paints import Paint
from claimcli.formats.drawing.svg import Point, StyleRule, paint_style, rectangle, text
from claimcli.formats.drawing.text_metrics import width, wrap

SIZE = 12.0
SAMPLE: Point = (34.0, 16.0)
"""Width and height of a sample."""
_LINE, _ROWS_APART, _BESIDE, _BETWEEN, _LONGEST = 15.0, 8.0, 8.0, 22.0, 240.0
_MOST = 4
"""Maximum number of lines of a name."""


def legend(parties: Iterable[tuple[str, str]], room: float) -> tuple[list[str], Point]:
    """Return the elements of a legend at (0, 0), at most ``room`` wide, and its size.

    ``parties`` are pairs of a CSS class and a name.
    """
    drawn: list[str] = []
    across = down = widest = high = 0.0
    for kind, name in parties:
        lines = wrap(name, _LONGEST, SIZE, most=_MOST)
        wide = max((width(line, SIZE) for line in lines), default=0.0)
        if across and across + SAMPLE[0] + _BESIDE + wide > room:
            across, down, high = 0.0, down + high + _ROWS_APART, 0.0
        sample = party_box((across, down), SAMPLE, (kind,))
        drawn.append(f'<g class="{kind}">{sample}</g>')
        across += SAMPLE[0] + _BESIDE
        for number, line in enumerate(lines):
            baseline = down + SAMPLE[1] / 2 + SIZE * 0.35 + _LINE * number
            drawn.append(text(line, (across, baseline), "", whole=name))
        widest = max(widest, across + wide)
        high = max(high, SAMPLE[1] + _LINE * (len(lines) - 1))
        across += wide + _BETWEEN
    return drawn, (widest, down + high if drawn else 0.0)


def party_box(at: Point, size: Point, kinds: tuple[str, ...], bar: float = 6.0) -> str:
    """Return a box with a bar at its left for each party; the first party determines its edge."""
    high = size[1] / len(kinds)
    bars = (
        f'<g class="{kind}">{rectangle((at[0], at[1] + high * number), (bar, high), "bar")}</g>'
        for number, kind in enumerate(kinds)
    )
    return rectangle(at, size, "box") + "".join(bars)


def party_styles(paints: Iterable[Paint]) -> list[StyleRule]:
    """Return the style rules that draw the boxes of each paint's class."""
    rules = [StyleRule("rect.box", "stroke-width:1.6")]
    for paint in paints:
        light, dark = paint.line
        rules.append(paint_style(paint, ">rect.box"))
        rules.append(StyleRule(f".{paint.kind}>rect.bar", f"fill:{light}", f"fill:{dark}"))
    return rules
