"""The text of one line of a PDF from its characters and their positions.

Right-to-left text, of which a PDF has only what is visible from left to right, is put in the order
of reading: the inverse of Unicode's bidirectional algorithm (UAX 9) for one line.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from claimcli.quotes.texts.blocks import LEFT_OUT
from claimcli.quotes.texts.marks import SUPERSCRIPT, without_mark

GAP = 0.2
"""Distance between two characters that is a space, in sizes of the letters."""
MAX_ORDERED = 2_000
"""Most characters of a line that is put in the order of reading."""


class Glyph(Struct, frozen=True):
    """A character at ``x`` on the baseline ``y``; its edges are known in right-to-left lines."""

    char: str
    x: float
    y: float
    size: float
    left: float = 0.0
    right: float = 0.0

    @property
    def middle(self) -> float:
        """The middle between the edges."""
        return (self.left + self.right) / 2


class Line(Struct, frozen=True):
    """The characters of a line in the order of the file; ``level`` if it is not turned."""

    glyphs: tuple[Glyph, ...]
    level: bool = True

    @property
    def base(self) -> tuple[float, float]:
        """The baseline and the size of most of the larger characters."""
        largest = max(glyph.size for glyph in self.glyphs)
        counts = Counter((g.y, g.size) for g in self.glyphs if g.size >= 0.8 * largest)
        return counts.most_common(1)[0][0]

    @property
    def mark(self) -> str:
        """The digits or the symbol at its start, as a footnote has, or ""."""
        start = "".join(glyph.char for glyph in self.glyphs[:5])
        found = re.match(r"\s*[\[(]?(\d{1,3}|[*\u2020\u2021\u00a7])(?!\d)", start)
        return found[1] if found else ""


def is_right_to_left(char: str) -> bool:
    """Return whether a character is a letter written from right to left."""
    return char >= "\u0590" and unicodedata.bidirectional(char) in ("R", "AL")


def line_text(line: Line, footnotes: Collection[str] = ()) -> str:
    """Return the text of a line. ``footnotes`` are the marks of the footnotes on its page.

    Raised and lowered digits become superscripts and subscripts; a footnote mark is left out.
    """
    glyphs: Sequence[Glyph] = line.glyphs
    if len(glyphs) <= MAX_ORDERED and any(is_right_to_left(glyph.char) for glyph in glyphs):
        glyphs = reading_order(glyphs)
    baseline, size = line.base
    runs = groupby(glyphs, key=lambda glyph: _shift(glyph, baseline, size))
    parts = [(shift, "".join(glyph.char for glyph in run)) for shift, run in runs]
    text = ""
    for (shift, run), (_, after) in pairwise([*parts, (0, "")]):
        text += _shifted(text, run, shift, after, footnotes)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return re.sub(r"[ \t\u00a0]{2,}", " ", text).strip(" ")


def _shift(glyph: Glyph, baseline: float, size: float) -> int:
    """Return 1 for a raised character, -1 for a lowered one, else 0."""
    rise = (glyph.y - baseline) / (size or 1)
    small = glyph.size < 0.9 * size
    if rise > (0.12 if small else 0.25):
        return 1
    return -1 if small and rise < -0.06 else 0


def _shifted(before: str, run: str, shift: int, after: str, footnotes: Collection[str]) -> str:
    """Return raised or lowered characters as such, or nothing visible for a footnote mark."""
    if shift == 0 or not run.strip():
        return run
    base = before.replace(LEFT_OUT, "")
    if shift > 0 and not base.strip():
        return run.translate(SUPERSCRIPT)  # the start of a footnote
    certain = shift > 0 and run.strip() in footnotes and not _BASE.search(base)
    raised = "super" if shift > 0 else "sub"
    text = without_mark(run, before=base[-60:], after=after, raised=raised, certain=certain)
    return LEFT_OUT if text is None else text


_BASE = re.compile(r"(?:\d|(?<![^\W\d_])(?:[kcdm]?m|\w))$")
"""The end of a text that can have an exponent."""


def reading_order(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the characters of a line with right-to-left letters in the order of reading."""
    visual = _spaced(_clusters(glyphs))
    kinds = [_kind(cluster) for cluster in visual]
    if kinds.count("R") >= kinds.count("L"):
        return _from_right(visual)
    found: list[Glyph] = []
    for part in _runs(visual, "L"):
        found += _from_right(part) if _kind(part[0]) == "R" else [g for c in part for g in c]
    return found


def _from_right(visual: Sequence["_Cluster"]) -> list[Glyph]:
    """Return right-to-left text in the order of reading. Its first bracket of a kind opens.

    (Which one is on the page is unknown: PDFium gives some of them mirrored.)
    """
    found: list[Glyph] = []
    opened: set[str] = set()
    for unit in reversed(list(_runs(visual, "R"))):
        first = unit[0][0]
        if len(unit) == 1 and (pair := next((p for p in _BRACKETS if first.char in p), "")):
            opened ^= {pair}
            char = pair[0] if pair in opened else pair[1]
            found.append(Glyph(char, first.x, first.y, first.size))
        else:
            found += [glyph for cluster in unit for glyph in cluster]
    return found


_BRACKETS = ("()", "[]", "{}", "<>", "\u00ab\u00bb")


_Cluster = list[Glyph]
"""A character with the marks on it."""


def _clusters(glyphs: Sequence[Glyph]) -> list[_Cluster]:
    """Return the characters from left to right, each with its marks; without empty spaces."""
    visible = [g for g in glyphs if g.char != " " or g.right - g.left > _HAIR]
    clusters = [[g] for g in sorted(visible, key=lambda g: g.middle) if not _is_mark(g)]
    for mark in (g for g in visible if _is_mark(g)):
        if clusters:
            nearest = min(
                clusters, key=lambda c: (c[0].x != mark.x, abs(c[0].middle - mark.middle))
            )
            nearest.append(mark)
    return clusters


_HAIR = 0.01


def _is_mark(glyph: Glyph) -> bool:
    return unicodedata.category(glyph.char)[0] == "M"


def _spaced(clusters: Sequence[_Cluster]) -> list[_Cluster]:
    """Return the characters with a space in each wide gap."""
    found: list[_Cluster] = []
    for cluster in clusters:
        first = cluster[0]
        last = found[-1] if found else cluster
        left, right = min(min(g.x, g.left) for g in cluster), max(g.right for g in last)
        if " " not in (last[0].char, first.char) and left - right > GAP * first.size:
            found.append([Glyph(" ", right, first.y, first.size, right, left)])
        found.append(cluster)
    return found


def _kind(cluster: _Cluster) -> str:
    """Return R or L for a letter, N for a digit, and "" for another character."""
    kind = unicodedata.bidirectional(cluster[0].char)
    return {"AL": "R", "R": "R", "L": "L", "EN": "N", "AN": "N"}.get(kind, "")


def _runs(visual: Sequence[_Cluster], outer: str) -> Iterator[list[_Cluster]]:
    """Yield runs without letters of the outer direction that begin and end in the other's letters.

    The characters between such runs are yielded one by one.
    """
    kinds = [_kind(cluster) for cluster in visual]
    at = 0
    while at < len(visual):
        end = at + 1
        if kinds[at] and kinds[at] != outer and (outer == "R" or kinds[at] == "R"):
            reach = at
            while reach < len(visual) and kinds[reach] != outer:
                if kinds[reach] == "R" or (outer == "R" and kinds[reach]):
                    end = reach + 1
                reach += 1
            if outer == "R" and "L" not in kinds[at:end]:
                end = _number_end(visual, at)
        yield list(visual[at:end])
        at = end


def _number_end(visual: Sequence[_Cluster], at: int) -> int:
    """Return the end of a number, with the separators between its digits."""
    text = "".join(cluster[0].char for cluster in visual[at : at + 40])
    found = re.match(r"\d+(?:[.,:/\u066b\u066c-]\d+){0,12}[%\u066a]?", text)
    return at + (found.end() if found else 1)
