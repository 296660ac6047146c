"""How wide text is and where its lines break, for pictures whose font nobody knows beforehand.

Widths are on the safe side: of each letter the wider of what DejaVu Sans and Liberation Sans give
it, so that text measured here fits its place in the fonts that readers have.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from claimcli.core.text.escaping import one_line

BOLD = 1.2
"""How many times as wide bold text is, at most."""
MOST_MARKS = 4
"""Marks above or under one letter that are drawn; more would run into the lines beside it."""
ELLIPSIS = "…"

_OF_WIDTH = {
    0.3: "'Iijl", 0.35: " ,./:;\\|", 0.4: "()-[]ft", 0.45: "!r", 0.5: '"*J`', 0.55: "csz",
    0.6: "?L_kvxy", 0.65: "$0123456789FTabdeghnopqu{}", 0.7: "ABEKPSVXYZ", 0.75: "CNRU",
    0.8: "&DGHOQ", 0.85: "#+<=>^w~", 0.9: "M", 0.95: "жмшыюѣ", 1.0: "%Wm…—", 1.05: "@щњљѩ",
    1.35: "‰", 1.75: "‱", 2.0: "⸺", 3.0: "⸻", 12.0: "﷽𒐫𒈙",
}  # fmt: skip
_KNOWN = {letter: width for width, letters in _OF_WIDTH.items() for letter in letters}
_OF_CATEGORY = {"Lu": 1.1, "Ll": 0.75, "Lo": 1.1, "Lm": 0.8, "Mc": 0.7, "Nd": 0.75, "Pd": 0.6}
_HEBREW = range(0x590, 0x600)
_BREAK = re.compile(r"(?<= )|(?<=[/-])(?=[^\W\d_])")
"""After a space, or after a hyphen or slash with a letter behind it; dates stay whole."""
_CLOSING = frozenset("、。，．：；！？）」』】〕〉》’”…ー々")
"""What a line does not begin with where text is written without spaces."""


def width(text: str, size: float = 1.0, *, bold: bool = False) -> float:
    """Return how wide a line of text is at most, in the unit of the font's ``size``."""
    return sum(map(_letter, text)) * size * (BOLD if bold else 1.0)


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    """Return the width of one code point in ems; marks that stand over others have none."""
    if letter in _KNOWN:
        return _KNOWN[letter]
    category = unicodedata.category(letter)
    if category in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    plain = unicodedata.normalize("NFKD", letter)
    if plain != letter and plain[0] in _KNOWN:
        return sum(map(_letter, plain))
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.4 if category == "So" else 1.05
    if ord(letter) in _HEBREW:
        return 0.75
    return _OF_CATEGORY.get(category, 1.45 if category == "So" else 1.1)


def right_to_left(text: str) -> bool:
    """Return whether text runs to the left: its first letter with a direction says so.

    These are rules P2 and P3 of the Unicode bidirectional algorithm (UAX 9), isolates aside.
    """
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def fit(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return text on one line no wider than ``room``, cut with an ellipsis where it must be."""
    lines = wrap(text, room, size, most=1, bold=bold)
    return lines[0] if lines else ""


def wrap(text: str, room: float, size: float, *, most: int, bold: bool = False) -> tuple[str, ...]:
    """Return text as at most ``most`` lines none of which is wider than ``room``.

    Lines break between words, after hyphens and slashes, and between letters of scripts without
    spaces; a word too long for a line breaks between what readers take for letters. Where text is
    left over, the last line ends in an ellipsis.
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


def _cut(line: str, ems: float) -> str:
    """Return as much of a line as fits with an ellipsis behind it."""
    letters = clusters(line)
    while letters and width("".join(letters)) + width(ELLIPSIS) > ems:
        letters.pop()
    return "".join(letters).rstrip() + ELLIPSIS


def _parts(text: str, ems: float) -> Iterator[str]:
    """Yield the pieces between which a line may break, each with the space behind it."""
    for word in _BREAK.split(text):
        for part in (word,) if word.isascii() else _unspaced(word):
            if width(part.rstrip()) <= ems:
                yield part
            else:
                letters = clusters(part)
                yield from (one if width(one) <= ems else ELLIPSIS for one in letters)


def _unspaced(word: str) -> Iterator[str]:
    """Yield the pieces of a word that has letters of a script without spaces.

    Closing marks stay with what they close, and letters of other scripts with one another.
    """
    held = ""
    for letter in clusters(word):
        apart = _breaks_anywhere(letter[0]) or (held and _breaks_anywhere(held[-1]))
        if held and apart and letter not in _CLOSING and letter != " ":
            yield held
            held = ""
        held += letter
    if held:
        yield held


def _breaks_anywhere(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def clusters(text: str) -> list[str]:
    """Return what readers take for single letters (UAX 29), each with a bounded number of marks."""
    if text.isascii():
        return list(text)
    import regex

    return [_bounded(found) for found in regex.findall(r"\X", text)]


def _bounded(cluster: str) -> str:
    marks = 0
    kept = ""
    for letter in cluster:
        marks += unicodedata.category(letter) in ("Mn", "Me")
        if marks <= MOST_MARKS or unicodedata.category(letter) not in ("Mn", "Me"):
            kept += letter
    return kept
