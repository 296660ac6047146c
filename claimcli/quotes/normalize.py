"""Text without differences of typesetting, with a mapping back to the original text.

Unified or removed are: the Unicode normal form (UAX 15, canonical), the style of quotation marks
and dashes and the spaces around them, spaces of every kind, line breaks, hyphenation at the end of
a line or page, soft hyphens, zero-width characters and the Arabic tatweel, ligatures and other
forms of ordinary characters (``character_forms.py``), and the ellipsis as one character or three.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from claimcli.quotes.character_forms import FORMS, RAISED, ordinary_form, raised_form

_QUOTES = "\"'`\u00b4\u02bc\u055a\u2018-\u201f\u2032-\u2037\u2039\u203a\u00ab\u00bb"
_QUOTES += "\u05f3\u05f4\u300c-\u300f\u301d-\u301f\uff02\uff07\uff62\uff63"
_DASHES = "\\-\u05be\u2010-\u2015\u2053\u207b\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
INVISIBLE = (
    "\u0001\u00ad\u0640\u200b\u200e\u200f\u2060\u2066-\u2069\u202a-\u202e\u061c\ufe00-\ufe0f\ufeff"
)
_UNSPACED = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Scripts in which a line break is not a space: Han, kana, and their punctuation."""

MAX_QUOTED = 600
"""Longest quotation whose opening mark is searched from its end, in characters."""
COMBINING_MARKS = "\u0300-\u036f\u0653-\u0655\u3099\u309a"
"""Marks that combine with the preceding letter in the canonical normal form."""
VOWEL_MARKS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
VOWEL_MARKS += "\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
"""Vowel points and reading marks of Hebrew and Arabic, which a quote can leave out."""
_MARKS = COMBINING_MARKS + VOWEL_MARKS
LINE_END_HYPHEN = "\u0001"
"""Represents a hyphen at the end of a line, which may or may not belong to the word."""

_BLANK = INVISIBLE + "\u200c\u200d\u2061-\u2064\u180e\ufff9-\ufffb"
"""Characters that are invisible next to spaces; joiners change words of some scripts."""
_LATIN = "[A-Za-z\u00c0-\u024f]"
_SPACE = rf"[{_BLANK}]*\s[\s{_BLANK}]*"
_GAP = rf"[\s{_BLANK}]*"
_SPECIAL = re.compile(
    rf"""
    (?P<hyphenation>(?<=[^\W\d_])[-\u2010\u00ad][ \t{INVISIBLE}]*[\r\n\f]{_GAP}(?=[^\W\d_])) |
    (?P<unspaced>(?<=[{_UNSPACED}]){_SPACE}(?=[{_UNSPACED}])) |
    (?P<before_sign>{_SPACE}(?=[{_DASHES}][$\u00a3\u00a5\u20ac]?\.?\d)) |
    (?P<before_mark>{_SPACE}(?=[;:!?\u00bb\u203a])) |
    (?P<after_mark>(?<=[\u00ab\u2039]){_SPACE}) |
    (?P<ellipsis>\u2026|\.\s?\.\s?\.) |
    (?P<dash>{_GAP}[{_DASHES}]+{_GAP}) |
    (?P<space>{_SPACE}) |
    (?P<invisible>[{INVISIBLE}]+|(?<={_LATIN})[\u200c\u200d]+(?={_LATIN})) |
    (?P<quote>''|``|,,|[{_QUOTES}]) |
    (?P<form>{FORMS}) |
    (?P<raised>[{RAISED}]+) |
    (?P<marked>[^{_MARKS}]?[{_MARKS}]+
        | [\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?) |
    (?P<other>[^\x00-\x7f])
    """,
    re.VERBOSE,
)
_REPLACEMENTS = {
    "hyphenation": LINE_END_HYPHEN, "before_sign": " ", "space": " ", "quote": "'",
    "ellipsis": "...",
}  # fmt: skip
_MARK = re.compile(f"[{_MARKS}]")
_UNSEEN = re.compile(f"[{_BLANK}]+")
_HINT = r"""
    (?:
        (?<=[ ])(?=[ ])|(?<=[\u00ab\u2039][ ]) |
        (?P<space>(?<=[0-9A-Za-z.,:;?!)\]]\n)(?=[0-9A-Za-z(\[])) |
        (?P<quote>(?<=["\u2018-\u201f])) |
        (?<=[ ][;:!?-]) | (?<=\.)(?=\s?\.) | (?<=,)(?=,) | (?<=')(?=') | (?<=-)(?![0-9A-Za-z]) |
        (?<![ .,;:!?'-])
    )
"""
_NEVER = r"0-9A-Za-z()/\[\]{}<>*_$%&#@+=~^|\\"
_HINT_IN_WORDS = re.compile(rf"[^ {_NEVER}]{_HINT}", re.VERBOSE)
_HINT_IN_SPACES = re.compile(rf"[^{_NEVER}]{_HINT}", re.VERBOSE)
"""Find the few positions where _SPECIAL can match; fast, since they begin with a character set.

The first does not find spaces, which is faster where none is unusual. The named groups are common
cases in which only the alternative of the same name can match.
"""


class NormalizedText(Struct, frozen=True):
    """A normalized text that consists of runs; ``starts`` are their positions in it.

    ``origins`` are the corresponding positions in the original text, which has ``length``
    characters. In a ``plain`` run each character corresponds to one of the original; any other run
    corresponds as a whole to a span of the original.
    """

    text: str
    length: int
    starts: Sequence[int]
    origins: Sequence[int]
    plain: bytes

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that corresponds to a span of the normalized text."""
        run = bisect_right(self.starts, start) - 1
        first = self.origins[run] + (start - self.starts[run] if self.plain[run] else 0)
        last = bisect_right(self.starts, end - 1) - 1
        if self.plain[last]:
            return first, self.origins[last] + (end - self.starts[last])
        return first, self.origins[last + 1] if last + 1 < len(self.origins) else self.length


def normalize(text: str) -> NormalizedText:
    """Return a normalized text, with :data:`LINE_END_HYPHEN` for hyphens at the ends of lines."""
    pieces: list[str] = []
    starts, origins, plain = array("q"), array("q"), bytearray()
    size = at = 0
    for start, end, replacement in _replacements(text):
        if start > at:
            starts.append(size)
            origins.append(at)
            plain.append(1)
            pieces.append(text[at:start])
            size += start - at
        starts.append(size)
        origins.append(start)
        plain.append(0)
        pieces.append(replacement)
        size += len(replacement)
        at = end
    starts.append(size)
    origins.append(at)
    plain.append(1)
    pieces.append(text[at:])
    return NormalizedText("".join(pieces), len(text), starts, origins, bytes(plain))


def _replacements(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start, end and replacement of each part that normalizing changes."""
    done = 0
    uneven = "  " in text or "\u00ab " in text or "\u2039 " in text
    for hint in (_HINT_IN_SPACES if uneven else _HINT_IN_WORDS).finditer(text):
        start = hint.start()
        if start < done:
            continue
        if hint.lastgroup:
            done = start + 1
            yield start, done, _REPLACEMENTS[hint.lastgroup]
            continue
        for at in (_earliest_start(text, start, done), start):
            found = _SPECIAL.match(text, at) if at >= done else None
            if found:
                done = found.end()
                replacement = _replacement(found)
                if replacement != found[0]:
                    yield at, done, replacement


def _earliest_start(text: str, at: int, least: int) -> int:
    """Return where a match at a character can begin: at spaces or a marked letter before it."""
    if not text[at].isascii() and _MARK.match(text, at):
        return max(least, at - 1)
    while at > least and text[at - 1] == " ":
        at -= 1
    return at


_LINE_END = "-\u2010\u2013"


def _is_outside(found: re.Match[str]) -> bool:
    """Return whether a space next to a guillemet is outside the quotation."""
    text, at = found.string, found.start()
    if found.lastgroup == "before_mark":
        if text[found.end()] not in "\u00bb\u203a":
            return False
        opens, closes = "\u00ab\u2039", "\u00bb\u203a"
    else:
        at -= 1
        opens, closes = "\u00bb\u203a", "\u00ab\u2039"
    least = max(0, at - MAX_QUOTED)
    last_open = max(text.rfind(mark, least, at) for mark in opens)
    last_close = max(text.rfind(mark, least, at) for mark in closes)
    return (last_open <= last_close) == (found.lastgroup == "before_mark")


@lru_cache(maxsize=1_024)
def _dash(written: str) -> str:
    """Return a dash between clauses with spaces, a hyphen or dash between numbers without."""
    written = _UNSEEN.sub("", written)
    line_end = written[0] in _LINE_END and written[1:].lstrip(" \t")[:1] in ("\n", "\r", "\f")
    spaced = written.strip() != written and not line_end
    long = len(written.strip()) > 1 or written.strip() in "\u2014\u2015\u2e3a\u2e3b\ufe58"
    return " - " if spaced or long else "-"


def _replacement(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    if kind in ("before_mark", "after_mark") and _is_outside(found):
        return " "
    if kind == "unspaced":
        return "" if "\n" in found[0] else " "
    if kind == "raised":
        return raised_form(found)
    written = _WRITTEN.get(kind)
    return written(found[0]) if written else _REPLACEMENTS.get(kind, "")


@lru_cache(maxsize=1_024)
def _composed(written: str) -> str:
    return unicodedata.normalize("NFC", written)


_WRITTEN: dict[str, Callable[[str], str]] = {
    "dash": _dash, "form": ordinary_form, "marked": _composed, "other": _composed,
}  # fmt: skip
