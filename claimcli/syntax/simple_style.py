"""A fast parser for the style in which most files are written.

It reads block mappings and block lists whose values are on one line, in flow style on one line, or
folded. It does not interpret any other text, valid or not: those are left to the YAML parser, which
defines the result. A test compares both on random texts.
"""

import re
from typing import NoReturn

from claimcli.core.problems import Place
from claimcli.syntax.nodes import (
    KeyNode,
    MappingNode,
    Node,
    ScalarNode,
    SectionEntry,
    SequenceNode,
)

MAX_SIZE = 1_000_000
"""Characters of a text that is read at once; longer ones are read record by record."""
MAX_INDENT = 90
"""Spaces before a line: there are at most four levels of nesting more, less than the limit."""
_KEY = r"([^\W\d]\w{0,99}):"  # the YAML parser reads no key of more than 1,024 characters
_LINE = re.compile(rf"( *)(- )?(?:{_KEY}(?: (?=\S)|(?=\n)))?(.*)\n")
_PLAIN_START = "($/.+<=^_~;“„‘«…"
"""Characters that begin a plain text, as letters and digits do."""
_BLOCK_STYLES = {">-": (" ", ""), ">": (" ", "\n"), "|-": ("\n", ""), "|": ("\n", "\n")}
"""How the lines of a block scalar are joined, and what follows the last one."""
_FLOW_VALUE = r"""(?:("[^"\\]*"|'[^']*')|(\w(?:[\w ./+~-]*\w)?))"""
_FLOW_PAIR = re.compile(rf"{_KEY} {_FLOW_VALUE}(?:, |(?=\}}$))")
_FLOW_ITEM = re.compile(rf"{_FLOW_VALUE}(?:, |(?=\]$))")


class _OtherStyleError(Exception):
    """The text has something that this parser does not read."""


def parse_simple(text: str) -> list[SectionEntry] | None:
    """Return the entries of the lists under the top-level keys, None for a text of another style.

    The result is that of :func:`claimcli.syntax.parser.parse_entries` for the same text.
    """
    if len(text) > MAX_SIZE or text[-1:] != "\n" or not text.replace("\n", "").isprintable():
        return None
    try:
        return _SimpleParser(text).sections()
    except _OtherStyleError:
        return None


def _decline() -> NoReturn:
    raise _OtherStyleError


class _SimpleParser:
    """Reads line by line; ``at`` is the index of the line that is read next.

    A line is its number, its indent, the dash of a list item if it begins with one, the key of a
    mapping if it has one, and the text after them. Empty lines and comments are left out; after
    the last line is one with the indent -1.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.raw_lines: list[str] = []
        lines = _LINE.findall(text)
        self.lines = [
            (number, len(spaces), dash, key, rest)
            for number, (spaces, dash, key, rest) in enumerate(lines, 1)
            if dash or key or (rest and rest[0] != "#")
        ]
        self.lines.append((len(lines) + 1, -1, "", "", ""))
        self.at = 0

    def sections(self) -> list[SectionEntry]:
        top = self.mapping(0)
        entries = []
        for key, node in top.entries:
            if type(node) is not SequenceNode:
                _decline()
            entries += [SectionEntry(key, item) for item in node.items]
        return entries

    def mapping(self, indent: int) -> MappingNode:
        first = number = self.lines[self.at][0]
        entries: list[tuple[KeyNode, Node]] = []
        seen = set()
        value: Node
        while True:
            number, depth, dash, key, text = self.lines[self.at]
            if depth != indent or dash or not key:
                break
            seen.add(key)
            end = indent + 1 + len(key)
            if not text:
                self.at += 1
                value = self.block(indent)
            elif text[0].isalnum() and ": " not in text and " #" not in text:
                # as in 'value', for most lines: saves a call
                self.at += 1
                value = ScalarNode(text, (number, end + 2, number, end + 2 + len(text)))
                if text[-1] in ": ":
                    _decline()
            else:
                value = self.value(indent, end + 2)
            entries.append((KeyNode(key, (number, indent + 1, number, end)), value))
        if depth >= indent or len(seen) < len(entries) or not entries:
            _decline()
        return MappingNode(entries, (first, indent + 1, *self.end(entries[-1][1])))

    def block(self, indent: int) -> Node:
        """Return the value that begins on the line after its key."""
        _, depth, dash, _, _ = self.lines[self.at]
        if depth > MAX_INDENT:
            _decline()
        if dash and depth >= indent:
            return self.sequence(depth)
        if depth <= indent:
            _decline()
        return self.mapping(depth)

    def sequence(self, indent: int) -> SequenceNode:
        first = self.lines[self.at][0]
        items: list[Node] = []
        while True:
            number, depth, dash, key, text = self.lines[self.at]
            if depth != indent or not dash:
                break
            self.lines[self.at] = (number, indent + 2, "", key, text)
            items.append(self.mapping(indent + 2) if key else self.value(indent, indent + 3))
        if depth > indent:
            _decline()
        return SequenceNode(items, (first, indent + 1, *self.end(items[-1])))

    def end(self, last: Node) -> tuple[int, int]:
        """Return where the YAML parser ends a block collection: where the next text begins.

        If that is a top-level key or the end of the file, it ends where its last node does.
        """
        number, depth, *_ = self.lines[self.at]
        return (number, depth + 1) if depth > 0 else last.place[2:]

    def value(self, indent: int, column: int) -> Node:
        """Return the value at a column of this line, and go on to the line after it."""
        number, *_, text = self.lines[self.at]
        if text in _BLOCK_STYLES:
            return self.lines_below(indent, column)
        place = (number, column, number, column + len(text))
        first = text[:1]
        node: Node
        if first.isalnum() or (first and first in _PLAIN_START):
            if ": " in text or " #" in text or text[-1] in ": ":
                _decline()
            node = ScalarNode(text, place)
        elif first in ('"', "'"):
            if first in text[1:-1] or text[-1] != first or len(text) < 2 or "\\" in text:
                _decline()
            node = ScalarNode(text[1:-1], place, plain=False)
        elif first == "{":
            node = MappingNode(_flow_pairs(text, place), place)
        elif first == "[":
            node = SequenceNode(_flow_items(text, place), place)
        else:
            _decline()
        self.at += 1
        return node

    def lines_below(self, indent: int, column: int) -> ScalarNode:
        """Return a block scalar, whose lines all have the same indent; it has no empty line."""
        number, *_, style = self.lines[self.at]
        joint, final = _BLOCK_STYLES[style]
        if not self.raw_lines:
            self.raw_lines = self.text.split("\n")[:-1]
        depth, end = self.indent_of(number), number
        while self.indent_of(end) == depth >= 0:
            end += 1
        text = joint.join([line[depth:] for line in self.raw_lines[number:end]]) + final
        while end < len(self.raw_lines) and not self.raw_lines[end]:
            end += 1
        if depth <= indent or self.indent_of(end) > indent:
            _decline()
        while self.lines[self.at][0] <= end:
            self.at += 1
        return ScalarNode(text, (number, column, end + 1, 1), plain=False)

    def indent_of(self, number: int) -> int:
        """Return the indent of a line, counted from 0; -1 for an empty one and after the last."""
        line = self.raw_lines[number] if number < len(self.raw_lines) else ""
        if line[-1:] == " ":
            _decline()
        return len(line) - len(line.lstrip(" ")) if line else -1


def _flow_pairs(text: str, place: Place) -> list[tuple[KeyNode, Node]]:
    line, column, *_ = place
    pairs: dict[str, tuple[KeyNode, Node]] = {}
    at = 1
    while at < len(text) - 1:
        match = _FLOW_PAIR.match(text, at)
        if match is None or match[1] in pairs:
            _decline()
        key = KeyNode(match[1], (line, column + at, line, column + match.end(1)))
        pairs[match[1]] = (key, _flow_scalar(match, 2, place))
        at = match.end()
    if not pairs or text[-1] != "}":
        _decline()
    return list(pairs.values())


def _flow_items(text: str, place: Place) -> list[Node]:
    items: list[Node] = []
    at = 1
    while at < len(text) - 1:
        match = _FLOW_ITEM.match(text, at)
        if match is None:
            _decline()
        items.append(_flow_scalar(match, 1, place))
        at = match.end()
    if not items or text[-1] != "]":
        _decline()
    return items


def _flow_scalar(match: re.Match[str], group: int, place: Place) -> ScalarNode:
    """Return the scalar in the quoted ``group`` of a match, or in the plain one after it."""
    line, column, *_ = place
    plain = match[group] is None
    start, end = match.span(group + plain)
    text = match[group + plain] if plain else match[group][1:-1]
    return ScalarNode(text, (line, column + start, line, column + end), plain)
