"""Which of several occurrences a citation means, by its context or its locator."""

import re
from collections.abc import Sequence
from itertools import islice

from claimcli.quotes.locate import Occurrence
from claimcli.quotes.searchable import words_of

_NUMBERED = re.compile(
    r"(?P<unit>lines?|l\.?|pages?|pp?\.?|paragraphs?|paras?\.?|\u00b6|\u00a7)\s*"
    r"(?P<first>\d{1,9})(?:\s*[-\u2013]\s*(?P<last>\d{1,9}))?",
    re.IGNORECASE,
)
_SEPARATORS = {"l": "\n", "p": "\f", "\u00b6": r"\n\s*\n", "\u00a7": r"\n\s*\n"}
MIN_LOCATOR = 3
"""Shortest locator that is searched in the text, in characters."""
SLACK = 3
"""Factor for the length of the text that is searched for a prefix or suffix."""


def disambiguate(
    found: Sequence[Occurrence], text: str, *, prefix: str = "", suffix: str = "", locator: str = ""
) -> tuple[Occurrence, ...]:
    """Return the occurrences that a citation can mean; all if it does not decide.

    ``prefix`` and ``suffix`` are words directly before and after the quote (as in the W3C's
    TextQuoteSelector). ``locator`` names a line, page (ended by form feeds) or paragraph, or is a
    text that occurs once, such as a heading or a time; it then means the first occurrence after it.
    """
    meant = [one for one in found if _has_context(one, text, prefix, suffix)]
    if len(meant) > 1 and locator:
        meant = _located(meant, text, locator) or meant
    return tuple(meant or found)


def _has_context(occurrence: Occurrence, text: str, prefix: str, suffix: str) -> bool:
    before, after = words_of(prefix), words_of(suffix)
    if before:
        start = max(0, occurrence.start - SLACK * len(prefix) - 10)
        if words_of(text[start : occurrence.start])[-len(before) :] != before:
            return False
    if after:
        span = text[occurrence.end : occurrence.end + SLACK * len(suffix) + 10]
        return words_of(span)[: len(after)] == after
    return True


def _located(occurrences: Sequence[Occurrence], text: str, locator: str) -> list[Occurrence]:
    numbered = _NUMBERED.fullmatch(locator.strip())
    if not numbered:
        words = rf"(?<!\w){re.escape(locator.strip())}(?!\w)"
        starts = [found.start() for found in islice(re.finditer(words, text), 2)]
        if len(starts) != 1 or len(locator.strip()) < MIN_LOCATOR:
            return []
        return [occurrence for occurrence in occurrences if starts[0] <= occurrence.start][:1]
    unit, first = numbered["unit"].lower(), int(numbered["first"])
    last = int(numbered["last"] or first)
    separator = _SEPARATORS["\u00b6" if unit.startswith("para") else unit[0]]
    if separator == "\f" and separator not in text:
        return []
    return [
        occurrence
        for occurrence in occurrences
        if first <= _number(text, occurrence.start, separator) <= last
    ]


def _number(text: str, at: int, separator: str) -> int:
    """Return the number, from 1, of the part of a text that contains a position."""
    return 1 + sum(1 for _ in re.finditer(separator, text[:at]))
