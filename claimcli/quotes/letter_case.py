"""Compare words without letter case where a letter in one case corresponds to several in the other.

A capital I is a lower-case i or, in Turkish, a dotless one; SS can be a capital sharp s; Greek
capitals are written without accents. So two words can be equal without case to a third but not to
each other: :func:`without_case` unites all of them, :func:`differ_in_case_only` tells them apart.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from claimcli.quotes.normalize import VOWEL_MARKS

_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_UNITED = re.compile(
    f"(?<=i)\u0307|(?<=[{_GREEK}])[\u0300-\u0304\u0306\u0308\u0313\u0314\u0342]+|[{VOWEL_MARKS}]+"
)
_AMBIGUOUS = re.compile(f"[\u00df\u1e9e\u0130\u0131\u0307{_GREEK}{VOWEL_MARKS}]")
_VOWEL = re.compile(f"[{VOWEL_MARKS}]")
_I_CASES = ({"I", "i"}, {"I", "\u0131"}, {"\u0130", "i"})


class _Letter(NamedTuple):
    """A letter without case, the letter as written, and the marks on it (in normal form D)."""

    folded: str
    written: str
    marks: str


@lru_cache(maxsize=65_536)
def without_case(word: str) -> str:
    """Return a word without case, Greek accents, and vowel marks of Hebrew and Arabic."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", word).casefold())
    return _UNITED.sub("", folded).replace("\u0131", "i")


def differ_in_case_only(quote: Sequence[str], text: Sequence[str]) -> bool:
    """Return whether words that are equal by :func:`without_case` differ in case alone.

    A quote can also leave out vowel marks that the text has.
    """
    if not _AMBIGUOUS.search("".join((*quote, *text))):
        return True
    pairs = ((_letters(one), _letters(other)) for one, other in zip(quote, text, strict=True))
    return all(
        len(ours) == len(theirs) and all(map(_fit, ours, theirs, [len(ours) == 1] * len(ours)))
        for ours, theirs in pairs
    )


def _letters(word: str) -> list[_Letter]:
    """Return the letters of a word; a sharp s is two."""
    found: list[_Letter] = []
    for char in unicodedata.normalize("NFD", word):
        if found and unicodedata.category(char)[0] == "M":
            found[-1] = found[-1]._replace(marks=found[-1].marks + char)
        else:
            found += [_Letter(folded, char, "") for folded in char.casefold()]
    return found


def _fit(ours: _Letter, theirs: _Letter, alone: bool) -> bool:  # noqa: FBT001 - called by map
    """Return whether letters that are equal without case can be each other's capital.

    A Greek letter ``alone`` is a word, which its accent distinguishes from another.
    """
    if "I" in ours.written.upper() + theirs.written.upper():
        pair = {_i_of(ours), _i_of(theirs)}
        return len(pair) == 1 or pair in _I_CASES
    written = {ours.written, theirs.written}
    if "s" in written and written & {"\u00df", "\u1e9e"}:
        return False  # "in Maßen" is not "in Massen"
    if re.match(f"[{_GREEK}]", ours.written):
        plain = [one for one in (ours, theirs) if one.written.isupper() and not one.marks]
        return ours.marks == theirs.marks or (bool(plain) and not alone)
    return _is_subset(ours.marks, theirs.marks)


def _i_of(letter: _Letter) -> str:
    """Return an i as written; a dot is a mark in normal form D only on the capital."""
    return "\u0130" if letter.written == "I" and "\u0307" in letter.marks else letter.written


def _is_subset(ours: str, theirs: Iterable[str]) -> bool:
    """Return whether marks are equal except for vowel marks that only the text has."""
    left = iter(theirs)
    return all(mark in left for mark in ours) and all(
        _VOWEL.match(mark) for mark in theirs if mark not in ours
    )
