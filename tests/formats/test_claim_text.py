"""Text about one claim that several formats share."""

import pytest

from claimcli.core.dates import parse_date
from claimcli.formats.claim_text import name_and_date


@pytest.mark.parametrize(
    ("name", "when", "text"),
    [
        ("A. Roe", "2023-05-02", "A. Roe, 2023-05-02"),
        ("דובר", "2023-05-02", "דובר, 2023-05-02"),
        ("علي حسن", "2023-05-02", "2023-05-02, علي حسن"),
        ("A. Roe (علي)", "2023-05-02", "2023-05-02, A. Roe (علي)"),
        ("", "2023", "2023"),
        ("علي", None, "علي"),
    ],
)
def test_a_date_is_before_an_arabic_name(name: str, when: str | None, text: str) -> None:
    """After one, terminals and browsers would show its day first."""
    assert name_and_date(name, parse_date(when) if when else None) == text
