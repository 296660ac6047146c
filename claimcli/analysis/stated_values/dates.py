"""The dates and times of day that a statement mentions, as people write them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from claimcli.quotes.searchable import TextSpan

_MONTHS = (
    "january jan januar janvier enero января январь",
    "february feb februar février febrero февраля февраль",
    "march mar märz mars marzo марта март",
    "april apr avril abril апреля апрель",
    "may mai mayo мая май",
    "june jun juni juin junio июня июнь",
    "july jul juli juillet julio июля июль",
    "august aug août agosto августа август",
    "september sep sept septembre septiembre сентября сентябрь",
    "october oct oktober octobre octubre октября октябрь",
    "november nov novembre noviembre ноября ноябрь",
    "december dec dezember décembre diciembre декабря декабрь",
)
"""The names of each month, in the languages of the lists of polarity."""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_SHORT = frozenset(("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct"))
_AMBIGUOUS = frozenset(("may", "march", "mars", "mai", "май", "nov", "dec")) | _SHORT
"""Names that are a month only next to a day, a year or a preposition."""
_NAME = rf"(?P<name>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<year>1[0-9]\d\d|20\d\d|21\d\d)(?![\d,.]?\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|\.)?"
_OTHER_DAY = (
    r"(?:(?P<first>[0-3]?\d)(?:st|nd|rd|th|\.)?\s*(?:-|\u2013|\bto\b|\band\b|\bor\b|&)\s*)?"
)
_OF = r"\s+(?:of\s+|de\s+)?"
_WHEN = (
    r"\b(?:in|since|until|till|by|before|after|from|of|during|for|early|late|mid|last|next|this|through"
    r"|between|year|spring|summer|autumn|fall|winter|im|seit|en|depuis|desde|\u0432|\u0441)[ -]"
)
_COUNTED = re.compile(
    r"[ \u00a0](?:[a-z]+s|people|men|women|children|per ?cent|million|km|kg|m)\b"
    r"|\s?[%\u20ac\u00b0]"
)
"""What follows a number of four digits that is no year."""
_NAMED_YEAR = re.compile(rf"(?:{_WHEN}|\b(?:the|its|their) )$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_FORMS = (
    r"(?<![\d-])(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3]\d))?(?:T(?P<time>\d\d:\d\d)\S*)?(?![\d-])",
    r"(?<![\d/.])(?P<day>[0-3]?\d)(?P<mark>[/.])(?P<month>[0-3]?\d)(?P=mark)(?P<year>\d{4}|\d\d)(?![\d/])",
    rf"(?<![\w.,]){_OTHER_DAY}{_DAY}{_OF}{_NAME}(?:,?{_OF}{_YEAR})?",
    rf"\b{_NAME}\s+{_OTHER_DAY}{_DAY}(?![\w%:]|[.,]\d)(?:,?\s+{_YEAR})?",
    rf"\b{_NAME},?{_OF}{_YEAR}",
    r"\b(?P<decade>1[0-9]\d0|20\d0)['\u2019]?s\b",
    r"(?<![\w:.,])(?P<time>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?",
    r"(?<![\w:.,])(?P<time>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:])",
    r"(?<![\w:.,])(?P<time>[01]?\d|2[0-3]) o['\u2019]clock\b",
    rf"(?<![\w.,$\u20ac\u00a3-]){_YEAR}",
)
"""The forms that have digits, the longest first."""
_FORMS_IN_WORDS = (
    rf"\b{_NAME}",
    rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})s?\b",
    r"\b(?:at|by|until|till|before|after|since|around) (?P<clock>noon|midnight)\b",
    r"\b(?P<relative>yesterday|today|tomorrow)\b",
    r"\b(?P<relative>last|next|this) (?P<period>week|month|year|decade|century)\b",
)


DateParts = Mapping[str, int | str]


class StatedDate(Struct, frozen=True):
    """A date in a text: what is known of it, such as ``{"day": 12, "month": 1}``, and its span.

    A date like 5/4/2023 has two readings.
    """

    readings: tuple[DateParts, ...]
    span: TextSpan

    def agrees(self, other: "StatedDate") -> bool:
        """Return whether both can be the same date, and have something in common."""
        return any(
            one.keys() & more.keys() and all(more.get(key, one[key]) == one[key] for key in one)
            for one in self.readings
            for more in other.readings
        )

    def conflicts(self, other: "StatedDate") -> bool:
        """Return whether both name the same part, such as the month, differently."""
        return all(
            any(key in more and more[key] != one[key] for key in one)
            for one in self.readings
            for more in other.readings
        )


def stated_dates(text: str) -> list[StatedDate]:
    """Return the dates and times that a text mentions, in its order."""
    found: list[StatedDate] = []
    taken: list[TextSpan] = []
    for form in _forms(has_digits=bool(_DIGIT.search(text))):
        for match in form.finditer(text):
            start, end = match.span()
            if any(start < last and end > first for first, last in taken):
                continue
            if dates := list(_dates(match, text)):
                found += dates
                taken.append((start, end))
    return sorted(found, key=lambda date: date.span)


@cache
def _forms(*, has_digits: bool) -> tuple[re.Pattern[str], ...]:
    forms = (*_FORMS, *_FORMS_IN_WORDS) if has_digits else _FORMS_IN_WORDS
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _dates(match: re.Match[str], text: str) -> Iterator[StatedDate]:
    """Yield the dates of a match; two for "12 and 13 January", none for a word like "may"."""
    parts = {key: value for key, value in match.groupdict().items() if value}
    before = text[max(0, match.start() - 20) : match.start()]
    if parts.keys() == {"year"} and not _is_year(text[match.end() : match.end() + 20], before):
        return
    if parts.keys() == {"name"} and not _is_month(match[0], before):
        return
    written = match[0].rstrip(" ,") if parts.get("half") else match[0].rstrip(" .,")
    span = match.start(), match.start() + len(written)
    for day in filter(None, (parts.get("first"), parts.get("day", "-"))):
        readings = tuple(_readings(parts | {"day": day}))
        if readings:
            yield StatedDate(readings, span)


def _is_year(following: str, before: str) -> bool:
    """Return whether four digits are a year: "2000 people" is a number, "in 2000" a year."""
    return not _COUNTED.match(following) or bool(_NAMED_YEAR.search(before))


def _is_month(written: str, before: str) -> bool:
    """Return whether a word is the name of a month: "March" can be a verb, "may" is one."""
    if not written[0].isupper():
        return False
    name = written.rstrip(".").lower()
    return name not in _AMBIGUOUS or bool(re.search(rf"{_WHEN}$", before, re.IGNORECASE))


def _readings(parts: Mapping[str, str]) -> Iterator[DateParts]:
    """Yield what the parts of a date can mean."""
    known = dict(_known(parts))
    day, month = int(known.get("day", 1)), int(parts.get("month", "0"))
    if not 1 <= day <= 31:
        return
    if not month:
        yield known
    elif "mark" not in parts:
        yield known | {"month": month}
    else:
        pairs = {(day, month), (month, day)} if parts["mark"] == "/" else {(day, month)}
        yield from (
            known | {"day": d, "month": m} for d, m in pairs if 1 <= m <= 12 and 1 <= d <= 31
        )


def _known(parts: Mapping[str, str]) -> Iterator[tuple[str, int | str]]:
    """Yield the parts of a date that have one meaning."""
    if name := parts.get("name"):
        yield "month", _MONTH_NUMBERS[name.lower()]
    if parts["day"] != "-":
        yield "day", int(parts["day"])
    if year := parts.get("year"):
        full = int(year) if len(year) > 2 else 2000 + int(year)
        yield from (("year", full), ("decade", full // 10))
    if decade := parts.get("decade"):
        yield "decade", int(decade) // 10
    if weekday := parts.get("weekday"):
        yield "weekday", weekday.lower()
    if "time" in parts or "clock" in parts:
        yield "time", _minutes(parts)
    if relative := parts.get("relative"):
        yield f"relative {parts.get('period', 'day').lower()}", relative.lower()


def _minutes(parts: Mapping[str, str]) -> int:
    """Return a time of day in minutes."""
    if clock := parts.get("clock"):
        return 12 * 60 if clock.lower() == "noon" else 0
    hour, _, minute = parts["time"].partition(":")
    hours = int(hour)
    if half := parts.get("half"):
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    return hours * 60 + int(minute or parts.get("minute", "0"))
