"""The legend of a picture: samples of the parties' boxes with the parties' names, in rows."""

from collections.abc import Iterable

from claimcli.formats.drawing.svg import Paint, Point, StyleRule, paint_style, rectangle, text
from claimcli.formats.drawing.text_metrics import fit, width

SIZE = 12.0
SAMPLE: Point = (34.0, 16.0)
"""Width and height of a sample."""
_ROW, _BESIDE, _BETWEEN, _LONGEST = 24.0, 8.0, 22.0, 240.0


def legend(parties: Iterable[tuple[str, str]], room: float) -> tuple[list[str], Point]:
    """Return the elements of a legend at (0, 0), at most ``room`` wide, and its size.

    ``parties`` are pairs of a CSS class and a name.
    """
    drawn: list[str] = []
    across = down = widest = 0.0
    for kind, name in parties:
        shown = fit(name, _LONGEST, SIZE)
        wide = SAMPLE[0] + _BESIDE + width(shown, SIZE)
        if across and across + wide > room:
            across, down = 0.0, down + _ROW
        sample = party_box((across, down), SAMPLE, (kind,))
        drawn.append(f'<g class="{kind}">{sample}</g>')
        label_at = (across + SAMPLE[0] + _BESIDE, down + SAMPLE[1] / 2 + SIZE * 0.35)
        drawn.append(text(shown, label_at, "", width(shown, SIZE)))
        widest = max(widest, across + wide)
        across += wide + _BETWEEN
    return drawn, (widest, down + SAMPLE[1] if drawn else 0.0)


def party_box(at: Point, size: Point, kinds: tuple[str, ...], bar: float = 6.0) -> str:
    """Return a box with a bar at its left for each party; the first party determines its edge."""
    high = size[1] / len(kinds)
    bars = (
        f'<g class="{kind}">{rectangle((at[0], at[1] + high * number), (bar, high), "bar")}</g>'
        for number, kind in enumerate(kinds)
    )
    return rectangle(at, size, "box") + "".join(bars)


def party_styles(kinds: Iterable[tuple[str, Paint]]) -> list[StyleRule]:
    """Return the style rules that draw the boxes of each class with its paint."""
    rules = [StyleRule("rect.box", "stroke-width:1.6")]
    for kind, paint in kinds:
        rules.append(paint_style(f".{kind}>rect.box", paint))
        rules.append(
            StyleRule(f".{kind}>rect.bar", f"fill:{paint.line[0]}", f"fill:{paint.line[1]}")
        )
    return rules
