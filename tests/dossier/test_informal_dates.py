"""Informal dates: those that mean one day, and ambiguous ones."""

from calendar import month_name
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.core.dates import parse_date
from claimcli.dossier.informal_dates import edtf_of


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2021/12/30", "2021-12-30"),
        ("2021.12.30", "2021-12-30"),
        ("2021–12–30", "2021-12-30"),
        ("2021-1-5", "2021-01-05"),
        ("20211230", "2021-12-30"),
        ("30 December 2021", "2021-12-30"),
        ("30th of December, 2021", "2021-12-30"),
        ("30-Dec-2021", "2021-12-30"),
        ("Dec 30, 2021", "2021-12-30"),
        ("dec. 30 2021", "2021-12-30"),
        ("2021 Dec 30", "2021-12-30"),
        ("December 2021", "2021-12"),
        ("Sept. 2021", "2021-09"),
        ("  May   5,\t2021 ", "2021-05-05"),
        ("2021-12-30 15:35", "2021-12-30T15:35"),
        ("2021-12-30 15:35-05:00", "2021-12-30T15:35-05:00"),
    ],
)
def test_an_unambiguous_date_is_converted(text: str, meant: str) -> None:
    assert edtf_of(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "30.12.2021", "12/30/2021", "5/4/23", "2021/12", "2021-1", "21-12-30", "30122021",
        "2021/30/12", "2021-2-30", "20210230", "31 June 2021", "Febtober 2021", "30 Dec", "now",
        "2021/12-30", "", "/", "9" * 1000, "１２ May 2021", "2021-12-30 later",
    ],
)  # fmt: skip
def test_an_ambiguous_date_is_not_converted(text: str) -> None:
    assert edtf_of(text) == ""


@given(st.dates(date(1500, 1, 1), date(2199, 12, 31)))
def test_every_day_is_converted_from_every_form(day: date) -> None:
    iso = day.isoformat()
    name = month_name[day.month]
    forms = (
        iso.replace("-", "/"), iso.replace("-", ""), f"{day.year}-{day.month}-{day.day}",
        f"{day.day} {name} {day.year}", f"{name[:3].upper()} {day.day}, {day.year}",
    )  # fmt: skip

    assert {edtf_of(form) for form in forms} == {iso}


@given(st.one_of(st.text(), st.from_regex(r"[0-9A-Za-z ,./-]{1,30}", fullmatch=True)))
def test_the_result_is_a_valid_date(text: str) -> None:
    """No text raises an error."""
    found = edtf_of(text)

    assert found == "" or parse_date(found).text == found
