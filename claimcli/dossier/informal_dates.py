"""Dates as people write them, such as ``Dec 30, 2021``, converted to EDTF."""

import re
from datetime import date

from claimcli.core.dates import parse_date

_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTHS = {
    **{name: number for number, name in enumerate(_NAMES, 1)},
    **{name[:3]: number for number, name in enumerate(_NAMES, 1)},
    "sept": 9,
}
_YEAR = "(?P<year>1[5-9][0-9]{2}|2[01][0-9]{2})"
"""Years for which eight digits that begin with the year cannot be read as beginning with a day."""
_DAY = "(?P<day>[0-9]{1,2})"
_NTH = f"{_DAY}(?:st|nd|rd|th)?"
_NAME = r"(?P<name>[a-z]{3,9})\.?"
_FORMS = (
    f"{_YEAR}(?P<mark>[-/.\u2010-\u2015\u2212])(?P<month>[0-9]{{1,2}})(?P=mark){_DAY}",
    f"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",
    f"{_NTH}[ -](?:of )?{_NAME},?[ -]{_YEAR}",
    f"{_NAME} {_NTH},? {_YEAR}",
    f"{_YEAR}[ -]{_NAME}[ -]{_DAY}",
    f"{_NAME},? {_YEAR}",
)
"""Compiled on first use: that takes longer than reading a file."""
_MOMENT = r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}\S*)"


def edtf_of(text: str) -> str:
    """Return the date that a text means, in the form that ``parse_date`` takes, or "".

    Understood are ``2021/12/30``, ``2021-1-5``, ``20211230``, ``30 December 2021``,
    ``Dec 30, 2021``, ``December 2021`` and ``2021-12-30 15:35``; not ``30.12.2021`` and ``5/4/23``,
    which mean different days in different countries.
    """
    words = " ".join(text[:60].split())
    if moment := re.fullmatch(_MOMENT, words, re.ASCII):
        return valid_date(f"{moment[1]}T{moment[2]}")
    flags = re.IGNORECASE | re.ASCII
    match = next(filter(None, (re.fullmatch(form, words, flags) for form in _FORMS)), None)
    return valid_date(_edtf(match.groupdict())) if match and len(text) <= 60 else ""


def _edtf(parts: dict[str, str]) -> str:
    name = parts.get("name")
    month = _MONTHS.get(name.lower(), 0) if name else int(parts["month"])
    if "day" not in parts:
        return f"{parts['year']}-{month:02}"
    try:
        return date(int(parts["year"]), month, int(parts["day"])).isoformat()
    except ValueError:
        return ""


def valid_date(text: str) -> str:
    """Return a date in EDTF as ``parse_date`` writes it, "" for other texts."""
    try:
        return parse_date(text).text
    except ValueError:
        return ""
