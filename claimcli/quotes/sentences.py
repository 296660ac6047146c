"""Clauses, sentences and passages around a part of a text, told by its marks in any language."""

import re

from claimcli.quotes.searchable import TextSpan

_CLOSERS = "[\"'\u2019\u201d\u00bb\u203a)\\]]*"
_STOP = (
    r"(?:(?:(?<![^\W\d_])|(?<=[^\W\d_]{2}))\.+(?=[\"'\u2019\u201d\u00bb\u203a)\]]*(?:\s+[^\sa-z]|\s*$))"
    r"|[!?\u061f\u06d4\u0964\u0965]+(?=[\"'\u2019\u201d\u00bb\u203a)\]]*(?:\s|$))"
    r"|[\u3002\uff01\uff1f])"
)
_SENTENCE_END = re.compile(rf"{_STOP}{_CLOSERS}|\n\s*\n")
_CLAUSE_END = re.compile(
    rf"{_STOP}|[;:\u061b](?!\d)|[\uff1b\uff1a]|\s[-\u2013]+\s|\u2014|--|\u2026|\.\s?\.\s?\.|\n\s*\n"
)
MOST_OUTSIDE = 120
"""Characters on either side of a quote in which its clause is looked for."""
MOST_AROUND = 240
"""Characters on either side of a quote that its passage may have."""


def clause_before(text: str, start: int) -> TextSpan:
    """Return what stands before a place within the same clause."""
    first = max(0, start - MOST_OUTSIDE)
    for found in _CLAUSE_END.finditer(text, first, start):
        first = found.end()
    return first, start


def clause_after(text: str, start: int, end: int) -> TextSpan:
    """Return what stands after a part of a text within the same clause.

    Nothing does where the part ends in a mark that ends a clause.
    """
    last = min(len(text), end + MOST_OUTSIDE)
    if found := _CLAUSE_END.search(text, max(start, end - 3), last):
        return (end, max(end, found.start())) if found.end() > end else (end, end)
    return end, last


def ends_sentence(text: str, stretch: TextSpan) -> bool:
    """Return whether a sentence ends within a part of a text."""
    start, end = stretch
    found = _SENTENCE_END.search(text, max(0, start - 2), min(len(text), end + 2))
    return found is not None and start <= found.start() < end


def passage(text: str, stretch: TextSpan) -> TextSpan:
    """Return the sentence or sentences that a part of a text stands in, as far as they are near."""
    start, end = stretch
    least, most = max(0, start - MOST_AROUND), min(len(text), end + MOST_AROUND)
    first = least
    for found in _SENTENCE_END.finditer(text, least, start):
        first = found.end()
    if first == least > 0:
        first = _next_space(text, least, start)
    while first < start and text[first].isspace():
        first += 1
    if found_end := _SENTENCE_END.search(text, max(start, end - 2), most):
        return first, max(end, len(text[: found_end.end()].rstrip()) if found_end else end)
    last = most if most == len(text) else text.rfind(" ", end, most)
    return first, len(text[end:last].rstrip()) + end if last > end else end


def _next_space(text: str, first: int, start: int) -> int:
    found = text.find(" ", first, start)
    return found if found >= 0 else start
