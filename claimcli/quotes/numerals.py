"""Numbers as they are printed: signs, separators, ranges, fractions, per cents and millions.

A quote that contains only a part of such a number states another number. Units are not part of it.
"""

import re

from claimcli.quotes.searchable import TextSpan

MAX_NUMERAL = 40
"""Longest text before and after a position that is searched for a number, in characters."""

CURRENCY_SIGNS = "$\u00a2-\u00a5\u058f\u060b\u09f2\u09f3\u0e3f\u17db"
CURRENCY_SIGNS += "\u20a0-\u20cf\ufdfc\uff04\uffe0\uffe1\uffe5\uffe6"
"""Unicode category Sc, as a character class."""
_SPACE = " \u00a0\u2007\u2009\u202f"
_GROUPS = rf"(?<![\d.,])\d{{1,3}}(?:[{_SPACE}]\d{{3}})+(?!\d)(?:[.,]\d+)?"
_JOINED = r"\d+(?:(?:[.,:/'\u2019\u00b7\u066b\u066c]|[\u2010-\u2013-]\n?)\d+)*"
_MULTIPLIERS = (
    r"hundred|thousand|[mbtr]{1,2}illions?|[bt]n|dozen|per[ ]?cent"
    r"|tausend|Tausend|Mio|Mrd|Million(?:en)?|Milliarden?|Billion(?:en)?|Prozent"
    r"|mille|milliards?|Mds?|pour[ ]cent"
    r"|mil|mill[o\u00f3]n(?:es)?|por[ ]ciento"
    r"|\u0442\u044b\u0441|\u0442\u044b\u0441\u044f\u0447\w{0,3}|\u043c\u043b\u043d|\u043c\u043b\u0440\u0434|\u0442\u0440\u043b\u043d"
    r"|(?:\u043c|\u0431|\u0442\u0440)\u0438\u043b\u043b\u0438\u043e\u043d\w{0,3}|\u043c\u0438\u043b\u043b\u0438\u0430\u0440\u0434\w{0,3}|\u043f\u0440\u043e\u0446\u0435\u043d\u0442\w{0,3}"
)
"""Words that multiply the number before them, and per cent, in the languages of the warnings."""
_NUMERAL = re.compile(
    rf"""
    (?:(?<![\w)\]])[-+\u2212]|(?<!\n)[<>][ ]?|[\u00b1~\u223c\u2248\u2264\u2265][ ]?)?  # signs
    (?:[{CURRENCY_SIGNS}][{_SPACE}]?)?
    (?:(?<![\w.])\.)?
    (?:{_GROUPS}|{_JOINED})
    (?:[ ]?[\u00d7x\u00b7\u22c5][ ]?10)?
    (?:\^[-\u2212]?\d+|[\u2070\u00b9\u00b2\u00b3\u2074-\u207b]+)?
    (?:[{_SPACE}]?[%\u066a\u2030\uff05]|[{CURRENCY_SIGNS}+]|[{_SPACE}\n](?:{_MULTIPLIERS})\b
        |[{_SPACE}]?[\u767e\u5343\u4e07\u842c\u5104\u4ebf\u5146])?
    """,
    re.VERBOSE,
)
_DIGIT = re.compile(r"\d")


def cut_numeral(text: str, at: int) -> TextSpan | None:
    """Return the span of the number that a position divides, or None."""
    if not _DIGIT.search(text, max(0, at - 3), at + 3):
        return None
    first = max(0, at - MAX_NUMERAL)
    while 0 < first < at and text[first].isalnum():
        first += 1  # begin at the start of a word
    for found in _NUMERAL.finditer(text, first, at + MAX_NUMERAL):
        if found.end() > at:
            return found.span() if found.start() < at else None
    return None
