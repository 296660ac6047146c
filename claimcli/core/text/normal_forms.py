"""Forms of texts for comparison: composed, without differences of case or typography."""

import unicodedata
from functools import cache

QUOTES = (
    "\"'\u00ab\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u2e42"
    "\u300c\u300d\u300e\u300f\u301d\u301e\u301f\ufe41\ufe42\ufe43\ufe44"
)
"""The characters with the Unicode property Quotation_Mark, without full-width forms."""
_RANGES = ((0x132, 0x133), (0x587, 0x587), (0x3000, 0x3000), (0xFB00, 0xFDFF), (0xFE70, 0xFFEF))
_FORMS = ("<wide>", "<narrow>", "<compat>", "<isolated>", "<initial>", "<medial>", "<final>")
"""Decompositions of characters in these ranges that are forms of ordinary characters."""
_HYPHENS = dict.fromkeys((0x2010, 0x2011, 0x2212), "-")


def fold_case(text: str) -> str:
    """Return a text without case, in Unicode normal form C (Unicode 15, D145)."""
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())


def fold_typography(text: str) -> str:
    """Return a text without case, with ordinary characters for full-width and half-width forms.

    The same for ligatures, Arabic presentation forms, hyphens and the minus sign; superscripts,
    fractions and circled numbers stay.
    """
    if text.isascii():
        return text.casefold()
    return fold_case(unicodedata.normalize("NFC", text).translate(_ordinary_forms()))


@cache
def _ordinary_forms() -> dict[int, str]:
    """Return the ordinary form of each full-width, half-width, Arabic or ligature character."""
    codes = (code for first, last in _RANGES for code in range(first, last + 1))
    forms = (c for c in codes if unicodedata.decomposition(chr(c)).startswith(_FORMS))
    return _HYPHENS | {code: unicodedata.normalize("NFKC", chr(code)) for code in forms}
