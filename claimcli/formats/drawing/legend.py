"""The legend of a picture: samples with their meanings, in rows."""

from collections.abc import Callable, Iterable

from claimcli.formats.drawing.svg import Paint, Point, StyleRule, paint_style, rectangle, text
from claimcli.formats.drawing.text_metrics import fit, width

SIZE = 12.0
SAMPLE: Point = (34.0, 16.0)
"""Width and height of a sample."""
_ROW, _BESIDE, _BETWEEN, _LONGEST = 24.0, 8.0, 22.0, 240.0

Sample = Callable[[Point], str]
"""Draws a sample, given its upper left corner."""


def legend(entries: Iterable[tuple[Sample, str]], room: float) -> tuple[list[str], Point]:
    """Return the elements of a legend at (0, 0), at most ``room`` wide, and its size."""
    drawn: list[str] = []
    across = down = widest = 0.0
    for sample, words in entries:
        shown = fit(words, _LONGEST, SIZE)
        wide = SAMPLE[0] + _BESIDE + width(shown, SIZE)
        if across and across + wide > room:
            across, down = 0.0, down + _ROW
        drawn.append(sample((across, down)))
        label_at = (across + SAMPLE[0] + _BESIDE, down + SAMPLE[1] / 2 + SIZE * 0.35)
        drawn.append(text(shown, label_at, "", width(shown, SIZE)))
        widest = max(widest, across + wide)
        across += wide + _BETWEEN
    return drawn, (widest, down + SAMPLE[1] if drawn else 0.0)


def party_sample(kind: str) -> Sample:
    """Return a sample of a party's box, with its bar and dashed edge."""

    def draw(at: Point) -> str:
        return f'<g class="{kind}">{party_box(at, SAMPLE, (kind,))}</g>'

    return draw


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
