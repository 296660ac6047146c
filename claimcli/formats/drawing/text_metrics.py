"""Width and direction of text and line breaks, for pictures whose font is not known in advance."""

import re
import unicodedata
from collections.abc import Iterator
from math import inf

from claimcli.core.text.escaping import one_line
from claimcli.formats.drawing.letter_widths import width_in_ems

BOLD = 1.2
"""Largest ratio of the width of bold text to that of regular text."""
MAX_MARKS = 4
"""Most marks above or below a letter; more would run into other lines."""
ELLIPSIS = "…"
_BREAK = re.compile(r"(?<= )|(?<=-)(?=[^\W\d_])|(?<=/)(?=[^\W_])")
"""Breaks lines after a space, a slash, or a hyphen before a letter; dates stay whole."""
_CLUSTER = r"[\u0e40-\u0e44\u0ec0-\u0ec4]?\X[\u0e2f\u0e30\u0e32\u0e45\u0e46\u0eb0\u0eb2\u0ec6]{0,2}"
_CLOSING = frozenset("、。，．：；！？）」』】〕〉》’”…ー々")
"""Characters that must not begin a line in text without spaces."""


def width(text: str, size: float = 1.0, *, bold: bool = False) -> float:
    """Return the maximum width of a line of text, in the unit of ``size``."""
    return width_in_ems(text) * size * (BOLD if bold else 1.0)


def right_to_left(text: str) -> bool:
    """Return whether text runs from right to left (UAX 9, rules P2 and P3, without isolates)."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def fit(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return text on one line of at most ``room``, cut with an ellipsis if necessary."""
    lines = wrap(text, room, size, most=1, bold=bold)
    return lines[0] if lines else ""


def wrap(text: str, room: float, size: float, *, most: int, bold: bool = False) -> tuple[str, ...]:
    """Return text as at most ``most`` lines, each at most as wide as ``room``.

    Lines break between words, after hyphens and slashes, and between letters of scripts without
    spaces; a word too long for a line breaks between grapheme clusters. If text is left over, the
    last line ends with an ellipsis.
    """
    ems = room / size / (BOLD if bold else 1.0)
    lines: list[str] = []
    line, used = "", 0.0
    for part in _parts(one_line(text), ems):
        wide = width(part)
        if line and used + width(part.rstrip()) > ems:
            if len(lines) == most - 1:
                return (*lines, _cut(line + part, ems))
            lines.append(line.rstrip())
            line, used = "", 0.0
        line, used = line + part, used + wide
    return (*lines, line.rstrip()) if line else tuple(lines)


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width that a column needs so that no word is broken."""
    parts = _parts(one_line(text), inf)
    return max((width(part.rstrip(), size, bold=bold) for part in parts), default=0.0)


def _cut(line: str, ems: float) -> str:
    """Return as much of a line as fits before an ellipsis."""
    letters = clusters(line)
    while letters and width("".join(letters)) + width(ELLIPSIS) > ems:
        letters.pop()
    return "".join(letters).rstrip() + ELLIPSIS


def _parts(text: str, ems: float) -> Iterator[str]:
    """Yield the pieces between which a line may break, each with the space after it."""
    for word in _BREAK.split(text):
        for part in (word,) if word.isascii() else _unspaced(word):
            if width(part.rstrip()) <= ems:
                yield part
            else:
                letters = clusters(part)
                yield from (one if width(one) <= ems else ELLIPSIS for one in letters)


def _unspaced(word: str) -> Iterator[str]:
    """Yield the pieces of a word in a script without spaces.

    Closing punctuation stays with the text before it; letters of other scripts stay together.
    """
    piece = ""
    for letter in clusters(word):
        breaks = _breaks_anywhere(letter[0]) or (piece and _breaks_anywhere(piece[-1]))
        if piece and breaks and letter not in _CLOSING and letter != " ":
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


def _breaks_anywhere(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def clusters(text: str) -> list[str]:
    """Return the grapheme clusters of a text (UAX 29), each with at most MAX_MARKS marks.

    Vowels of Thai and Lao that are written before or after a consonant stay with it.
    """
    if text.isascii():
        return list(text)
    import regex

    return [_bounded(found) for found in regex.findall(_CLUSTER, text)]


def _bounded(cluster: str) -> str:
    marks = 0
    kept = ""
    for letter in cluster:
        marks += unicodedata.category(letter) in ("Mn", "Me")
        if marks <= MAX_MARKS or unicodedata.category(letter) not in ("Mn", "Me"):
            kept += letter
    return kept
