"""The text of a page as the search of a browser sees it: folded, with word boundaries."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import islice

from claimcli.quotes.normalize import INVISIBLE
from claimcli.quotes.texts.blocks import LEFT_OUT

_DROPPED = re.compile("[" + INVISIBLE.replace(LEFT_OUT, "") + "]")
_JOINING = ".'\u2018\u2019\u00b7:,;\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a_"
"""Punctuation that can join two letters or two digits to one word (UAX 29, Mid...)."""


MAX_EXAMINED = 10_000
"""Positions at which words are compared; beyond, a directive may not be the shortest."""


class PageText:
    """The text of a page as its readers see it, with :data:`LEFT_OUT` for what it lacks."""

    def __init__(self, text: str) -> None:
        self._written = text

    @cached_property
    def _dropped(self) -> list[int]:
        return [found.start() for found in _DROPPED.finditer(self._written)]

    @cached_property
    def text(self) -> str:
        """The text without invisible characters."""
        return _DROPPED.sub("", self._written) if self._dropped else self._written

    @cached_property
    def _folded(self) -> str:
        return f" {fold(self.text)} "

    def position(self, at: int) -> int:
        """Return the position in the text without invisible characters."""
        return at - bisect_left(self._dropped, at)

    def matches(self, words: str, start: int = 0) -> Iterator[int]:
        """Yield the positions in the folded text where words begin that a browser may match."""
        wanted = fold(words)
        at = self._folded.find(wanted, start) if wanted else -1
        examined = 0
        while at >= 0 and examined < MAX_EXAMINED:
            examined += 1
            end = at + len(wanted)
            if not (_is_inside(self._folded, at) or _is_inside(self._folded, end)):
                yield at
            at = self._folded.find(wanted, at + 1)

    def unique(self, words: str) -> int:
        """Return the position in the folded text of words that occur once, else -1."""
        found = list(islice(self.matches(words), 2))
        return found[0] if len(found) == 1 else -1


def fold(text: str) -> str:
    """Return a text without the differences that a browser ignores."""
    folded = text.replace("\u0130", "I").replace(LEFT_OUT, " ").lower()
    if not folded.isascii():
        pattern, plain = _accents()
        folded = pattern.sub(lambda found: plain[found[0]], folded)
    return " ".join(folded.split())


@cache
def _accents() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of letters with marks and of quotation marks, and their plain forms."""
    plain = dict.fromkeys("\u2018\u2019\u201a\u201b", "'")
    plain |= dict.fromkeys("\u201c\u201d\u201e\u201f", '"')
    for code in range(0xC0, 0x2000):
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) > 1 and all(map(unicodedata.combining, parts[1:])):
            plain[chr(code)] = parts[0]
    return re.compile(f"[{''.join(plain)}]"), plain


def _is_inside(text: str, at: int) -> bool:
    """Return whether a position is certainly inside a word, by the letters around it."""
    return text[at - 1 : at].isalnum() and text[at : at + 1].isalnum() and text[at] < "\u0e00"


def is_boundary(text: str, at: int) -> bool:
    """Return whether every browser sees a word boundary at a position."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if unicodedata.category(after).startswith("M"):
        return False
    if is_letter(before) and is_letter(after):
        return False
    if before in _JOINING and is_letter(after):
        return not is_letter(text[at - 2 : at - 1] or " ")
    if after in _JOINING and is_letter(before):
        return not is_letter(text[at + 1 : at + 2] or " ")
    return True


def is_letter(char: str) -> bool:
    """Return whether a character belongs to a word: a letter, digit, mark or underscore."""
    return char.isalnum() or char == "_" or unicodedata.category(char).startswith("M")
