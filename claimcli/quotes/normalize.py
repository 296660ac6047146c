"""Text with all that typesetting changes set aside, and the way back to the text as it stands.

Set aside are: the Unicode normal form (UAX 15, canonical), the style of quotation marks and dashes
and the spaces around them, spaces of every kind, line breaks, hyphenation at the end of a line,
soft hyphens and marks without width, ligatures (Unicode, Alphabetic Presentation Forms), and the
ellipsis as one character or three.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

_QUOTES = "\"'`\u00b4\u02bc\u055a\u2018-\u201f\u2032-\u2037\u2039\u203a\u00ab\u00bb"
_QUOTES += "\u300c-\u300f\u301d-\u301f"
_QUOTES += "\uff02\uff07\uff62\uff63"
_DASHES = "\\-\u2010-\u2015\u2053\u207b\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
INVISIBLE = "\u0001\u00ad\u200b\u200e\u200f\u2060\u2066-\u2069\u202a-\u202e\u061c\ufeff"
_UNSPACED = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Scripts in which a line break is no space: Han, kana, and the marks that go with them."""

MOST_QUOTED = 600
"""Characters of a quotation at whose end the mark that opened it is looked for."""
COMBINING_MARKS = "\u0300-\u036f\u0653-\u0655\u3099\u309a"
"""Marks that join the letter before them in the canonical normal form."""
LIGATURES = "\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdfb\ufe70-\ufefc"
"""Letters as they are joined in print: Latin, Armenian, Arabic (Unicode, presentation forms)."""
LINE_END_HYPHEN = "\u0001"
"""Stands in a folded text for a hyphen at the end of a line: one of the word's own, or none."""

_SPECIAL = re.compile(
    rf"""
    (?P<hyphenation>(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n\s*(?=[^\W\d_])) |
    (?P<unseen>[{INVISIBLE}]+) |
    (?P<unspaced>(?<=[{_UNSPACED}])\s+(?=[{_UNSPACED}])) |
    (?P<before_sign>\s+(?=[{_DASHES}][$\u00a3\u00a5\u20ac]?\.?\d)) |
    (?P<before_mark>\s+(?=[;:!?\u00bb\u203a])) |
    (?P<after_mark>(?<=[\u00ab\u2039])\s+) |
    (?P<ellipsis>\u2026|\.\s?\.\s?\.) |
    (?P<dash>\s*[{_DASHES}]+\s*) |
    (?P<space>\s+) |
    (?P<quote>''|``|,,|[{_QUOTES}]) |
    (?P<ligature>[{LIGATURES}]) |
    (?P<marked>[^{COMBINING_MARKS}]?[{COMBINING_MARKS}]+
        | [\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?) |
    (?P<other>[^\x00-\x7f])
    """,
    re.VERBOSE,
)
_WRITTEN = {
    "hyphenation": LINE_END_HYPHEN,
    "before_sign": " ",
    "space": " ",
    "quote": "'",
    "ellipsis": "...",
}
_MARK = re.compile(f"[{COMBINING_MARKS}]")
_HINT = re.compile(r"[^ 0-9A-Za-z()/\[\]*_]| (?= )|(?<=[\u00ab\u2039]) ")
"""Finds in the C loop of the standard library the few characters at which something may stand."""


class NormalizedText(Struct, frozen=True):
    """A folded text. ``starts`` and ``origins`` give runs: from a place in it, one in the original.

    Within a run either each character stands for one, or the whole for a stretch of the original.
    """

    text: str
    length: int
    starts: Sequence[int]
    origins: Sequence[int]
    plain: bytes

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


def normalize(text: str) -> NormalizedText:
    """Return a text with typesetting set aside; :data:`HYPHEN` stands for hyphens at line ends."""
    pieces: list[str] = []
    starts, origins, plain = array("q"), array("q"), bytearray()
    size = at = 0
    for start, end, folded in _specials(text):
        for piece, origin, is_plain in ((text[at:start], at, 1), (folded, start, 0)):
            if piece or not is_plain:
                starts.append(size)
                origins.append(origin)
                plain.append(is_plain)
                pieces.append(piece)
                size += len(piece)
        at = end
    starts.append(size)
    origins.append(at)
    plain.append(1)
    pieces.append(text[at:])
    return NormalizedText("".join(pieces), len(text), starts, origins, bytes(plain))


def _specials(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each part of the text that folding changes: its ends, and what becomes of it."""
    done = 0
    for hint in _HINT.finditer(text):
        for at in (_begin(text, hint.start(), done), hint.start()):
            found = _SPECIAL.match(text, at) if at >= done else None
            if found:
                done = found.end()
                written = _written(found)
                if written != found[0]:
                    yield at, done, written


def _begin(text: str, at: int, least: int) -> int:
    """Return where what a character belongs to may begin: spaces before it, a letter it marks."""
    if _MARK.match(text, at):
        return max(least, at - 1)
    while at > least and text[at - 1] == " ":
        at -= 1
    return at


def _is_outside(found: re.Match[str]) -> bool:
    """Return whether a space beside a guillemet lies outside of the quotation."""
    text, at = found.string, found.start()
    if found.lastgroup == "before_mark":
        if text[found.end()] not in "\u00bb\u203a":
            return False
        opens, closes = "\u00ab\u2039", "\u00bb\u203a"
    else:
        at -= 1
        opens, closes = "\u00bb\u203a", "\u00ab\u2039"
    least = max(0, at - MOST_QUOTED)
    last_open = max(text.rfind(mark, least, at) for mark in opens)
    last_close = max(text.rfind(mark, least, at) for mark in closes)
    return (last_open <= last_close) == (found.lastgroup == "before_mark")


def _dash(written: str) -> str:
    """Return a dash between clauses with spaces, a hyphen or one between numbers without."""
    line_end = written[0] in "-\u2010\u2013" and written[1:].lstrip(" \t").startswith(("\n", "\r"))
    apart = written.strip() != written and not line_end
    long = len(written.strip()) > 1 or written.strip() in "\u2014\u2015\u2e3a\u2e3b\ufe58"
    return " - " if apart or long else "-"


def _written(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind in ("before_mark", "after_mark") and _is_outside(found):
        return " "
    if kind == "unspaced":
        return "" if "\n" in found[0] else " "
    if kind == "dash":
        return _dash(found[0])
    if kind == "ligature":
        return unicodedata.normalize("NFKC", found[0])
    if kind in ("marked", "other"):
        return unicodedata.normalize("NFC", found[0])
    return _WRITTEN.get(kind or "", "")
