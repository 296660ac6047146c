"""The marks of editing in a quote: ellipses, brackets around inserted or replaced words, [sic]."""

import re
from enum import StrEnum
from itertools import product

from msgspec import Struct

_MARKS = re.compile(
    r"""
    (?P<gap>[\[(<\u2039\uff08\u3010]\s*(?:[\u2026\u22ef\u2025]+|\.\s?\.\s?\.)\s*[\])>\u203a\uff09\u3011]
        | [\u2026\u22ef\u2025]+ | \.\s?\.\s?\.) |
    (?P<sic>[\[(]\s*(?i:sic)\s*[.!]?\s*[\])]) |
    (?P<letter>\[(?P<one>[^\W\d_])\](?=[^\W\d_])) |
    (?P<part>(?<=[\w$\u00a3\u00a5\u20ac+\u2212-])\[[^\[\]]*\]|\[[^\[\]]*\](?=[\w$\u20ac])) |
    (?P<words>\[[^\[\]]*\])
    """,
    re.VERBOSE,
)


MAX_LETTERS = 4
"""Bracketed letters in a fragment up to which every reading is tried."""
_EDGE = " \t\r\n\u00a0,;:."


class Joint(StrEnum):
    """How two fragments of a quote are joined."""

    ELIDED = "elided"
    REPLACED = "replaced"


class Fragment(Struct, frozen=True):
    """Words quoted literally; ``joint`` joins them to the fragment before.

    There is one text for each reading of letters whose case is marked as changed.
    """

    texts: tuple[str, ...]
    joint: Joint | None = None


def fragments(quote: str) -> tuple[Fragment, ...]:
    """Return the fragments of a quote: one without marks, none if it has only marks."""
    found: list[Fragment] = []
    joint: Joint | None = None
    parts: list[tuple[str, ...]] = []
    at = 0
    for mark in [*_MARKS.finditer(quote), None]:
        parts.append((quote[at : mark.start() if mark else len(quote)],))
        if mark and mark["one"]:
            parts.append((mark["one"].lower(), mark["one"].upper()))
        elif mark and mark["part"]:
            # can[not] is one word, and must occur in the text
            parts.append((mark["part"].strip("[]"),))
        elif mark is None or not mark["sic"]:
            if fragment := _fragment(parts, joint if found else None):
                found.append(fragment)
                joint = None
            joint = _stronger(joint, mark) if mark else None
            parts = []
        at = mark.end() if mark else at
    return tuple(found)


def is_edited(quote: str) -> bool:
    """Return whether a quote contains marks of editing."""
    return _MARKS.search(quote) is not None


def insertions(quote: str) -> list[str]:
    """Return the words in brackets, which were inserted by the editor."""
    if "[" not in quote:
        return []
    return [mark[0][1:-1] for mark in _MARKS.finditer(quote) if mark.lastgroup == "words"]


def _fragment(parts: list[tuple[str, ...]], joint: Joint | None) -> Fragment | None:
    """Return a fragment without punctuation at its ends; None if it has no words."""
    if sum(len(part) > 1 for part in parts) > MAX_LETTERS:
        parts = [part[:1] for part in parts]
    texts = dict.fromkeys("".join(chosen).strip(_EDGE) for chosen in product(*parts))
    words = tuple(text for text in texts if any(char.isalnum() for char in text))
    return Fragment(words, joint) if words else None


def _stronger(joint: Joint | None, mark: re.Match[str]) -> Joint:
    """Return the joint of a mark after another: an ellipsis outweighs words in brackets."""
    return Joint.ELIDED if mark["gap"] or joint is Joint.ELIDED else Joint.REPLACED
