"""Superscripts and subscripts: footnote marks are removed, exponents never join their number."""

import re
from collections.abc import Mapping

_NAMES = """\
    footnote-ref footnoteref footnote-reference footnote-link footnote-anchor fn-ref fnref noteref
    note-ref endnote-ref mw-ref mw-reflink cite-ref sdfootnoteanc sdendnoteanc doc-noteref"""
_REFERENCES = frozenset(_NAMES.split())
"""Classes and roles of references to notes in common authoring tools."""
_PERHAPS = ("reference", "footnote")
"""Classes that mean so in a superscript or a link within the page only."""
_NUMBERS = r"\d{1,3}(?:\s?[,;\u2013-]\s?\d{1,3}){0,20}"
_SYMBOLS = r"[*\u2020\u2021\u00a7\u00b6#\u2016,;]{1,5}"
_NOTE = r"(?:notes?|nb?|fn|ref|anm|fu\u00dfnote|fussnote)\.?\s?\d{1,3}"
_INNER = rf"(?:{_NUMBERS}|{_SYMBOLS}|[a-z]|[ivx]{{1,5}}|{_NOTE})"
_BRACKETED = re.compile(rf"(?:\[\s?{_INNER}\s?\]\s?){{1,10}}|\(\s?{_INNER}\s?\)", re.IGNORECASE)
_MARK = re.compile(rf"{_INNER}|{_BRACKETED.pattern}", re.IGNORECASE)
_SURE_MARK = re.compile(rf"{_SYMBOLS}|{_NOTE}|{_BRACKETED.pattern}", re.IGNORECASE)
_ENDS_IN_NUMBER = re.compile(r"[\d.,'\u2019\u00a0\u202f]*\d\Z")
_NO_BASE = re.compile(r"(?:1[5-9]|20)\d\d|\d{1,3}(?:[,'\u2019\u00a0\u202f]\d{3})+")
"""Years and long numbers with separators, of which nobody writes a power."""
_ENDS_IN_WORD = re.compile(r"[^\W\d_]{1,40}\Z")
_BASE_NAMES = "sin cos tan log ln km hm dm cm mm \u00b5m \u03bcm nm m ft yd mi nmi s h"
_BASES = frozenset(_BASE_NAMES.split())
"""Units and functions, whose raised number is no footnote mark."""
_LETTERS = re.compile(r"[A-Za-z](?:\s?,\s?[a-z]){0,9}")
_ROMAN = re.compile(r"[IVXLCDM]+")
_ISOTOPE = re.compile(r"[A-Z][a-z]?(?![a-z])")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_FRACTION_BARS = ("/", "\u2044", "\u2215")
SUPERSCRIPT = str.maketrans(
    "0123456789+-\u2212=()n",
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207b\u207c\u207d\u207e\u207f",
)
_RAISED = tuple(map(chr, SUPERSCRIPT.values()))
SUBSCRIPT = str.maketrans(
    "0123456789+-\u2212=()",
    "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u208b\u208c\u208d\u208e",
)


def refers_to_note(tag: str, attributes: Mapping[str, str]) -> bool:
    """Return whether an element says of itself that it refers to a note."""
    if tag not in ("a", "span", "sup", "sub"):
        return False
    written = (attributes.get(name, "") for name in ("class", "role", "epub:type", "rel"))
    names = " ".join(written).lower().split()
    perhaps = tag == "sup" or "#" in attributes.get("href", "")
    return not _REFERENCES.isdisjoint(names) or (perhaps and any(n in names for n in _PERHAPS))


def is_note_link(text: str, href: str, *, raised: bool) -> bool:
    """Return whether a link within the page, with nothing but a footnote mark, leads to a note."""
    pattern = _MARK if raised else _BRACKETED
    return href.startswith("#") and pattern.fullmatch(text.strip()) is not None


def without_mark(text: str, *, before: str, after: str, raised: str, certain: bool) -> str | None:
    """Return the text of an element that is raised, or refers to a note; None if it is a mark.

    ``before`` and ``after`` are the text around it, ``raised`` is ``super``, ``sub`` or "";
    ``certain`` says that the element refers to a note if its text can be a footnote mark.
    """
    written = text.strip()
    if raised != "super":
        is_mark = certain and _MARK.fullmatch(written)
        return None if is_mark else text.translate(SUBSCRIPT if raised else {})
    if (_MARK if certain else _SURE_MARK).fullmatch(written):
        return None
    if re.fullmatch(_NUMBERS, written):
        return None if _is_note_number(before, after) else text.translate(SUPERSCRIPT)
    if _LETTERS.fullmatch(written) and written != "n":
        return None if _is_note_letter(before) else text
    is_word = re.search(r"[^\W\d_]{2}", written) and not re.search(r"\d", written)
    return text if is_word else text.translate(SUPERSCRIPT)


def _is_note_number(before: str, after: str) -> bool:
    """Return whether a raised number is a footnote mark, not an exponent or part of a unit."""
    if before.endswith(_RAISED):
        return True
    if number := _ENDS_IN_NUMBER.search(before):
        return _NO_BASE.fullmatch(number[0]) is not None
    spaced_number = before[-1:].isspace() and before.rstrip()[-1:].isdigit()
    if after.startswith(_FRACTION_BARS) or spaced_number:
        return False
    word = _ENDS_IN_WORD.search(before)
    if word is None:
        return not (before[-1:].isspace() and _ISOTOPE.match(after))
    if len(word[0]) == 1:
        return word[0] in "aAI"
    return word[0] not in _BASES and (len(word[0]) > 2 or _VOWEL.search(word[0]) is not None)


def _is_note_letter(before: str) -> bool:
    """Return whether a raised letter is a footnote mark rather than the end of an abbreviation."""
    if _ENDS_IN_NUMBER.search(before):
        return False
    word = _ENDS_IN_WORD.search(before)
    return word is None or (len(word[0]) > 2 and not _ROMAN.fullmatch(word[0]))
