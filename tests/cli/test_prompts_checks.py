"""The checks of typed answers."""

import pytest

from claimcli.cli.prompts.checks import date_of, list_of, valid_id
from claimcli.core.problems import ClaimcliError


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2021-12-30", "2021-12-30"),
        ("2021-12?", "2021-12?"),
        ("2021-12-30T15:35-05:00", "2021-12-30T15:35-05:00"),
        ("2021/12/30", "2021-12-30"),
        ("2021-1-5", "2021-01-05"),
        ("20211230", "2021-12-30"),
        ("30 December 2021", "2021-12-30"),
        ("Dec 30, 2021", "2021-12-30"),
        ("December 2021", "2021-12"),
        ("2021-12-30 15:35", "2021-12-30T15:35"),
    ],
)
def test_a_date_is_taken_in_every_form_that_check_fixes(typed: str, date: str) -> None:
    assert date_of(typed) == date


@pytest.mark.parametrize("typed", ["30.12.2021", "5/4/23", "soon", "2021-02-30", "2022/2021"])
def test_an_ambiguous_or_impossible_date_is_refused(typed: str) -> None:
    """With the ways to write one."""
    with pytest.raises(ClaimcliError, match=r"; (write it as 2021|swap the two)"):
        date_of(typed)


def test_each_of_several_answers_is_checked() -> None:
    """They are separated by commas; empty ones do not count."""
    assert list_of(valid_id)("a, b-c ,, d") == "a, b-c, d"
    with pytest.raises(ClaimcliError, match="'B' is not a valid id; an id is made of"):
        list_of(valid_id)("a, B")
