"""SVG elements as text: escaped, with short numbers, without scripts or external references.

The output is SVG 1.1 with CSS, which browsers and converters support.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from claimcli.core.text.escaping import for_xml
from claimcli.formats.drawing.paints import INK, PAPER, SOFT, Paint
from claimcli.formats.drawing.text_metrics import right_to_left

FONTS = "Helvetica,Arial,'Liberation Sans','Noto Sans','DejaVu Sans',sans-serif"
Point = tuple[float, float]
Link = Callable[[str], str]
"""Returns the address of a claim's page, given its id, or "" if it has none."""


class StyleRule(Struct, frozen=True):
    """The CSS declarations of a selector, and those that differ in dark mode."""

    selector: str
    light: str
    dark: str = ""


def paint_style(paint: Paint, within: str = "") -> StyleRule:
    """Return the rule for elements of a paint's class, or for those directly ``within`` them."""
    light, dark = (
        f"stroke:{line};fill:{fill}" for line, fill in zip(paint.line, paint.fill, strict=True)
    )
    dashes = f";stroke-dasharray:{paint.dashes}" if paint.dashes else ""
    return StyleRule(f".{paint.kind}{within}", f"{light}{dashes}", dark)


def number(value: float) -> str:
    """Return a number with at most one decimal place."""
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def element(name: str, attributes: Mapping[str, str | float], *content: str) -> str:
    """Return an element; attributes are escaped, ``content`` already is SVG."""
    written = "".join(
        f' {key}="{for_xml(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value != ""
    )
    return f"<{name}{written}>{''.join(content)}</{name}>" if content else f"<{name}{written}/>"


def no_link(_: str) -> str:
    """Return no address for any claim."""
    return ""


def linked(content: str, href: str) -> str:
    """Return an element as a link, or as it is without an address."""
    return element("a", {"href": href}, content) if href else content


def rectangle(at: Point, size: Point, kind: str, radius: float = 0) -> str:
    """Return a rectangle with a class, given its upper left corner."""
    place = {"x": at[0], "y": at[1], "width": size[0], "height": size[1]}
    return element("rect", {"class": kind, **place, "rx": radius or ""})


def text(line: str, at: Point, kind: str, room: float = 0, *, whole: str = "") -> str:
    """Return a line of text whose baseline begins at a point; nothing for "".

    Right-to-left text begins at the other end of its ``room``, without one it ends at the point; a
    line that is part of a ``whole`` text has the direction of that text.
    """
    if not line:
        return ""
    direction = "ltr" if whole and right_to_left(line) else ""
    if right_to_left(whole or line) and "middle" not in kind.split():
        direction = "rtl"
    attributes: dict[str, str | float] = {"class": kind, "direction": direction}
    if direction == "rtl" and not room:
        attributes["text-anchor"] = "end"
    left = at[0] + room if direction == "rtl" else at[0]
    return element("text", {**attributes, "x": left, "y": at[1]}, for_xml(line))


def polyline(points: Sequence[Point], kind: str, bend: float = 0) -> str:
    """Return a line through points, with corners rounded by at most ``bend``."""
    first, *rest = points
    path = f"M{number(first[0])} {number(first[1])}"
    for before, corner, after in zip(points, rest, rest[1:], strict=False):
        start, end = (_towards(corner, other, bend) for other in (before, after))
        path += f"L{_pair(start)}Q{_pair(corner)} {_pair(end)}" if bend else f"L{_pair(corner)}"
    return element("path", {"class": kind, "d": f"{path}L{_pair(points[-1])}"})


def arrow(tip: Point, before: Point, kind: str, *, size: float = 9, hollow: bool = False) -> str:
    """Return an arrowhead at ``tip`` for a line that comes from ``before``."""
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
    """Return the point at a distance from ``start`` towards ``end``, at most half way."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = float((across * across + down * down) ** 0.5)
    share = min(most / length, 0.5) if length else 0.0
    return start[0] + across * share, start[1] + down * share


def document(  # noqa: PLR0913 - all parts of a picture
    size: Point,
    body: Iterable[str],
    *,
    name: str,
    title: str,
    description: str,
    rules: Iterable[StyleRule] = (),
    interactive: bool = False,
) -> str:
    """Return a picture with a background, and a title and description for screen readers.

    ``name`` is its id. Rules apply only within it, so that a page can contain several pictures. An
    ``interactive`` picture contains links; its page has the rules, see :func:`style_sheet`.
    """
    ids = f"{name}-title", f"{name}-desc"
    frame: dict[str, str | float] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "id": name,
        "role": "group" if interactive else "img",
        "aria-labelledby": " ".join(ids),
        "viewBox": f"0 0 {number(size[0])} {number(size[1])}",
        "width": size[0],
        "height": size[1],
    }
    parts = (
        element("title", {"id": ids[0]}, for_xml(title)),
        element("desc", {"id": ids[1]}, for_xml(description)),
        "" if interactive else f"<style>{style_sheet(name, rules)}</style>",
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


def style_sheet(name: str, rules: Iterable[StyleRule]) -> str:
    """Return the CSS of the picture with an id: the rules of all pictures, then ``rules``."""
    listed = [(f"#{name} {rule.selector}".strip(), rule) for rule in (*_COMMON, *rules)]
    light = "".join(f"{selector}{{{rule.light}}}" for selector, rule in listed if rule.light)
    dark = "".join(f"{selector}{{{rule.dark}}}" for selector, rule in listed if rule.dark)
    return f"{light}@media screen and (prefers-color-scheme:dark){{{dark}}}"
