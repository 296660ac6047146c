"""Dates in the columns of a sheet."""

import pytest

from claimcli.exchange.sheets.date_cells import date_column
from claimcli.exchange.sheets.sheet import CellError


def parsed(*texts: str, epoch: int = 1900, order: str = "") -> list[str]:
    """Return the dates in a column, or what is wrong with them."""
    cells = list(enumerate(texts, 2))
    column = date_column(3, cells, epoch=epoch, order=order)
    found = (column.parse(row, text) for row, text in cells)
    return [one.message if isinstance(one, CellError) else one for one in found]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021", "2021"),
        ("2021-12?", "2021-12?"),
        ("44561", "2021-12-31"),
        ("44561.75", "2021-12-31T18:00"),
        ("44561,5", "2021-12-31T12:00"),
        ("60", "no date '60'"),
        ("31.12.2021", "2021-12-31"),
        ("1. 5. 2021", "2021-05-01"),
        ("31.12.2021 9:05", "2021-12-31T09:05"),
        ("12.31.2021", "no date '12.31.2021'"),
        ("12/31/2021 15:05:30", "2021-12-31T15:05:30"),
        ("5/5/2021", "2021-05-05"),
        ("1/2/2021", "'1/2/2021' can be two dates"),
        ("30-12-2021", "2021-12-30"),
        ("31/12/21", "'31/12/21' can be a date of several centuries"),
        ("Fri, Dec 31, 2021", "2021-12-31"),
        ("Friday 31 December 2021", "2021-12-31"),
        ("2021-12-31 13:05", "2021-12-31T13:05"),
        ("31.02.2021", "no date '31.02.2021'"),
        ("n.d.", "no date 'n.d.'"),
    ],
)
def test_a_date_as_people_write_it(text: str, date: str) -> None:
    """A date with one meaning is read as EDTF; another one is not guessed."""
    assert parsed(text) == [date]


def test_serial_numbers_of_the_1904_calendar() -> None:
    """They are 1,462 days less than those of the 1900 calendar."""
    assert parsed("43099", epoch=1904) == ["2021-12-31"]


def test_the_first_date_with_one_reading_decides_for_the_column() -> None:
    """Later ones of the other order are mistakes; an order that the user gives comes first."""
    assert parsed("1/2/2021", "1/13/2021") == ["2021-01-02", "2021-01-13"]
    assert parsed("1/2/2021", "13/1/2021", "1/14/2021") == [
        "2021-02-01", "2021-01-13", "no date '1/14/2021' in a column with the day first"
    ]  # fmt: skip
    assert parsed("1/2/2021", order="day-first") == ["2021-02-01"]
    assert parsed("13/1/2021", order="month-first") == [
        "no date '13/1/2021' in a column with the month first"
    ]
