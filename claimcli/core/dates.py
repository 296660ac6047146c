"""Dates as people know them: the Extended Date/Time Format, level 0 and the common level 1.

The format is the Library of Congress's EDTF, now annex A of ISO 8601-2:2019. Supported are years,
months, days, times with or without an offset, ``~`` ``?`` ``%`` for approximate and uncertain,
``X`` for unspecified digits, and intervals with an open or unknown end.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from msgspec import Struct

FIRST = datetime(1, 1, 1)
LAST = datetime(9999, 12, 31, 23, 59, 59)
ZONE_UNCERTAINTY = timedelta(hours=14)
"""How far a time without an offset may be from UTC."""

REVERSED, SWAP = "ends before it begins", "swap the two"
"""What is wrong with a range, and the hint."""

DATE_FORMS = "write it as 2021, 2021-12, 2021-12-30, 2021-12-30T15:35-05:00, 2021-12?, 202X or A/B"

_DAY = (
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
    r"[~?%]?"
)
"""Compiled on first use, as other patterns that a start does not need."""


DateOrder = tuple[date, int, datetime, datetime]

UNDATED: DateOrder = (LAST.date(), 9, LAST, LAST)
"""The sorting key of a missing date, after all dates."""


class Date(Struct, frozen=True, gc=False, array_like=True):
    """A date as written, and the first and last moment it can mean.

    The bounds are naive and in the time zone of the text, so that a day is a day in its own zone.
    ``utc`` are the same bounds in UTC, None if the text has no offset from UTC. ``no_later`` marks
    a date of which only the latest moment is known; see :func:`no_later_than`.
    """

    text: str
    earliest: datetime
    latest: datetime
    utc: tuple[datetime, datetime] | None = None
    no_later: bool = False

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Date({self.text!r})"

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """The bounds in UTC if they are known, else in local time."""
        return self.utc or (self.earliest, self.latest)

    @property
    def order(self) -> DateOrder:
        """The sorting key: the first day, then times of that day by earliest and latest.

        A date of which only the latest moment is known comes at the end of that day.
        """
        if self.no_later:
            return (self.latest.date(), 2, self.latest, self.latest)
        timed = self.utc is not None or self.earliest.time() != time()
        return (self.earliest.date(), int(timed), *self.instants)


@lru_cache(maxsize=16_384)
def parse_date(text: str) -> Date:
    """Read one EDTF date or interval.

    Raises ValueError, with a message for the user, if the text is not a date or names a day that
    no calendar has.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _single(text)
    if "/" in end or (start in ("", "..") and end in ("", "..")):
        raise ValueError(f"no date '{text}'")
    first = _single(start) if start not in ("", "..") else Date("", FIRST, FIRST)
    last = _single(end) if end not in ("", "..") else Date("", LAST, LAST)
    if reversed_range(first, last):
        raise ValueError(f"'{text}' {REVERSED}")
    utc = (first.utc[0], last.utc[1]) if first.utc and last.utc else None
    return Date(text, first.earliest, last.latest, utc)


def no_later_than(published: Iterable[Date]) -> Date | None:
    """Return when something was said that documents of some dates report.

    This is no later than the earliest of the dates; None if none of them has an end.
    """
    ended = [date for date in published if date.latest < LAST]
    if not ended:
        return None
    date = min(ended, key=lambda date: (date.latest, LAST - date.earliest, date.text))
    day, _, _ = date.text.rpartition("/")[2].partition("T")
    utc = (FIRST, date.utc[1]) if date.utc else None
    return Date(f"by {day}", FIRST, date.latest, utc, no_later=True)


def date_pattern() -> str:
    """Return a pattern, valid in JSON Schema too, for the texts that :func:`parse_date` accepts.

    It also matches days that no calendar has. Its groups have no names, since ECMA-262 spells
    named groups differently.
    """
    day = re.sub(r"\?P<\w+>", "?:", _DAY)
    return rf"(?:{day}(?:/(?:\.\.|{day})?)?|(?:\.\.)?/{day})"


def certainly_after(one: Date, other: Date) -> bool:
    """Return whether ``one`` is later than ``other`` for all that the two can mean.

    If only one of them has an offset from UTC, the unknown offset of the other is allowed for.
    """
    if one.utc is None and other.utc is None:
        return one.earliest > other.latest
    return one.instants[0] - other.instants[1] > zone_doubt(one, other)


def zone_doubt(one: Date, other: Date) -> timedelta:
    """Return how much the time between two dates can differ because one has no offset from UTC."""
    return ZONE_UNCERTAINTY if (one.utc is None) != (other.utc is None) else timedelta()


def date_hint(error: ValueError, forms: str = DATE_FORMS) -> str:
    """Return the hint for an error of :func:`parse_date`; ``forms`` are the ways to write dates."""
    return SWAP if REVERSED in str(error) else forms


def overlap(one: Date | None, other: Date | None) -> bool:
    """Return whether two dates can mean the same time; a missing one overlaps everything.

    If only one has an offset from UTC, the days count as written.
    """
    if one is None or other is None:
        return True
    return not reversed_range(one, other) and not reversed_range(other, one)


def reversed_range(first: Date, last: Date) -> bool:
    """Return whether a range from one date to another would end before it begins."""
    if first.utc and last.utc:
        return first.utc[0] > last.utc[1]
    return first.earliest > last.latest


def date_span(dates: Iterable[Date | None]) -> tuple[Date, Date] | None:
    """Return the first date and the one that ends last, None without dates."""
    distinct = dict.fromkeys(date for date in dates if date)
    known = sorted(distinct, key=lambda date: (date.order, date.text))
    if not known:
        return None
    return known[0], max(known, key=lambda date: (date.latest, date.earliest))


def shift(moment: datetime, by: timedelta) -> datetime:
    """Return a moment earlier or later by a duration, within the years 1 to 9999."""
    try:
        return moment + by
    except OverflowError:
        return FIRST if by < timedelta() else LAST


def _single(text: str) -> Date:
    """Return a date that is no interval."""
    match = re.fullmatch(_DAY, text)
    if not match:
        raise ValueError(f"no date '{text}'")
    year, month, day = match["year"], match["month"], match["day"]
    if (match["hour"] and not day) or (month == "XX" and day not in (None, "XX")):
        raise ValueError(f"no date '{text}'")
    try:
        return _moment(match) if match["hour"] else Date(text, *_days(year, month, day))
    except (ValueError, OverflowError, IndexError):
        raise ValueError(f"the date '{text}' does not exist") from None


def _days(year: str, month: str | None, day: str | None) -> tuple[datetime, datetime]:
    first_year, last_year = max(int(year.replace("X", "0")), 1), int(year.replace("X", "9"))
    first_month, last_month = (
        (1, 12) if month in (None, "XX") else (int(month or 0), int(month or 0))
    )
    if day in (None, "XX"):
        first_day, last_day = 1, _month_length(last_year, last_month)
    else:
        first_day = last_day = int(day or 0)
        if (first_month, first_day) == (2, 29):
            leap_years = [y for y in range(first_year, last_year + 1) if _month_length(y, 2) == 29]
            first_year, last_year = leap_years[0], leap_years[-1]
    return (
        datetime(first_year, first_month, first_day),
        datetime(last_year, last_month, last_day, 23, 59, 59),
    )


def _month_length(year: int, month: int) -> int:
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _moment(match: re.Match[str]) -> Date:
    """Return a time of day: a minute or a second."""
    first = datetime.fromisoformat(match[0].rstrip("~?%"))
    length = timedelta(seconds=0 if match["second"] else 59)
    earliest = first.replace(tzinfo=None)
    if first.tzinfo is None:
        return Date(match[0], earliest, earliest + length)
    utc = first.astimezone(UTC).replace(tzinfo=None)
    return Date(match[0], earliest, earliest + length, (utc, utc + length))
