"""Whether a position in a text is inside a word or a number."""

import re
import unicodedata

from claimcli.quotes.normalize import INVISIBLE, VOWEL_MARKS
from claimcli.quotes.searchable import UNSPACED_SCRIPTS

_DIVIDED = rf"(?:[{INVISIBLE}]+|[-\u2010][ \t]*[\r\n\f]{{1,3}}[ \t]*)"  # at the end of a line
_APOSTROPHE = "['\u2019\u05f3\u05f4]"
_HYPHEN = "[-\u2010\u05be]"
_BEFORE = re.compile(
    rf"[^\W{UNSPACED_SCRIPTS}]\Z"  # a letter or a digit
    rf"|[^\W\d_]{{3,}}{_APOSTROPHE}\Z|[^\W\d_]{_HYPHEN}\Z|[^\W\d_]{_DIVIDED}\Z"
    r"|(?<!\w)[-\u2212]\Z|\d[.,\u00a0\u202f'\u2019 ]\Z"  # a minus sign, a separator within a number
)
_AFTER = re.compile(
    rf"[^\W{UNSPACED_SCRIPTS}]|(?:{_APOSTROPHE}|{_HYPHEN}|{_DIVIDED})(?=[^\W\d_])"
    r"|[.,](?=\d)|[\u00a0\u202f'\u2019 ](?=\d{3}(?!\d))"
)
_OPTIONAL = re.compile(f"[\u0640{VOWEL_MARKS}]+")
MAX_MARKS = 10
"""Marks on a letter that are skipped to find it."""


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


def _ties(text: str, at: int, before: str, after: str) -> bool:
    """Return whether the text before a letter or digit belongs to the same word or number."""
    if not _AFTER.match(text, at):
        return False
    tied = _BEFORE.search(text[max(0, at - 12) : at])
    if tied is None:
        return False
    if before in " \u00a0\u202f":
        return after.isdigit() and re.match(r"\d{3}(?!\d)", text[at : at + 4]) is not None
    if before in ".,":
        return after.isdigit()
    return after.isdigit() if before in "-\u2212" and not text[at - 2 : at - 1].isalnum() else True
