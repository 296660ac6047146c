"""When two positions on an issue are the same, and when they do not exclude each other."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from claimcli.core.records import Issue

CompatiblePairs = frozenset[frozenset[str]]
"""Pairs of positions that do not exclude each other, each position by its key."""
_RANGES = ((0x132, 0x133), (0x587, 0x587), (0x3000, 0x3000), (0xFB00, 0xFDFF), (0xFE70, 0xFFEF))
_FORMS = ("<wide>", "<narrow>", "<compat>", "<isolated>", "<initial>", "<medial>", "<final>")
"""Decompositions of characters in these ranges that are forms of ordinary characters."""
_HYPHENS = dict.fromkeys((0x2010, 0x2011, 0x2212), "-")
_QUOTES = (
    "\"'\u00ab\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u2e42"
    "\u300c\u300d\u300e\u300f\u301d\u301e\u301f\ufe41\ufe42\ufe43\ufe44"
)
"""The characters with the Unicode property Quotation_Mark, without full-width forms."""
_FULL_STOPS = (".", "\u3002")


def position_key(position: str | None) -> str:
    """Return a text that is the same for all spellings of one position, "" for none.

    Ignores case, width, ligatures, the kind of hyphen or minus, runs of white space, quotation
    marks at the ends and one full stop at the end. Signs, currencies, decimal points, superscripts
    and vowel signs make a difference.
    """
    text = position or ""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_ordinary_forms())
        text = unicodedata.normalize("NFD", text)
    text = unicodedata.normalize("NFC", " ".join(text.casefold().split()))
    text = text.strip(f" {_QUOTES}")
    return text[:-1].rstrip(f" {_QUOTES}") if text.endswith(_FULL_STOPS) else text


@cache
def _ordinary_forms() -> dict[int, str]:
    """Return the ordinary form of each full-width, half-width, Arabic or ligature character."""
    codes = (code for first, last in _RANGES for code in range(first, last + 1))
    forms = (c for c in codes if unicodedata.decomposition(chr(c)).startswith(_FORMS))
    return _HYPHENS | {code: unicodedata.normalize("NFKC", chr(code)) for code in forms}


def compatible_pairs(issue: Issue | None) -> CompatiblePairs:
    """Return the pairs of positions that an issue declares compatible, none without an issue."""
    return pairs_of_keys(issue.compatible if issue else ())


def pairs_of_keys(pairs: Iterable[tuple[str, str]]) -> CompatiblePairs:
    """Return pairs of positions as pairs of their keys."""
    return frozenset(frozenset(map(position_key, pair)) for pair in pairs)
