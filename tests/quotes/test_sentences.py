"""Passages and clauses around a part of a text."""

import pytest

from claimcli.quotes.sentences import clause_before, ended_block, passage


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


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("A. Roe\tThe pump was off.", "cell of a table"),
        ("The pump was off.\n\nB. Doe\tIt was on.", "cell of a table"),
        ("The pump was off\n\nA night at the station", "heading"),
        ("Wer schloss das Ventil\n\n„Ich war es nicht“", "heading"),
        ("The pump was off.\n\nA night at the station", ""),
        ("She was asked:\n\nWas it off?", ""),
        ("the end of\n\nthe sentence", ""),
        ("in the year\n\n2021", ""),
        ("The pump\n\twas\n\tOff", ""),
        ("The pump was off\nOn the other hand", ""),
        ("泵关了\n\n我们走", ""),
    ],
)
def test_a_cell_or_heading_ends_within_a_span(text: str, block: str) -> None:
    """A sentence can go on in the next paragraph, and an indentation separates no cells."""
    assert ended_block(text, (0, len(text))) == block
    assert ended_block(text, (0, 3)) == ""
