"""Carets are under the part of a line that a message is about."""

import pytest

from claimcli.formats.carets import caret_lines


@pytest.mark.parametrize(
    ("before", "columns"),
    [("abc", 3), ("水质", 4), ("e\u0301e", 2), ("กี่ ", 2), ("कु ", 2), ("שָׁ ", 2)],
)
def test_marks_take_no_column_and_wide_letters_two(before: str, columns: int) -> None:
    _, carets = caret_lines(f"{before}xy", len(before), len(before) + 2)

    assert carets == f"  {' ' * columns}^^"
