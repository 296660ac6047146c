"""Read the style rules of a page that can hide its text or change how it is laid out.

A small part of CSS Syntax Level 3, Media Queries Level 4 and CSS Conditional Rules: the rules that
apply to a screen. Nested rules, ``@container`` and imported style sheets are ignored.
"""

import re
from collections.abc import Iterable, Iterator

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
    r"""/\*.*?(?:\*/|\Z)|<!--|-->|\\.|[{}()\[\];]
    |"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?
    |[^\\{}()\[\];"'/<-]+|.""",
    re.VERBOSE | re.DOTALL,
)
_FEATURE = re.compile(
    r"\(\s*(?:(min|max)-(width|height)\s*:|(width|height)\s*(<=?|>=?))\s*([\d.]+)\s*(px|r?em)\s*\)"
)
_TRUE_FEATURE = re.compile(
    r"\(\s*(?:orientation\s*:\s*landscape|(?:any-)?hover\s*:\s*hover|(?:any-)?pointer\s*:\s*fine"
    r"|prefers-color-scheme\s*:\s*light|color|scripting\s*:\s*enabled"
    r"|prefers-reduced-motion\s*:\s*no-preference)\s*\)"
)
_PIXELS = {"px": 1.0, "em": 16.0, "rem": 16.0}


class PageError(Exception):
    """A page costs too much to read; the message is a predicate of the page."""


class Declaration(Struct, frozen=True):
    """A property with its value in lower case."""

    name: str
    value: str
    important: bool


class CssRule(Struct, frozen=True):
    """A list of selectors as written, and the declarations for the elements that they select."""

    selectors: str
    declarations: tuple[Declaration, ...]


def parse_rules(sheets: Iterable[tuple[str, str]]) -> list[CssRule]:
    """Return the rules, in order, of style sheets with their media that apply to a screen.

    Raises PageError if there are too many, or if they are nested too deeply.
    """
    found: list[CssRule] = []
    for media, text in sheets:
        if not media.strip() or is_screen(media):
            for rule in _rules(text):
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
    return any(_matches_screen(query) for query in media.lower().split(","))


def _rules(text: str) -> Iterator[CssRule]:
    blocks = ["group"]  # the kinds of the open blocks
    head, stray = "", False
    body: list[str] = []
    for mark, piece in _pieces(text):
        if mark == "{":
            blocks.append("skip" if stray else _kind(blocks[-1], piece))
            stray = False
            if blocks[-1] == "style":
                head, body = piece, []
            if len(blocks) > MAX_NESTING:
                raise PageError("has style rules that are nested too deeply")
            continue
        if blocks[-1] == "style":
            body.append(piece)
        stray = stray or (mark == "}" and len(blocks) == 1)  # it spoils the next rule
        if mark == "}" and len(blocks) > 1 and blocks.pop() == "style":
            kept = tuple(_declarations(body))
            if kept:
                yield CssRule(head, kept)


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
        applies = not condition.strip().startswith("not")
    return "group" if applies else "skip"


def _matches_screen(query: str) -> bool:
    """Return whether one media query matches; one with unknown conditions does not."""
    words = query.strip()
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
    at_least = bound == "min" or (sign or "").startswith(">")
    return size > limit if at_least else size < limit


def _declarations(pieces: Iterable[str]) -> Iterator[Declaration]:
    for piece in pieces:
        name, colon, value = piece.partition(":")
        name = name.strip().lower()
        name = _SAME.get(name, name)
        if not colon or name not in PROPERTIES or "var(" in value:
            continue
        value, _, flag = value.strip().lower().partition("!")
        value = value.strip()
        if piece.strip().lower().startswith("font:"):
            value = "0" if re.search(r"(?:^|\s)0(?:[a-z%]*)(?:/|\s)", value) else "1em"
        yield Declaration(name, value, important=flag.strip() == "important")
