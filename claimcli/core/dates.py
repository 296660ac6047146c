"""Dates as people know them: the Extended Date/Time Format, level 0 and the common level 1.

The format is the Library of Congress's EDTF, now annex A of ISO 8601-2:2019. Supported are years,
months, days, times with or without an offset, ``~`` ``?`` ``%`` for approximate and uncertain,
``X`` for unspecified digits, and intervals with an open or unknown end.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from msgspec import Struct

FIRST = datetime(1, 1, 1)
LAST = datetime(9999, 12, 31, 23, 59, 59)
ZONE_UNCERTAINTY = timedelta(hours=14)
"""How far a time without an offset may be from UTC."""

DATE_FORMS = "write it as 2021, 2021-12, 2021-12-30, 2021-12-30T15:35-05:00, 2021-12?, 202X or A/B"

_DAY = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
    r"[~?%]?",
    re.ASCII,
)


class Date(Struct, frozen=True, gc=False, array_like=True):
    """A date as written, and the first and last moment it can mean.

    The bounds are naive: in UTC if the text has an offset (``zoned``), else in local time.
    """

    text: str
    earliest: datetime
    latest: datetime
    zoned: bool = False

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Date({self.text!r})"

    @property
    def order(self) -> tuple[datetime, datetime]:
        """The sorting key: by earliest, then by latest."""
        return (self.earliest, self.latest)


@lru_cache(maxsize=16_384)
def parse_date(text: str) -> Date:
    """Read one EDTF date or interval.

    Raises ValueError, with a message for the user, if the text is not a date or names a day that
    no calendar has.
    """
    start, slash, end = text.partition("/")
    if not slash:
        earliest, latest, zoned = _bounds(text)
        return Date(text, earliest, latest, zoned)
    if "/" in end or (start in ("", "..") and end in ("", "..")):
        raise ValueError(f"no date '{text}'")
    earliest, _, first_zoned = _bounds(start) if start not in ("", "..") else (FIRST, FIRST, False)
    _, latest, last_zoned = _bounds(end) if end not in ("", "..") else (LAST, LAST, False)
    if earliest > latest:
        raise ValueError(f"'{text}' ends before it begins")
    return Date(text, earliest, latest, first_zoned and last_zoned)


def date_pattern() -> str:
    """Return a pattern, valid in JSON Schema too, for the texts that :func:`parse_date` accepts.

    It also matches days that no calendar has. Its groups have no names, since ECMA-262 spells
    named groups differently.
    """
    day = re.sub(r"\?P<\w+>", "?:", _DAY.pattern)
    return rf"(?:{day}(?:/(?:\.\.|{day})?)?|(?:\.\.)?/{day})"


def certainly_after(one: Date, other: Date) -> bool:
    """Return whether ``one`` is later than ``other`` for all that the two can mean.

    If only one of them has an offset from UTC, the unknown offset of the other is allowed for.
    """
    doubt = ZONE_UNCERTAINTY if one.zoned != other.zoned else timedelta()
    return one.earliest - other.latest > doubt


def overlap(one: Date | None, other: Date | None) -> bool:
    """Return whether two dates can mean the same time; a missing one overlaps everything."""
    if one is None or other is None:
        return True
    return not certainly_after(one, other) and not certainly_after(other, one)


def shift(moment: datetime, by: timedelta) -> datetime:
    """Return a moment earlier or later by a duration, within the years 1 to 9999."""
    try:
        return moment + by
    except OverflowError:
        return FIRST if by < timedelta() else LAST


def _bounds(text: str) -> tuple[datetime, datetime, bool]:
    match = _DAY.fullmatch(text)
    if not match:
        raise ValueError(f"no date '{text}'")
    year, month, day = match["year"], match["month"], match["day"]
    if (match["hour"] and not day) or (month == "XX" and day not in (None, "XX")):
        raise ValueError(f"no date '{text}'")
    try:
        if match["hour"]:
            return _moment(match)
        return (*_days(year, month, day), False)
    except (ValueError, OverflowError):
        raise ValueError(f"the date '{text}' does not exist") from None


def _days(year: str, month: str | None, day: str | None) -> tuple[datetime, datetime]:
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    first_month, last_month = (
        (1, 12) if month in (None, "XX") else (int(month or 0), int(month or 0))
    )
    if day in (None, "XX"):
        first_day, last_day = 1, _month_length(last_year, last_month)
    else:
        first_day = last_day = int(day or 0)
    return (
        datetime(max(first_year, 1), first_month, first_day),
        datetime(last_year, last_month, last_day, 23, 59, 59),
    )


def _month_length(year: int, month: int) -> int:
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _moment(match: re.Match[str]) -> tuple[datetime, datetime, bool]:
    """Return the bounds of a time: a minute or a second, in UTC if it has an offset."""
    earliest = datetime.fromisoformat(match[0].rstrip("~?%"))
    if earliest.tzinfo:
        earliest = earliest.astimezone(UTC).replace(tzinfo=None)
    length = timedelta(seconds=0 if match["second"] else 59)
    return earliest, earliest + length, bool(match["offset"])
