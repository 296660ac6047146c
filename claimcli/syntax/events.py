"""The events of YAML text, and its lines: they end where editors and git end them."""

import re
from collections.abc import Callable
from itertools import chain, islice
from typing import Any

import yaml

LINE_BREAK = re.compile("\r\n|[\n\r]")
"""What ends a line (YAML 1.2.2, section 5.4), in every line number."""
_NO_BREAKS = "\x85\u2028\u2029"
"""Ordinary characters in YAML 1.2, at which the parser ends lines as in YAML 1.1."""
_PRIVATE_USE = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE))
_GLUED_SIGN = re.compile(r"(?<=[ \t])#\w")
_GLUED_COMMENT = re.compile(r"[ \t]+#\w.*")
_NEXT_DOCUMENT = re.compile(r"^---(?=\s)", re.MULTILINE)

_LINE = re.compile("[^\n\r]*(?:\r\n|[\n\r])|[^\n\r]+")

Events = Callable[[], Any]
"""Returns the next YAML event of a text, None after the last one. Raises yaml.YAMLError."""


def parse_events(text: str) -> Events:
    """Start to parse a text. Every parse of a text in this program begins here."""
    if not any(character in text for character in _NO_BREAKS):
        events: Events = yaml.CSafeLoader(text).get_event
        return events
    used = set(text)
    unused = (n for n in chain.from_iterable(_PRIVATE_USE) if chr(n) not in used)
    replacements = dict(zip(map(ord, _NO_BREAKS), islice(unused, len(_NO_BREAKS)), strict=False))
    meant = {other: character for character, other in replacements.items()}
    take = yaml.CSafeLoader(text.translate(replacements)).get_event

    def take_as_written() -> Any:
        event = take()
        if type(event) is yaml.ScalarEvent:
            event.value = event.value.translate(meant)
        return event

    return take_as_written


def lines_with_ends(text: str) -> list[str]:
    """Return the lines of a text, each with its line break."""
    return _LINE.findall(text)


def next_document(text: str, start: int, error_line: int) -> int | None:
    """Return the offset of the first document after the line of an error, if any."""
    breaks = LINE_BREAK.finditer(text, start)
    last = next(islice(breaks, max(error_line, 1) - 1, None), None)
    match = _NEXT_DOCUMENT.search(text, last.end()) if last else None
    return match.start() if match else None


def lines_with_glued_comments(text: str) -> dict[int, str]:
    """Return the lines that can have a comment whose ``#`` is directly before a word, by number."""
    if not has_glued_comment(text):
        return {}
    lines = enumerate(LINE_BREAK.split(text), 1)
    return {number: line for number, line in lines if has_glued_comment(line)}


def has_glued_comment(text: str) -> bool:
    """Return whether a text can have such a comment."""
    return _GLUED_SIGN.search(text) is not None


def glued_comment(line: str, column: int) -> str:
    """Return such a comment at a column of its line, with the space before it; "" if none."""
    match = _GLUED_COMMENT.match(line, column)
    return match[0] if match else ""
