"""Dates in words, such as '30 December 2021', for documents that people read."""

import re

from claimcli.core.dates import Date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SIGNS = {"~": "about ", "?": "possibly ", "%": "possibly about "}
_OPEN = ("", "..")
_PARTS = re.compile(
    r"(?P<year>[0-9]{3}[0-9X])(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?:T(?P<time>[0-9:]+)(?P<zone>Z|[+-][0-9:]+)?)?(?P<sign>[~?%]?)",
    re.ASCII,
)


def long_date(date: Date) -> str:
    """Return a date in words; a range as 'A to B', 'before B' or 'after A'.

    A date of which only the latest day is known is 'by 30 December 2021'. A date with rare
    unspecified digits, such as 20XX, is returned as written.
    """
    if date.no_later:
        return f"by {_single(date.text.removeprefix('by '))}"
    start, slash, end = date.text.partition("/")
    if not slash:
        return _single(start)
    if start in _OPEN:
        return f"before {_single(end)}"
    if end in _OPEN:
        return f"after {_single(start)}"
    return f"{_single(start)} to {_single(end)}"


def _single(text: str) -> str:
    """Return one end of a range, or a date that is no range."""
    parts = _PARTS.fullmatch(text)
    if not parts or (parts["year"].endswith("X") and parts["month"]):
        return text
    time = f", {parts['time']}" if parts["time"] else ""
    zone = {"Z": " (UTC)", None: ""}.get(parts["zone"], f" (UTC{parts['zone']})")
    return f"{_SIGNS.get(parts['sign'], '')}{_day(parts)}{time}{zone}"


def _day(parts: re.Match[str]) -> str:
    year, month, day = parts["year"], parts["month"], parts["day"]
    if year.endswith("X"):
        return f"the {year[:3]}0s"
    if month is None:
        return year
    if month == "XX":
        return f"{'a day' if day else 'a month'} of {year}"
    named = f"{_MONTHS[int(month) - 1]} {year}"
    if day is None:
        return named
    return f"a day of {named}" if day == "XX" else f"{int(day)} {named}"
