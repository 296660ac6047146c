"""The words and punctuation around a quote, up to the ends of its sentence."""

import re
from functools import lru_cache

from msgspec import Struct

from claimcli.quotes.normalize import INVISIBLE
from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.sentences import DECIMAL_POINT, STOP

REACH = 160
"""Longest text on either side of a quote that is examined, in characters."""
MAX_WORD = 24
"""Longest part of a word at the start of a quote that is examined, in characters."""
EDGE = 100
"""Longest text at either end of a quote that is examined, in characters."""
_APOSTROPHES = "'\u2019\u02bc\u055a"
_TOKEN = re.compile(
    rf"(?i:qu|jusqu|lorsqu|puisqu|[cdjlmnst])[{_APOSTROPHES}](?=\w)"  # a French article or pronoun
    rf"|[^\W_]+(?:(?:[{_APOSTROPHES}{INVISIBLE}]|-[ \t]*\r?\n[ \t]*)[^\W_]+)*"
    r"|[,\u060c()]|\s[-\u2013]+\s|\u2014|--"
)
_STOP_START = re.compile(
    r"[.!?;:\n\u061f\u06d4\u0964\u0965\u061b\u3002\uff01\uff1f\uff1b\uff1a\u2026]"
)
"""The first character of all stops, which is found faster."""
_HARD_STOP = re.compile(
    rf"{STOP}|[;:\u061b](?!\d)|[\uff1b\uff1a]|\u2026|\.\s?\.\s?\.|\n\s*\n|\n\s*(?:[-*\u2022]|\d+[.)])\s"
)
_REMOVED = re.compile(rf"[{INVISIBLE}]|-[ \t]*\r?\n[ \t]*")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")


class ContextToken(Struct, frozen=True):
    """A word in lower case, or ``,`` for a comma or dash, or a parenthesis; and its span."""

    word: str
    start: int
    end: int


class Surroundings(Struct, frozen=True):
    """The tokens around and in a quote; those from ``first`` to ``last``, exclusive, are in it.

    Only the ends of a long quote are included. A word that the quote divides is outside.
    ``complete`` is whether the sentence ends after the tokens.
    """

    tokens: tuple[ContextToken, ...]
    first: int
    last: int

    @property
    def words(self) -> list[str]:
        """The words, without their spans."""
        return [token.word for token in self.tokens]


def surroundings(text: str, span: TextSpan, sentence: TextSpan) -> Surroundings:
    """Return the tokens around a part of a text, within its sentence."""
    start, end = span
    least, most = sentence
    if end - start <= 2 * EDGE:
        tokens = tokens_of(text, least, most)
    else:
        tokens = [*tokens_of(text, least, start + EDGE), *tokens_of(text, end - EDGE, most)]
    first = next((n for n, one in enumerate(tokens) if one.start >= start), len(tokens))
    last = next((n for n, one in enumerate(tokens) if one.end > end), len(tokens))
    return Surroundings(tuple(tokens), first, max(first, last))


def sentence_around(text: str, span: TextSpan) -> TextSpan:
    """Return a span and the text up to the ends of its sentence, colons and semicolons included."""
    start, end = span
    first = max(0, start - REACH)
    while 0 < first < start and text[first].isalnum():
        first += 1
    places = [one.start() for one in _STOP_START.finditer(text, first, start)]
    stops = (_stop_end(text, at, start) for at in reversed(places))
    first = next(filter(None, stops), first)
    last = min(len(text), end + REACH)
    for one in _STOP_START.finditer(text, max(start, end - 3), last):
        if stop := _stop_end(text, one.start(), last):
            return first, max(end, one.start()) if stop > end else end
    return first, last


def _stop_end(text: str, at: int, end: int) -> int:
    """Return where the end of a sentence, a colon or the like at a position ends, else 0."""
    found = _HARD_STOP.match(text, at, end)
    if found is None or (found.end() == end and DECIMAL_POINT.match(text, end - 1)):
        return 0
    return found.end()


def words_near(text: str, span: TextSpan, sentence: TextSpan) -> set[str]:
    """Return all words of :func:`surroundings` and some more, with punctuation; this is faster."""
    start, end = span
    first, last = sentence
    if end - start <= EDGE:
        return set(text[first:last].split())
    return {*text[first : start + MAX_WORD].split(), *text[end - EDGE : last].split()}


def tokens_of(text: str, start: int, end: int) -> list[ContextToken]:
    """Return the words and punctuation in a part of a text."""
    return [
        ContextToken(_word(found[0]), found.start(), found.end())
        for found in _TOKEN.finditer(text, start, end)
    ]


@lru_cache(maxsize=65_536)
def _word(written: str) -> str:
    if written.isascii() and written.isalpha():
        return written.lower()
    if not written[0].isalnum():
        return written if written in "()" else ","
    return _APOSTROPHE.sub("'", _REMOVED.sub("", written)).lower()
