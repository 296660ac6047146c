"""Passages and clauses around a part of a text."""

import pytest

from claimcli.quotes.sentences import clause_before, passage


@pytest.mark.parametrize(
    ("text", "part", "around", "before"),
    [
        ("It fell. It rose by about 1.5% in May. So.", "5% in", "It rose by about 1.5% in May.", " It rose by about 1."),
        ("It rose by .5% in May.", "5% in", "It rose by .5% in May.", "It rose by ."),
        ("It ended in 2021. 5 of them left.", "5 of", "5 of them left.", ""),
        ("It fell. It rose.", "It rose", "It rose.", ""),
    ],
)  # fmt: skip
def test_a_decimal_point_ends_no_sentence(text: str, part: str, around: str, before: str) -> None:
    """Even if the part begins inside the number."""
    start = text.index(part)
    first, last = passage(text, (start, start + len(part)))

    assert text[first:last] == around
    assert text[slice(*clause_before(text, start))].rstrip(" ") == before
