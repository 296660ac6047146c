"""Read the style rules of a page that can hide its text or change how it is laid out.

A small part of CSS Syntax Level 3, Media Queries Level 4 and CSS Conditional Rules: the rules that
apply to a screen. Nested rules, ``@container`` and imported style sheets are ignored.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

MAX_RULES = 50_000
"""Rules of a page that are kept; a page with more is not read."""
MAX_NESTING = 50
"""Levels of blocks in a style sheet; a page with more is not read."""
SCREEN = {"width": 1280.0, "height": 720.0}
"""The size in pixels of the window that media queries are decided for."""
_NAMES = """\
    clip clip-path content-visibility display float font-size height left margin-left margin-top
    max-height max-width opacity overflow position right text-decoration text-indent top transform
    vertical-align visibility white-space width"""
PROPERTIES = frozenset(_NAMES.split())
"""The properties that are kept."""
_SAME = {
    "text-decoration-line": "text-decoration",
    "-webkit-text-decoration": "text-decoration",
    "overflow-x": "overflow",
    "overflow-y": "overflow",
    "-webkit-clip-path": "clip-path",
    "bottom": "top",
    "font": "font-size",
}
_TOKEN = re.compile(
    r"""/\*.*?(?:\*/|\Z)|<!--|-->|\\.|url\(\s*+[^"'\s)\\][^)\\]*\)?|[{}()\[\];]
    |"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?
    |[^\\{}()\[\];"'/<u-]+|.""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_FEATURE = re.compile(
    r"\(\s*(?:(min|max)-(width|height)\s*:|(width|height)\s*(<=?|>=?))\s*([\d.]+)\s*(px|r?em)\s*\)"
)
_TRUE_FEATURE = re.compile(
    r"\(\s*(?:orientation\s*:\s*landscape|(?:any-)?hover\s*:\s*hover|(?:any-)?pointer\s*:\s*fine"
    r"|prefers-color-scheme\s*:\s*light|color|scripting\s*:\s*enabled"
    r"|prefers-reduced-motion\s*:\s*no-preference)\s*\)"
)
_RANGE = re.compile(
    r"\(\s*([\d.]+\s*(?:px|r?em))\s*(<=?|>=?)\s*(width|height)\s*"
    r"(?:(<=?|>=?)\s*([\d.]+\s*(?:px|r?em))\s*)?\)"
)
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_PIXELS = {"px": 1.0, "em": 16.0, "rem": 16.0}


_GLOBAL = "inherit initial unset revert revert-layer"
_DISPLAYS = "block inline run-in flow flow-root flex grid table list-item contents none ruby math "
_DISPLAYS += "inline-block inline-flex inline-grid inline-table table-caption table-cell table-row "
_DISPLAYS += "table-row-group table-header-group table-footer-group table-column ruby-text "
_DISPLAYS += "table-column-group -webkit-box -webkit-inline-box -webkit-flex -webkit-inline-flex "
_KEYWORDS = {
    "display": frozenset((_DISPLAYS + _GLOBAL).split()),
    "visibility": frozenset(f"visible hidden collapse {_GLOBAL}".split()),
}
"""The valid words of properties; a declaration with another word has no effect."""
_TESTED = re.compile(r"\(\s*([-\w]+)\s*:")
_UNSUPPORTED = ("-moz-", "-ms-", "-o-", "-webkit-touch-callout", "-webkit-overflow-scrolling")
"""Properties of other browsers than Chromium, by which authors tell them apart."""
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_LAYER = re.compile(r"@layer(?![-\w])", re.IGNORECASE)
_UNLAYERED = 1_000_000


class PageError(Exception):
    """A page costs too much to read; the message is a predicate of the page."""


class Declaration(Struct, frozen=True):
    """A property with its value in lower case."""

    name: str
    value: str
    important: bool


class CssRule(Struct, frozen=True):
    """A list of selectors as written, and the declarations for the elements that they select.

    Of two rules, the one with the greater ``layer`` is stronger, unless it is important.
    """

    selectors: str
    declarations: tuple[Declaration, ...]
    layer: tuple[int, ...] = (_UNLAYERED,)


def parse_rules(sheets: Iterable[tuple[str, str]]) -> list[CssRule]:
    """Return the rules, in order, of style sheets with their media that apply to a screen.

    Raises PageError if there are too many, or if they are nested too deeply.
    """
    found: list[CssRule] = []
    layers = _Layers()
    for media, text in sheets:
        if not media.strip() or is_screen(media):
            layers.restart()
            for rule in _rules(text, layers):
                found.append(rule)
                if len(found) > MAX_RULES:
                    raise PageError(f"has more than {MAX_RULES:,} style rules")
    return found


def parse_declarations(text: str) -> tuple[Declaration, ...]:
    """Return the kept properties of a ``style`` attribute."""
    pieces = [piece for mark, piece in _pieces(text) if mark in ";}"]
    return tuple(_declarations(pieces))


def is_screen(media: str) -> bool:
    """Return whether a list of media queries matches a wide screen."""
    written = _RANGE.sub(_turned, media.lower())
    return any(_matches_screen(query) for query in written.split(","))


def unescaped(name: str) -> str:
    """Return a name without the backslashes of its escapes."""

    def character(found: re.Match[str]) -> str:
        number = int(found[1], 16) if found[1] else 0
        return (chr(number) if number <= 0x10FFFF else "\ufffd") if found[1] else found[2]

    return _ESCAPE.sub(character, name) if "\\" in name else name


class _Layers:
    """The cascade layers of a page: paths of numbers, in the order in which they are named."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, ...], dict[str, int]] = defaultdict(dict)
        self._open: list[tuple[int, ...]] = [()]

    def restart(self) -> None:
        """Begin another style sheet."""
        self._open = [()]

    def open(self, head: str) -> None:
        """Enter a block, which can be a layer."""
        found = _LAYER.match(head)
        self._open.append(self._within(head[found.end() :]) if found else self._open[-1])

    def close(self) -> tuple[int, ...]:
        """Leave a block; return its layer."""
        return self._open.pop()

    def name(self, statement: str) -> None:
        """Remember the order of the layers that ``@layer a, b;`` names."""
        if found := _LAYER.match(statement):
            for name in statement[found.end() :].split(","):
                self._within(name)

    def _within(self, name: str) -> tuple[int, ...]:
        path = self._open[-1]
        for part in name.strip().split("."):
            known = self._numbers[path]
            path = (*path, known.setdefault(part or f" {len(known)}", len(known)))
        return path


def _rules(text: str, layers: _Layers) -> Iterator[CssRule]:
    blocks = ["group"]  # the kinds of the open blocks
    head, stray = "", False
    body: list[str] = []
    for mark, piece in _pieces(text):
        if mark == "{":
            blocks.append("skip" if stray else _kind(blocks[-1], piece))
            stray = False
            layers.open(piece)
            if blocks[-1] == "style":
                head, body = piece, []
            if len(blocks) > MAX_NESTING:
                raise PageError("has style rules that are nested too deeply")
            continue
        if blocks[-1] == "style":
            body.append(piece)
        layers.name(piece)
        stray = stray or _is_stray(mark, piece, blocks)
        if mark == "}" and len(blocks) > 1:
            path = layers.close()
            if blocks.pop() == "style" and (kept := tuple(_declarations(body))):
                yield CssRule(head, kept, (*path, _UNLAYERED))


def _is_stray(mark: str, piece: str, blocks: Sequence[str]) -> bool:
    """Return whether a mark is part of the next rule, which is not valid with it."""
    if mark == "}":
        return len(blocks) == 1
    return blocks[-1] == "group" and not piece.startswith("@")


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield ``{``, ``}`` or ``;`` with the text before it; at last what is left, as ``}``."""
    piece: list[str] = []
    depth = 0  # of parentheses and brackets
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token in ("(", "["):
            depth += 1
        elif token in (")", "]"):
            depth = max(0, depth - 1)
        if token in ("{", "}", ";") and not depth:
            yield token, "".join(piece).strip()
            piece = []
        elif not token.startswith(("/*", "<!--", "-->")):
            piece.append(token)
    yield "}", "".join(piece).strip()


def _kind(around: str, head: str) -> str:
    """Return what a block contains: rules (group), declarations (style), or nothing kept (skip)."""
    if around != "group":
        return "skip"
    if not head.startswith("@"):
        return "style"
    name, _, condition = head.lower().partition(" ")
    name, _, rest = name.partition("(")
    applies = name == "@layer"
    if name == "@media":
        applies = is_screen(f"({rest} {condition}" if rest else condition)
    elif name == "@supports":
        applies = _is_supported(f"({rest} {condition}" if rest else condition)
    return "group" if applies else "skip"


def _is_supported(condition: str) -> bool:
    """Return whether a browser is likely to support what ``@supports`` tests."""
    tested = [not name.startswith(_UNSUPPORTED) for name in _TESTED.findall(condition)]
    if re.match(r"\s*not\b", condition):
        return not all(tested)
    return any(tested) if re.search(r"\sor\s", condition) else all(tested)


def _turned(found: re.Match[str]) -> str:
    """Write a range of a media query with the name first."""
    least, sign, name, second, most = found.groups()
    first = f"({name} {_TURNED[sign]} {least})"
    return f"{first} and ({name} {second} {most})" if second else first


def _matches_screen(query: str) -> bool:
    """Return whether one media query matches; one with unknown conditions does not."""
    words = query.strip()
    if len(options := re.split(r"\sor\s", words)) > 1:
        return any(_matches_screen(option) for option in options)
    negated = words.startswith("not ")
    words = words.removeprefix("not ").removeprefix("only ").strip()
    parts = [part.strip() for part in re.split(r"\sand\s", words)]
    return all(_has_feature(part) for part in parts) != negated


def _has_feature(part: str) -> bool:
    if part in ("screen", "all", ""):
        return True
    found = _FEATURE.fullmatch(part)
    if not found:
        return _TRUE_FEATURE.fullmatch(part) is not None
    bound, dimension, other, sign, number, unit = found.groups()
    try:
        limit = float(number) * _PIXELS[unit]
    except ValueError:
        return False
    size = SCREEN[dimension or other]
    if size == limit:
        return bound is not None or "=" in sign
    return (size > limit) == (bound == "min" or (sign or "").startswith(">"))


def _declarations(pieces: Iterable[str]) -> Iterator[Declaration]:
    for piece in pieces:
        name, colon, value = piece.partition(":")
        name = unescaped(name).strip().lower()
        name = _SAME.get(name, name)
        if not colon or name not in PROPERTIES or "var(" in value:
            continue
        value, mark, flag = value.strip().lower().partition("!")
        value = unescaped(value.strip())
        valid = _KEYWORDS.get(name)
        if (valid and not value) or (mark and flag.strip() != "important"):
            continue
        if valid and not valid.issuperset(value.split(" ")):
            continue
        if piece.strip().lower().startswith("font:"):
            value = "0" if re.search(r"(?:^|\s)0(?:[a-z%]*)(?:/|\s)", value) else "1em"
        yield Declaration(name, value, important=bool(mark))
