"""The style of an element as far as it decides whether and how its text is shown.

``display``, ``visibility`` and ``white-space`` are as in CSS; the initial values are those of the
HTML standard's chapter on rendering.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from claimcli.quotes.texts.css import parse_declarations
from claimcli.quotes.texts.css_selectors import Node, StyleRules

FAR = 900.0
"""Distance in pixels from where a text would be from which it is off the screen."""
_DISPLAYS = {
    "block": "html body address article aside blockquote center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend "
    "listing main menu nav ol optgroup option p plaintext pre search section summary ul xmp text",
    "list-item": "li",
    "table": "table",
    "table-caption": "caption",
    "table-row-group": "tbody thead tfoot",
    "table-row": "tr",
    "table-cell": "td th",
    "inline-block": "button select input textarea meter progress img video audio canvas",
    "none": "area base basefont col colgroup datalist head link meta noembed noframes noscript "
    "param rp script source style template title track annotation annotation-xml "
    "desc metadata defs symbol",
}
_INITIAL = {tag: display for display, tags in _DISPLAYS.items() for tag in tags.split()}
_BLOCKS = {
    "block", "flow-root", "flex", "grid", "list-item", "table", "table-caption", "table-row",
    "table-row-group", "table-header-group", "table-footer-group", "-webkit-box", "-webkit-flex",
}  # fmt: skip
_REPLACED = {"video", "audio", "canvas", "iframe", "meter", "progress", "textarea", "img", "input"}
_PRESERVED = {"pre", "listing", "xmp", "plaintext"}
_STRUCK = {"del", "s", "strike"}
_LENGTH = re.compile(r"(-?(?:\d+(?:\.\d+)?|\.\d+))([a-z%]*)")
_PIXELS = {"": 1.0, "px": 1.0, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "pt": 1.33, "%": 9.0}
_PIXELS |= {"vw": 12.8, "vh": 7.2, "cm": 37.8, "mm": 3.78, "in": 96.0, "pc": 16.0}
_CLIPPED = re.compile(
    r"rect\(\s*(?:[01](?:px)?[\s,]+){3}[01](?:px)?\s*\)|inset\(\s*(?:[5-9]\d|1\d\d)%.*\)"
    r"|circle\(\s*0[a-z%]*\b.*\)|polygon\(\s*0[a-z%]*\s+0[a-z%]*(?:\s*,\s*0[a-z%]*\s+0[a-z%]*)*\s*\)"
)


class Style(Struct):
    """How an element's text is shown.

    ``gone`` says that neither it nor its descendants are shown; ``unseen`` that a browser counts
    this text as text of the page although a reader does not see it. ``raised`` is ``super``,
    ``sub`` or "".
    """

    display: str = "block"
    gone: bool = False
    unseen: bool = False
    invisible: bool = False
    struck: bool = False
    tiny: bool = False
    spaces: str = "normal"
    raised: str = ""

    @property
    def hidden(self) -> bool:
        """Whether the text directly in the element is left out."""
        return self.gone or self.invisible or self.struck or self.tiny

    @property
    def marked(self) -> bool:
        """Whether a browser counts text as text of the page that is left out here."""
        return self.hidden and not self.invisible and (self.unseen or not self.gone)

    @property
    def is_block(self) -> bool:
        """Whether the element's text begins and ends a block."""
        return self.display in _BLOCKS


def style_of(node: Node, rules: StyleRules, above: Style) -> Style:
    """Return the style of an element below one with the style ``above``."""
    if above.gone:
        return above
    values = _values(node, rules)
    style = Style(_display(node, values, above))
    visibility = values.get("visibility", "inherit")
    style.invisible = above.invisible
    if visibility not in ("inherit", "unset"):
        style.invisible = visibility in ("hidden", "collapse")
    style.spaces = _spaces(node, values, above)
    style.tiny = _is_tiny(values, above)
    struck = node.tag in _STRUCK or "line-through" in values.get("text-decoration", "")
    apart = style.display.startswith("inline-") or _is_apart(values)
    style.struck = struck or (above.struck and not apart)
    style.raised = _raised(node, values)
    if node.tag in ("html", "body"):  # a script shows the page
        return Style("block", spaces=style.spaces)
    style.unseen = style.display != "none" and _is_unseen(values, style.display)
    if values.get("content-visibility") == "hidden" or style.display == "none":
        style.gone, style.unseen = True, False
    elif node.tag in _REPLACED or (node.tag == "object" and node.element.get("data")):
        style.gone = True
    elif style.unseen or node.tag == "rt":
        style.gone = style.unseen = True
    return style


def _values(node: Node, rules: StyleRules) -> Mapping[str, str]:
    """Return the value of each property that is declared for an element."""
    found = rules.declarations(node)
    if written := node.element.get("style"):
        inline = parse_declarations(written)
        found += [((d.important, 1, (0, 0, 0), at), d) for at, d in enumerate(inline)]
    found.sort(key=lambda one: one[0])
    return {declaration.name: declaration.value for _, declaration in found}


def _display(node: Node, values: Mapping[str, str], above: Style) -> str:
    initial = _INITIAL.get(node.tag, "inline")
    attributes = node.element.attrib
    hidden = attributes.get("hidden")
    if hidden is not None and hidden.strip().lower() != "until-found":
        initial = "none"
    if "popover" in attributes or (node.tag == "dialog" and "open" not in attributes):
        initial = "none"
    display = values.get("display", initial).strip()
    if display in ("inherit", "initial", "unset", "revert"):
        display = "inline" if display in ("initial", "unset") else initial
    if display.startswith("inline") and (_is_apart(values) or _lays_out_blocks(above)):
        return "block"
    return display


def _lays_out_blocks(above: Style) -> bool:
    return above.display.removeprefix("inline-") in ("flex", "grid")


def _is_apart(values: Mapping[str, str]) -> bool:
    """Return whether an element floats or is positioned outside of the flow of text."""
    floats = values.get("float", "none") in ("left", "right", "inline-start", "inline-end")
    return floats or values.get("position") in ("absolute", "fixed")


def _spaces(node: Node, values: Mapping[str, str], above: Style) -> str:
    """Return ``pre`` if white space is kept, ``pre-line`` if line ends are, else ``normal``."""
    value = values.get("white-space", "pre" if node.tag in _PRESERVED else "inherit")
    if value in ("inherit", "unset"):
        return above.spaces
    if value.startswith("pre-line"):
        return "pre-line"
    return "pre" if value.startswith(("pre", "break-spaces")) else "normal"


def _is_tiny(values: Mapping[str, str], above: Style) -> bool:
    """Return whether the font size is zero; relative sizes of zero are zero too."""
    value = values.get("font-size", "inherit")
    size = _LENGTH.fullmatch(value)
    if size and float(size[1]) != 0:
        return above.tiny and size[2] in ("em", "%", "ex", "ch")
    return size is not None or (above.tiny and value in ("inherit", "unset", "smaller", "larger"))


def _raised(node: Node, values: Mapping[str, str]) -> str:
    initial = {"sup": "super", "sub": "sub"}.get(node.tag, "")
    value = values.get("vertical-align", "")
    if value in ("super", "sub") and node.tag not in ("td", "th", "tr"):
        return value
    return initial


def _pixels(value: str, otherwise: float) -> float:
    """Return a length in pixels, about, or ``otherwise``."""
    found = _LENGTH.match(value)
    return float(found[1]) * _PIXELS[found[2]] if found and found[2] in _PIXELS else otherwise


def _is_unseen(values: Mapping[str, str], display: str) -> bool:
    """Return whether an element is transparent, without size, clipped, or off the screen."""
    if not values:
        return False
    opacity = _LENGTH.fullmatch(values.get("opacity", "1"))
    if opacity and float(opacity[1]) <= 0:
        return True
    sized = display not in ("inline", "contents")
    if sized and values.get("overflow", "visible").startswith(("hidden", "clip")):
        sizes = ("width", "height", "max-width", "max-height")
        if any(_pixels(values.get(name, ""), FAR) <= 1 for name in sizes):
            return True
        if _pixels(values.get("text-indent", ""), 0) >= FAR:
            return True
    apart = values.get("position") in ("absolute", "fixed")
    if apart and _CLIPPED.fullmatch(values.get("clip", "")):
        return True
    return _is_clipped_or_moved(values, sized=sized, apart=apart)


def _is_clipped_or_moved(values: Mapping[str, str], *, sized: bool, apart: bool) -> bool:
    if sized and _CLIPPED.fullmatch(values.get("clip-path", "")):
        return True
    transform = values.get("transform", "")
    if sized and re.search(r"scale[xy3d]*\(\s*0[\s,)]|translate[xy3d]*\(\s*-\d{4}", transform):
        return True
    if sized and _pixels(values.get("text-indent", ""), 0) <= -FAR:
        return True
    if _pixels(values.get("margin-left", ""), 0) <= -FAR:
        return True
    moved = ("left", "top", "right", "margin-top")
    placed = apart or values.get("position") == "relative"
    return placed and any(_pixels(values.get(name, ""), 0) <= -FAR for name in moved)
