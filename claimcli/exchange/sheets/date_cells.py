"""Dates in the columns of a sheet: EDTF, serial numbers, and days as countries write them.

A serial number counts days from 1900 or 1904, as spreadsheet programs do. Numbers with dots, such
as 31.12.2021, begin with the day. With slashes or hyphens, as in 12/31/2021, either the day or the
month is first; one cell of a column that can be read in only one way decides for the whole column.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from claimcli.core.dates import DATE_FORMS, date_hint, parse_date
from claimcli.dossier.informal_dates import edtf_of
from claimcli.exchange.sheets.sheet import CellError

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
"""The orders of day and month, as ``--map COLUMN=FIELD:ORDER`` names them."""
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:[.,][0-9]+)?", re.ASCII)
"""The days from 1927 to 2173; shorter numbers are years."""
_NUMBERS = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<sign>[./-])\s?(?P<second>[0-9]{1,2})(?P=sign)\s?(?P<year>[0-9]{4}|[0-9]{2})"
    r"(?:,?\s+(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?",
    re.ASCII,
)
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.I
)
_EPOCHS = {1900: datetime(1899, 12, 30), 1904: datetime(1904, 1, 1)}


class DateColumn(Struct, frozen=True):
    """How the dates of a column are written: ``order``, "" if no cell decides it; see above.

    ``decided_by`` is the row that decides the order, 0 without one. ``has_serial``: it has serial
    numbers.
    """

    column: int
    epoch: int = 1900
    order: str = ""
    decided_by: int = 0
    has_serial: bool = False

    def parse(self, row: int, text: str) -> str | CellError:
        """Return the date in a cell as EDTF, or the mistake in it."""
        try:
            return parse_date(text).text
        except ValueError as error:
            message, hint = str(error), date_hint(error)
        if _SERIAL.fullmatch(text):
            return _from_serial(float(text.replace(",", ".")), self.epoch)
        if match := _NUMBERS.fullmatch(text):
            return self._from_numbers(row, match)
        return edtf_of(_WEEKDAY.sub("", text, count=1)) or self._error(row, message, hint)

    def _from_numbers(self, row: int, match: re.Match[str]) -> str | CellError:
        if len(match["year"]) == 2:
            hint = "write the year with four digits"
            return self._error(row, f"'{match[0]}' can be a date of several centuries", hint)
        order = DAY_FIRST if match["sign"] == "." else self.order
        first, second = int(match["first"]), int(match["second"])
        if not order and first != second:
            message = f"'{match[0]}' can be two dates"
            hint = f"add ':{DAY_FIRST}' or ':{MONTH_FIRST}' to the field in --map COLUMN=FIELD"
            return self._error(row, message, hint)
        day, month = (second, first) if order == MONTH_FIRST else (first, second)
        text = f"{match['year']}-{month:02}-{day:02}"
        if match["time"]:
            text += f"T{match['time'].zfill(8 if match['time'].count(':') == 2 else 5)}"
        try:
            return parse_date(text).text
        except ValueError:
            how = (
                "" if match["sign"] == "." else f" in a column with the {order.split('-')[0]} first"
            )
            return self._error(row, f"no date '{match[0]}'{how}", DATE_FORMS)

    def _error(self, row: int, message: str, hint: str) -> CellError:
        return CellError(row, self.column, message, hint)


def date_column(
    column: int, cells: Iterable[tuple[int, str]], *, epoch: int, order: str = ""
) -> DateColumn:
    """Return how the dates of a column are written; ``cells`` are its rows and texts.

    The first cell that can be read in only one way decides, unless ``order`` is given.
    """
    texts = [cell for cell in cells if cell[1]]
    row, decided = next(_decisive(texts), (0, "")) if not order else (0, order)
    has_serial = any(_SERIAL.fullmatch(text) for _, text in texts)
    return DateColumn(column, epoch, decided, row, has_serial)


def _decisive(cells: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the rows with a number that cannot be a month, and the order in that row."""
    for row, text in cells:
        match = _NUMBERS.fullmatch(text)
        if match and match["sign"] != ".":
            first, second = int(match["first"]), int(match["second"])
            if first > 12 >= second:
                yield row, DAY_FIRST
            elif second > 12 >= first:
                yield row, MONTH_FIRST


def _from_serial(days: float, epoch: int) -> str:
    """Return the date of a serial number; a fraction of a day is a time, to the minute."""
    moment = _EPOCHS[epoch] + timedelta(minutes=round(days * 24 * 60))
    if days == int(days):
        return moment.date().isoformat()
    return moment.isoformat(timespec="minutes")
