"""The words of two texts: which of them differ, how many there are."""

import re
import unicodedata

from msgspec import Struct

from claimcli.core.text.normal_forms import QUOTES, fold_typography

LEAST_SHARED = 0.4
"""Share of common words below which nearly all words would be marked."""
MOST_WORDS = 2_000
"""Number of words above which texts are not compared, since the time grows with the product."""

_SIGNS = dict.fromkeys((0x2012, 0x2013), "-") | dict.fromkeys((0x2018, 0x2019, 0x02BC), "'")
_STOPS = ".,;:!?\u2014\u2015\u2026\u00a1\u00bf\u3001\u3002\u0964\u060c\u061b\u061f\u06d4"
_PUNCTUATION = f"{QUOTES}{_STOPS}()[]{{}}"
_MARK = f"[-{re.escape(_PUNCTUATION)}]"
_BEFORE = rf"(?s){_MARK}*?(?=-?\.\d|-?(?!{_MARK}).|$)"
"""The punctuation before a word, without the sign or decimal point of a number."""

_NARROW: set[str] = set()
"""The narrow letters of earlier texts: to look up their width takes most of the time."""


class Segment(Struct, frozen=True):
    """A run of words, and whether the other text lacks it."""

    text: str
    differs: bool


def plural(number: int, noun: str, more: str = "") -> str:
    """Return a number with its noun; ``more`` is the plural if it is irregular."""
    return f"{number:,} {noun if number == 1 else more or f'{noun}s'}"


def word_count(text: str) -> int:
    """Return the number of words; in scripts without spaces each letter counts as one."""
    if text.isascii():
        return len(text.split())
    letters = set(text) - _NARROW
    wide = {letter for letter in letters if unicodedata.east_asian_width(letter) in "WF"}
    _NARROW.update(letters - wide)
    # as a word between spaces, each wide letter counts as one
    return len(text.translate(dict.fromkeys(map(ord, wide), " 1 ")).split())


def word_keys(text: str) -> list[str]:
    """Return the words of a text in a form for comparison; "" for one of punctuation alone.

    Ignores case, typography, and punctuation at the ends of words. Signs, decimal points,
    currencies, per cent signs, accents and vowel signs make a difference.
    """
    return [_word_key(word) for word in text.split()]


def _word_key(word: str) -> str:
    text = fold_typography(word).translate(_SIGNS)
    before = re.match(_BEFORE, text)
    return text[before.end() if before else 0 :].rstrip(_PUNCTUATION)


def compare_words(left: str, right: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Return both texts in segments, with those marked that the other text lacks.

    Texts that share few words are returned whole and unmarked. Uses difflib's
    Ratcliff-Obershelp matching over :func:`word_keys`.
    """
    from difflib import SequenceMatcher

    ours, theirs = left.split(), right.split()
    if max(len(ours), len(theirs)) > MOST_WORDS:
        return (Segment(left, differs=False),), (Segment(right, differs=False),)
    matcher = SequenceMatcher(None, word_keys(left), word_keys(right), autojunk=False)
    if matcher.ratio() < LEAST_SHARED:
        return (Segment(left, differs=False),), (Segment(right, differs=False),)
    segments: tuple[list[Segment], list[Segment]] = ([], [])
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        _append(segments[0], ours[start:end], differs=tag != "equal")
        _append(segments[1], theirs[other_start:other_end], differs=tag != "equal")
    return tuple(segments[0]), tuple(segments[1])


def _append(segments: list[Segment], words: list[str], *, differs: bool) -> None:
    if words:
        segments.append(Segment(" ".join(words), differs=differs))
