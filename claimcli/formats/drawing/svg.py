"""Elements of SVG as text: escaped, numbers short, nothing that runs or refers to outside.

Written for SVG 1.1 with CSS, which browsers and converters share.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from claimcli.core.text.escaping import for_xml
from claimcli.formats.drawing.text_metrics import right_to_left

FONTS = "Helvetica,Arial,'Liberation Sans','Noto Sans','DejaVu Sans',sans-serif"
INK, PAPER, SOFT = ("#1a1a1a", "#f2f2f2"), ("#ffffff", "#17181c"), ("#5c5c5c", "#a8a8a8")
"""Colours in a light and in a dark surrounding: text, ground, and what stands back."""

Point = tuple[float, float]


class Paint(Struct, frozen=True):
    """How one of several things is told apart: by a line's colour and dashes, and by a fill.

    Each colour is a pair, for light and for dark surroundings.
    """

    line: tuple[str, str]
    fill: tuple[str, str]
    dashes: str


class StyleRule(Struct, frozen=True):
    """What holds for the elements of a selector, in light and where it differs in dark."""

    selector: str
    light: str
    dark: str = ""


_HUES = (
    (("#0072b2", "#5db5ee"), ("#e6f2fa", "#12293a")),
    (("#b84a00", "#f08a4b"), ("#fdeee3", "#3a2013")),
    (("#00785a", "#35c79d"), ("#e3f5ef", "#0f2f27")),
    (("#a1467c", "#e39cc5"), ("#f9eaf3", "#351d2c")),
    (("#8a6500", "#ecc04a"), ("#fbf3dc", "#332a10")),
    (("#3a6f8f", "#8fcdf0"), ("#e9f3f9", "#1a2b36")),
    (("#4d4d4d", "#c4c4c4"), ("#f0f0f0", "#2a2b30")),
)
"""The hues of Okabe and Ito, "Color Universal Design" (2008), darker or lighter than there, so that
lines have a contrast of 4.5:1 and more with their ground."""
_DASHES = ("", "9 3", "2.5 2.5", "12 3 2.5 3", "5 5", "12 3 2.5 3 2.5 3")
DISTINCT = len(_HUES) * len(_DASHES)
"""How many paints there are before they repeat."""


def paints(names: Iterable[str]) -> dict[str, Paint]:
    """Return a paint for each name, in order: colours repeat after seven, dashes after six."""
    distinct = dict.fromkeys(names)
    return {
        name: Paint(*_HUES[number % len(_HUES)], _DASHES[number % len(_DASHES)])
        for number, name in enumerate(distinct)
    }


def paint_style(selector: str, paint: Paint) -> StyleRule:
    """Return the rule that gives a selector's elements the looks of a paint."""
    light, dark = (
        f"stroke:{line};fill:{fill}" for line, fill in zip(paint.line, paint.fill, strict=True)
    )
    dashes = f";stroke-dasharray:{paint.dashes}" if paint.dashes else ""
    return StyleRule(selector, f"{light}{dashes}", dark)


def number(value: float) -> str:
    """Return a number with at most one decimal: the same everywhere, and short."""
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def element(name: str, attributes: Mapping[str, str | float], *content: str) -> str:
    """Return an element; values of attributes are escaped, ``content`` is SVG already."""
    told = "".join(
        f' {key}="{for_xml(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value != ""
    )
    return f"<{name}{told}>{''.join(content)}</{name}>" if content else f"<{name}{told}/>"


def rectangle(at: Point, size: Point, kind: str, radius: float = 0) -> str:
    """Return a rectangle of a class, by its upper left corner."""
    told: dict[str, str | float] = {"class": kind, "x": at[0], "y": at[1]}
    told |= {"width": size[0], "height": size[1]}
    return element("rect", told | ({"rx": radius} if radius else {}))


def text(line: str, at: Point, kind: str, room: float = 0, *, whole: str = "") -> str:
    """Return a line of text whose base line begins at a point; "" gives nothing.

    Text that runs to the left begins at the other end of its ``room``. A line that is a part of a
    ``whole`` runs as that does.
    """
    if not line:
        return ""
    if right_to_left(whole or line) and "middle" not in kind.split():
        told = {"class": kind, "direction": "rtl"}
        return element("text", {**told, "x": at[0] + room, "y": at[1]}, for_xml(line))
    told = {"class": kind, "direction": "ltr" if whole and right_to_left(line) else ""}
    return element("text", {**told, "x": at[0], "y": at[1]}, for_xml(line))


def polyline(points: Sequence[Point], kind: str, bend: float = 0) -> str:
    """Return a line through points, its corners rounded by at most ``bend``."""
    first, *rest = points
    path = f"M{number(first[0])} {number(first[1])}"
    for before, corner, after in zip(points, rest, rest[1:], strict=False):
        start, end = (_towards(corner, other, bend) for other in (before, after))
        path += f"L{_pair(start)}Q{_pair(corner)} {_pair(end)}" if bend else f"L{_pair(corner)}"
    return element("path", {"class": kind, "d": f"{path}L{_pair(points[-1])}"})


def arrow(tip: Point, before: Point, kind: str, *, size: float = 9, hollow: bool = False) -> str:
    """Return an arrow's head at ``tip``, for a line that comes from ``before``."""
    across, down = before[0] - tip[0], before[1] - tip[1]
    length = float((across * across + down * down) ** 0.5) or 1.0
    along, aside = size / length, size / length * 0.45
    back = tip[0] + across * along, tip[1] + down * along
    wings = [(back[0] - sign * down * aside, back[1] + sign * across * aside) for sign in (1, -1)]
    path = f"M{_pair(wings[0])}L{_pair(tip)}L{_pair(wings[1])}"
    return element("path", {"class": kind, "d": path if hollow else f"{path}Z"})


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _towards(start: Point, end: Point, most: float) -> Point:
    """Return the point at a distance from ``start`` on the way to ``end``, half way at most."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = float((across * across + down * down) ** 0.5)
    share = min(most / length, 0.5) if length else 0.0
    return start[0] + across * share, start[1] + down * share


def document(  # noqa: PLR0913 - what a picture consists of
    size: Point,
    body: Iterable[str],
    *,
    name: str,
    title: str,
    description: str,
    rules: Iterable[StyleRule] = (),
) -> str:
    """Return a picture on its own ground, with its title and description for those who hear it.

    ``name`` is its id. Rules hold within it only, so that a page can have several.
    """
    named = f"{name}-title", f"{name}-desc"
    frame: dict[str, str | float] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "id": name,
        "role": "img",
        "aria-labelledby": " ".join(named),
        "viewBox": f"0 0 {number(size[0])} {number(size[1])}",
        "width": size[0],
        "height": size[1],
    }
    parts = (
        element("title", {"id": named[0]}, for_xml(title)),
        element("desc", {"id": named[1]}, for_xml(description)),
        f"<style>{_style(name, (*_COMMON, *rules))}</style>",
        rectangle((0, 0), size, "paper"),
        *body,
    )
    return element("svg", frame, *(f"\n{part}" for part in parts if part), "\n") + "\n"


_COMMON = (
    StyleRule("", f"font-family:{FONTS};font-size:12px;color-scheme:light dark"),
    StyleRule(".paper", f"fill:{PAPER[0]}", f"fill:{PAPER[1]}"),
    StyleRule("text", f"fill:{INK[0]}", f"fill:{INK[1]}"),
    StyleRule("text.soft", f"fill:{SOFT[0]}", f"fill:{SOFT[1]}"),
    StyleRule("text.bold", "font-weight:bold"),
    StyleRule("text.middle", "text-anchor:middle"),
)


def _style(name: str, rules: Iterable[StyleRule]) -> str:
    listed = [(f"#{name} {rule.selector}".strip(), rule) for rule in rules]
    light = "".join(f"{selector}{{{rule.light}}}" for selector, rule in listed if rule.light)
    dark = "".join(f"{selector}{{{rule.dark}}}" for selector, rule in listed if rule.dark)
    return f"{light}@media (prefers-color-scheme:dark){{{dark}}}"
