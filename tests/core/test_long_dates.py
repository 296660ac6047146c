"""Dates in words."""

import pytest

from claimcli.core.dates import no_later_than, parse_date
from claimcli.core.long_dates import long_date


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021", "2021"),
        ("2021-12", "December 2021"),
        ("2021-12-03", "3 December 2021"),
        ("2021-12-30T15:35", "30 December 2021, 15:35"),
        ("2021-12-30T15:35-05:00", "30 December 2021, 15:35 (UTC-05:00)"),
        ("2021-12-30T15:35Z", "30 December 2021, 15:35 (UTC)"),
        ("2021-12-30~", "about 30 December 2021"),
        ("2021-12?", "possibly December 2021"),
        ("2021%", "possibly about 2021"),
        ("202X", "the 2020s"),
        ("20XX", "20XX"),
        ("2021-XX", "a month of 2021"),
        ("2021-XX-XX", "a day of 2021"),
        ("2021-12-XX", "a day of December 2021"),
        ("2021/2022-02", "2021 to February 2022"),
        ("../2022-02-01", "before 1 February 2022"),
        ("2022-02-01/..", "after 1 February 2022"),
    ],
)
def test_a_date_is_written_in_words(text: str, words: str) -> None:
    assert long_date(parse_date(text)) == words


def test_only_the_latest_day_is_known() -> None:
    latest = no_later_than([parse_date("2021-12-31")])

    assert latest
    assert long_date(latest) == "by 31 December 2021"
