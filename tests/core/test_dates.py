"""Dates: their bounds, days in their own time zones, and the order of events."""

import pytest

from claimcli.core.dates import certainly_after, no_later_than, overlap, parse_date


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("200X-02-29", "2000-02-29", "2008-02-29"),
        ("203X-02-29", "2032-02-29", "2036-02-29"),
        ("21XX-02-29", "2104-02-29", "2196-02-29"),
        ("210X-02-29", "2104-02-29", "2108-02-29"),
        ("000X-02-29", "0004-02-29", "0008-02-29"),
        ("999X-02-29", "9992-02-29", "9996-02-29"),
        ("203X-02", "2030-02-01", "2039-02-28"),
        ("202X-02-28", "2020-02-28", "2029-02-28"),
        ("202X-02-29/203X-02-29", "2020-02-29", "2036-02-29"),
    ],
)
def test_29_february_of_an_unspecified_year_is_in_the_first_to_the_last_leap_year(
    text: str, earliest: str, latest: str
) -> None:
    date = parse_date(text)

    assert date.earliest.isoformat() == f"{earliest}T00:00:00"
    assert date.latest.isoformat() == f"{latest}T23:59:59"


@pytest.mark.parametrize("text", ["2023-02-29", "2100-02-29", "203X-02-30", "20XX-04-31"])
def test_a_day_that_no_such_year_has_does_not_exist(text: str) -> None:
    with pytest.raises(ValueError, match=f"the date '{text}' does not exist"):
        parse_date(text)


@pytest.mark.parametrize(
    ("one", "other", "overlaps"),
    [
        ("2023-05-02T22:00-07:00", "2023-05-02", True),
        ("2023-05-02T22:00-07:00", "2023-05-03", False),
        ("2023-05-03T01:00+09:00", "2023-05-02", False),
        ("2023-05-02T22:00-07:00", "2023-05-02T22:00", True),
        ("2023-05-02T22:00-07:00", "2023-05-03T05:00Z", True),
        ("2023-05-02T22:00-07:00", "2023-05-02T22:00Z", False),
        ("2023-05-02T10:00Z/2023-05-02T12:00Z", "2023-05-02T20:00+09:00", True),
        ("2023-05-02T22:00-07:00/2023-05-04", "2023-05-02T21:00Z", False),
    ],
)
def test_a_day_is_a_day_in_its_own_time_zone(one: str, other: str, overlaps: bool) -> None:
    """Only two times that both have an offset from UTC are compared in UTC."""
    assert overlap(parse_date(one), parse_date(other)) == overlaps
    assert overlap(parse_date(other), parse_date(one)) == overlaps


def test_the_order_of_events_allows_for_an_unknown_time_zone() -> None:
    """The evening of one day in Los Angeles may be after the next morning in Tokyo."""
    evening, next_day = parse_date("2023-05-02T22:00-07:00"), parse_date("2023-05-03")

    assert not certainly_after(next_day, evening)
    assert certainly_after(parse_date("2023-05-04"), evening)
    assert certainly_after(parse_date("2023-05-03T06:00Z"), evening)


def test_dates_are_sorted_by_day_then_by_the_moment() -> None:
    """A day comes before its times; times with an offset are in the order of the events."""
    texts = [
        "2023-05-02", "2023-05", "2023-05-02T13:00+03:00", "2023-05-02T11:00Z",
        "2023-05-02T22:00-07:00", "2023-05-03", "2023-05-03T01:00+09:00",
    ]  # fmt: skip
    dates = [parse_date(text) for text in reversed(texts)]

    assert [date.text for date in sorted(dates, key=lambda date: date.order)] == [
        "2023-05", *(text for text in texts if text != "2023-05"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("published", "text", "latest"),
    [
        (["2023-05-04"], "by 2023-05-04", "2023-05-04T23:59:59"),
        (["2023-05-06", "2023-05-04"], "by 2023-05-04", "2023-05-04T23:59:59"),
        (["2023", "2023-05-04"], "by 2023-05-04", "2023-05-04T23:59:59"),
        (["2023-05-31", "2023-05"], "by 2023-05-31", "2023-05-31T23:59:59"),
        (["2023-05"], "by 2023-05", "2023-05-31T23:59:59"),
        (["2023-05-04T09:30+09:00"], "by 2023-05-04", "2023-05-04T09:30:59"),
        (["2023-05-02/2023-05-04"], "by 2023-05-04", "2023-05-04T23:59:59"),
        (["2023-05-02/..", "2023-06-01~"], "by 2023-06-01~", "2023-06-01T23:59:59"),
    ],
)
def test_words_are_no_later_than_the_earliest_document(
    published: list[str], text: str, latest: str
) -> None:
    """The bound is the end of the date that ends first."""
    date = no_later_than(map(parse_date, published))

    assert date is not None
    assert (date.text, date.latest.isoformat()) == (text, latest)


def test_a_document_without_an_end_date_gives_no_bound() -> None:
    assert no_later_than([]) is None
    assert no_later_than([parse_date("2023-05-02/..")]) is None


def test_words_in_a_document_are_sorted_at_the_end_of_its_day() -> None:
    """They come after everything said on that day and before the next."""
    by = no_later_than([parse_date("2023-05-02T09:00+09:00")])
    late, next_day = parse_date("2023-05-02T23:59-11:00"), parse_date("2023-05-03")

    assert by is not None
    assert late.order < by.order < next_day.order
