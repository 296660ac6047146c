"""Read the style rules of a page that can hide its text or change how it is laid out.

A small part of CSS Syntax Level 3, Media Queries Level 4 and CSS Conditional Rules: the rules that
apply to a screen. Nested rules, ``@container`` and imported style sheets are ignored.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tinycss2
from msgspec import Struct

from claimcli.quotes.texts.blocks import PageError

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
_UNLAYERED = 1_000_000


class Declaration(Struct, frozen=True):
    """A property with its value in lower case."""

    name: str
    value: str
    important: bool


class CssRule(Struct, frozen=True):
    """A list of selectors as tokens, and the declarations for the elements that they select.

    Of two rules, the one with the greater ``layer`` is stronger, unless it is important.
    """

    selectors: Sequence[Any]
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
            sheet = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
            for rule in _rules(sheet, layers, (), 1):
                found.append(rule)
                if len(found) > MAX_RULES:
                    raise PageError(f"has more than {MAX_RULES:,} style rules")
    return found


def parse_declarations(content: str | Sequence[Any]) -> tuple[Declaration, ...]:
    """Return the kept properties of a ``style`` attribute, or of the tokens of a rule."""
    nodes = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    found = (_declaration(node) for node in nodes if node.type == "declaration")
    return tuple(one for one in found if one)


def is_screen(media: str) -> bool:
    """Return whether a list of media queries matches a wide screen."""
    written = _RANGE.sub(_turned, media.lower())
    return any(_matches_screen(query) for query in written.split(","))


class _Layers:
    """The cascade layers of a page: paths of numbers, in the order in which they are named."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, ...], dict[str, int]] = defaultdict(dict)

    def path(self, name: str, around: tuple[int, ...]) -> tuple[int, ...]:
        """Return the path of a layer that is named, or has no name, within another one."""
        path = around
        for part in name.strip().split("."):
            known = self._numbers[path]
            path = (*path, known.setdefault(part or f" {len(known)}", len(known)))
        return path


def _rules(
    nodes: Iterable[Any], layers: _Layers, layer: tuple[int, ...], depth: int
) -> Iterator[CssRule]:
    if depth > MAX_NESTING:
        raise PageError("has style rules that are nested too deeply")
    for node in nodes:
        if node.type == "qualified-rule":
            if kept := parse_declarations(node.content):
                yield CssRule(node.prelude, kept, (*layer, _UNLAYERED))
        elif node.type == "at-rule":
            name, condition = node.lower_at_keyword, tinycss2.serialize(node.prelude)
            inner = layer
            if name == "layer":  # of several names, only a statement's
                inner = [layers.path(one, layer) for one in condition.split(",")][-1]
            if node.content is not None and _applies(name, condition.lower()):
                content = tinycss2.parse_rule_list(node.content, skip_whitespace=True)
                yield from _rules(content, layers, inner, depth + 1)


def _applies(name: str, condition: str) -> bool:
    """Return whether the rules within an at-rule apply."""
    if name == "media":
        return is_screen(condition)
    return name == "layer" or (name == "supports" and _is_supported(condition))


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


def _declaration(node: Any) -> Declaration | None:
    """Return a declaration if its property is kept and its value can be valid."""
    name = _SAME.get(node.lower_name, node.lower_name)
    if name not in PROPERTIES:
        return None
    value = tinycss2.serialize(node.value).strip().lower()
    valid = _KEYWORDS.get(name)
    if "var(" in value or "!" in value or (valid and not valid.issuperset(value.split() or [""])):
        return None
    if node.lower_name == "font":
        value = "0" if re.search(r"(?:^|\s)0(?:[a-z%]*)(?:/|\s)", value) else "1em"
    return Declaration(name, value, important=node.important)
