"""Whether a position in a text divides a word or a number."""

import re
import unicodedata

from claimcli.quotes.normalize import INVISIBLE, VOWEL_MARKS
from claimcli.quotes.numerals import cut_numeral
from claimcli.quotes.searchable import UNSPACED_SCRIPTS, TextSpan

MAX_SHOWN = 40
"""Longest part of a divided word on either side that is shown, in characters."""
_DIVIDED = (
    rf"(?:[{INVISIBLE}\u200c\u200d]+|[-\u2010][ \t]*[\r\n\f]{{1,3}}[ \t]*)"  # at the end of a line
)
_APOSTROPHE = "['\u2019\u05f3\u05f4]"
_HYPHEN = "[-\u2010\u05be]"
_BEFORE = re.compile(
    rf"[^\W{UNSPACED_SCRIPTS}]\Z"  # a letter or a digit
    rf"|[^\W\d_]{{3,}}{_APOSTROPHE}\Z|[^\W\d_]{_HYPHEN}\Z|[^\W\d_]{_DIVIDED}\Z"
    r"|(?<!\w)[-\u2212]\Z|\d[.,'\u2019\u066b\u066c]\Z"  # a minus sign, a separator within a number
    r"|(?<!\d)\d{1,3}[\u00a0\u2007\u2009\u202f ]\Z"
)
_AFTER = re.compile(
    rf"[^\W{UNSPACED_SCRIPTS}]|(?:{_APOSTROPHE}|{_HYPHEN}|{_DIVIDED})(?=[^\W\d_])"
    r"|[.,\u066b\u066c](?=\d)|['\u2019](?=\d{3}(?!\d))"
    r"|(?<!\d{4})[\u00a0\u2007\u2009\u202f ](?=\d{3}(?!\d))"
)
_OPTIONAL = re.compile(f"[\u0640{VOWEL_MARKS}]+")
MAX_MARKS = 10
"""Marks on a letter that are skipped to find it."""
_COMPOUND = re.compile(r"[^\W_][-\u2010\u2011][^\W_]")
_OPENERS = "\"'([\u201c\u2018\u201e\u00ab"
_CLOSERS = ".,;:!?\"'\u2019\u201d\u00bb)]"


def inside_word(text: str, at: int) -> bool:
    """Return whether a position is inside a word or a number; False in unspaced scripts."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if (before == " " and after.isalpha() and text[at - 2 : at - 1].isalnum()) or (
        after in " .,;:" and before.isalpha()
    ):
        return False  # the common case, decided quickly
    if optional := _OPTIONAL.match(text, at):
        at, after = optional.end(), text[optional.end() : optional.end() + 1]
    if unicodedata.category(after or " ").startswith("M"):
        return True
    letters = at
    while letters > max(0, at - MAX_MARKS) and unicodedata.category(text[letters - 1])[0] == "M":
        letters -= 1
    text, at = text[max(0, letters - 12) : letters] + text[at : at + 24], min(letters, 12)
    before = text[at - 1 : at]
    if after.isalnum() or after == "_":
        return _ties(text, at, before, after)
    tied = _AFTER.match(text, at)
    if tied is None or not before.isalnum():
        return False
    numbers = before.isdigit() and tied.end() < len(text) and text[tied.end()].isdigit()
    return numbers or not before.isdigit()


def is_between_words(text: str, at: int) -> bool:
    """Return whether a position is between two words of letters, or after one at its punctuation.

    Such a position divides no word or number; most ends of quotes are such.
    """
    before, after = text[at - 1 : at], text[at : at + 1]
    if before == " ":
        return after.isalpha() and text[at - 2 : at - 1].isalpha()
    return (
        text[max(0, at - 2) : at].isalpha() and before.islower() and after in (" ", ".", ",", ";")
    )


def _ties(text: str, at: int, before: str, after: str) -> bool:
    """Return whether the text before a letter or digit belongs to the same word or number."""
    if not _AFTER.match(text, at):
        return False
    tied = _BEFORE.search(text[max(0, at - 12) : at])
    if tied is None:
        return False
    if before in " \u00a0\u2007\u2009\u202f":
        return after.isdigit() and re.match(r"\d{3}(?!\d)", text[at : at + 4]) is not None
    if before in ".,\u066b\u066c":
        return after.isdigit()
    return after.isdigit() if before in "-\u2212" and not text[at - 2 : at - 1].isalnum() else True


def divided_word(text: str, at: int) -> tuple[str, TextSpan] | None:
    """Return "word" or "number", and the span of the one that a position divides, or None.

    Stricter than :func:`inside_word`: also signs, ranges, per cents and multipliers are part of a
    number, and a word in hyphens is one word.
    """
    if number := cut_numeral(text, at):
        return "number", number
    around = text[max(0, at - 2) : at + 2]
    hyphens = "-" in around or "\u2010" in around or "\u2011" in around
    if inside_word(text, at) or (hyphens and _COMPOUND.search(around)):
        return "word", _whole_word(text, at)
    return None


def _whole_word(text: str, at: int) -> TextSpan:
    """Return the span between spaces around a position, without the punctuation around it."""
    first, last = at, at
    while first > 0 and not text[first - 1].isspace() and at - first < MAX_SHOWN:
        first -= 1
    while last < len(text) and not text[last].isspace() and last - at < MAX_SHOWN:
        last += 1
    while first < at and text[first] in _OPENERS:
        first += 1
    return first, max(at, first + len(text[first:last].rstrip(_CLOSERS)))
