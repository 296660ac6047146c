"""Which of several places a citation means: by the words beside the quote, or by its locator."""

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
_BREAKS = {"l": "\n", "p": "\f", "\u00b6": r"\n\s*\n", "\u00a7": r"\n\s*\n"}
LEAST_WORDS = 3
"""Characters of a locator that is no number of something, but words that stand once in the text."""
SLACK = 3
"""Characters beside a place, as many times as the words looked for there have, that are read."""


def disambiguate(
    places: Sequence[Occurrence],
    text: str,
    *,
    prefix: str = "",
    suffix: str = "",
    locator: str = "",
) -> tuple[Occurrence, ...]:
    """Return the places that a citation can mean, all of them where it does not decide.

    ``prefix`` and ``suffix`` are words right before and after the quote (as in the W3C's
    TextQuoteSelector). ``locator`` names a line, a page (pages end in form feeds) or a paragraph,
    or holds words that stand once in the text, such as a heading or a time, after which the quote
    stands first.
    """
    found = [place for place in places if _beside(place, text, prefix, suffix)]
    if len(found) > 1 and locator:
        found = _located(found, text, locator) or found
    return tuple(found or places)


def _beside(place: Occurrence, text: str, prefix: str, suffix: str) -> bool:
    before, after = words_of(prefix), words_of(suffix)
    if before:
        start = max(0, place.start - SLACK * len(prefix) - 10)
        if words_of(text[start : place.start])[-len(before) :] != before:
            return False
    if after:
        stretch = text[place.end : place.end + SLACK * len(suffix) + 10]
        return words_of(stretch)[: len(after)] == after
    return True


def _located(places: Sequence[Occurrence], text: str, locator: str) -> list[Occurrence]:
    found = _NUMBERED.fullmatch(locator.strip())
    if not found:
        words = rf"(?<!\w){re.escape(locator.strip())}(?!\w)"
        standing = [found.start() for found in islice(re.finditer(words, text), 2)]
        if len(standing) != 1 or len(locator.strip()) < LEAST_WORDS:
            return []
        return [place for place in places if standing[0] <= place.start][:1]
    unit, first = found["unit"].lower(), int(found["first"])
    last = int(found["last"] or first)
    mark = _BREAKS["\u00b6" if unit.startswith("para") else unit[0]]
    if mark == "\f" and mark not in text:
        return []
    return [place for place in places if first <= _number(text, place.start, mark) <= last]


def _number(text: str, at: int, mark: str) -> int:
    """Return in which part of a text, parted by marks, a place is; the first is 1."""
    return 1 + sum(1 for _ in re.finditer(mark, text[:at]))
