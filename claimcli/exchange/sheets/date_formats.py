"""Formats of cells that show only the month or the year of a date.

A workbook has a whole day for "Dec 2021", the first; without this, the import would invent it.
"""

import re
from html import unescape

_CUSTOM = re.compile(rb"<(?:\w+:)?numFmt\s[^>]*>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb'<(?:\w+:)?xf\s[^>]*?\bnumFmtId="(\d{1,9})"')
_NUMBER, _CODE = re.compile(rb'\bnumFmtId="(\d{1,9})"'), re.compile(rb'\bformatCode="([^"]*)"')
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|;.*', re.DOTALL)
_MONTH_YEAR = {b"17": 7}
"""The format of the standard that has a number and shows no day: ``mmm-yy``."""


def shown_lengths(styles: bytes) -> dict[int, int]:
    """Return how much of an ISO date is shown by a style, by its number: 7 or 4 characters.

    Styles that show the day, or no date, are left out. ``styles`` is the file ``styles.xml``.
    """
    lengths = dict(_MONTH_YEAR)
    for tag in _CUSTOM.findall(styles):
        number, code = _NUMBER.search(tag), _CODE.search(tag)
        length = _length(unescape(code[1].decode("utf-8", "replace"))) if code else 0
        if number and length:
            lengths[number[1]] = length
    part = _STYLES.search(styles)
    formats = _STYLE.findall(part[0]) if part else []
    return {index: lengths[name] for index, name in enumerate(formats) if name in lengths}


def _length(code: str) -> int:
    """Return the characters of an ISO date that a format shows, 0 if it shows a day or no date."""
    letters = set(_LITERAL.sub("", code.lower()))
    if "y" not in letters or letters & {*"dhs0#?"}:
        return 0
    return 7 if "m" in letters else 4
