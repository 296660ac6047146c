"""The words of two texts: which of them differ, how many there are."""

import unicodedata

from msgspec import Struct

LEAST_SHARED = 0.4
"""Share of common words below which nearly all words would be marked."""
MOST_WORDS = 2_000
"""Number of words above which texts are not compared, since the time grows with the product."""


class Segment(Struct, frozen=True):
    """A run of words, and whether the other text lacks it."""

    text: str
    differs: bool


def key_of(text: str) -> str:
    """Return a text without case, accents, punctuation and spaces, for comparison."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in decomposed if char.isalnum())


def plural(number: int, noun: str, more: str = "") -> str:
    """Return a number with its noun; ``more`` is the plural if it is irregular."""
    return f"{number:,} {noun if number == 1 else more or f'{noun}s'}"


def word_count(text: str) -> int:
    """Return the number of words; in scripts without spaces each letter counts as one."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    if not wide:
        return len(text.split())
    others = "".join(" " if unicodedata.east_asian_width(x) in "WF" else x for x in text)
    return wide + len(others.split())


def compare_words(left: str, right: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Return both texts in segments, with those marked that the other text lacks.

    Texts that share few words are returned whole and unmarked. Uses difflib's
    Ratcliff-Obershelp matching over words, compared without case and punctuation.
    """
    from difflib import SequenceMatcher

    ours, theirs = left.split(), right.split()
    if max(len(ours), len(theirs)) > MOST_WORDS:
        return (Segment(left, differs=False),), (Segment(right, differs=False),)
    matcher = SequenceMatcher(
        None, [key_of(word) for word in ours], [key_of(word) for word in theirs], autojunk=False
    )
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
