"""Text with all that typesetting changes set aside, and the way back to the text as it stands.

Set aside are: the Unicode normal form (UAX 15, canonical), the style of quotation marks and dashes
and the spaces around them, spaces of every kind, line breaks, hyphenation at the end of a line,
soft hyphens and marks without width, ligatures (Unicode, Alphabetic Presentation Forms), and the
ellipsis as one character or three.
"""

import re
import unicodedata
from bisect import bisect_right

from msgspec import Struct

_QUOTES = "\"'`\u00b4\u2018-\u201f\u2032-\u2037\u2039\u203a\u00ab\u00bb\u300c-\u300f\u301d-\u301f"
_QUOTES += "\uff02\uff07\uff62\uff63"
_DASHES = "\\-\u2010-\u2015\u2053\u207b\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_UNSEEN = "\u00ad\u200b\u200e\u200f\u2060\u2066-\u2069\u202a-\u202e\u061c\ufeff"
_UNSPACED = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Scripts in which a line break is no space: Han, kana, and the marks that go with them."""

SPECIAL = re.compile(
    rf"""
    (?P<hyphenation>(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n\s*(?=[^\W\d_])) |
    (?P<unseen>[{_UNSEEN}]+) |
    (?P<unspaced>(?<=[{_UNSPACED}])\s*\n\s*(?=[{_UNSPACED}])) |
    (?P<before_sign>\s+(?=[-\u2212]\d)) |
    (?P<before_mark>\s+(?=[;:!?\u00bb\u203a])) |
    (?P<after_mark>(?<=[\u00ab\u2039])\s+) |
    (?P<ellipsis>\u2026|\.\s?\.\s?\.) |
    (?P<dash>\s*[{_DASHES}]+\s*) |
    (?P<space>\s+) |
    (?P<quote>''|``|,,|[{_QUOTES}]) |
    (?P<ligature>[\ufb00-\ufb06]) |
    (?P<marked>[^\u0300-\u036f]?[\u0300-\u036f]+) |
    (?P<other>[^\x00-\x7f])
    """,
    re.VERBOSE,
)
_WRITTEN = {"before_sign": " ", "space": " ", "dash": "-", "quote": "'", "ellipsis": "..."}


class Folded(Struct, frozen=True):
    """A folded text. ``starts`` and ``origins`` give runs: from a place in it, one in the original.

    Within a run either each character stands for one, or the whole for a stretch of the original.
    """

    text: str
    length: int
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    plain: tuple[bool, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the folded text stands in the original, end exclusive."""
        first = self._at(start)
        last = bisect_right(self.starts, end - 1) - 1
        if self.plain[last]:
            return first, self.origins[last] + (end - self.starts[last])
        after = self.origins[last + 1] if last + 1 < len(self.origins) else self.length
        return first, after

    def _at(self, place: int) -> int:
        run = bisect_right(self.starts, place) - 1
        return self.origins[run] + (place - self.starts[run] if self.plain[run] else 0)


def fold(text: str, *, hyphens: bool = False) -> Folded:
    """Return a text with typesetting set aside.

    A hyphen at the end of a line is dropped as hyphenation, or kept with ``hyphens``: which of
    the two it was cannot be seen.
    """
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    plain: list[bool] = []
    size = at = 0

    def add(piece: str, origin: int, *, is_plain: bool) -> None:
        nonlocal size
        starts.append(size)
        origins.append(origin)
        plain.append(is_plain)
        pieces.append(piece)
        size += len(piece)

    for found in SPECIAL.finditer(text):
        if found.start() > at:
            add(text[at : found.start()], at, is_plain=True)
        add(_folded(found, hyphens=hyphens), found.start(), is_plain=False)
        at = found.end()
    if at < len(text):
        add(text[at:], at, is_plain=True)
    return Folded("".join(pieces), len(text), tuple(starts), tuple(origins), tuple(plain))


def _folded(found: re.Match[str], *, hyphens: bool) -> str:
    kind = found.lastgroup
    if kind == "hyphenation":
        return "-" if hyphens else ""
    if kind == "ligature":
        return unicodedata.normalize("NFKC", found[0])
    if kind in ("marked", "other"):
        return unicodedata.normalize("NFC", found[0])
    return _WRITTEN.get(kind or "", "")
