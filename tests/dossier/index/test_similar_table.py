"""What the full-text table of similar claims takes for a word."""

import pytest

from claimcli.dossier.index.similar_table import spaced


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("12,000 jobs, 5 of 1.200.000", "12000 jobs, 5 of 1200000"),
        ("46.000! 1’000", "46000! 1000"),
        ("3.14 and 2016,300 and 12,000.50", "3.14 and 2016,300 and 12,000.50"),
        ("东西南 yes", " 东西 西南  yes"),
    ],
)
def test_groups_of_digits_are_joined_and_letters_without_spaces_are_paired(
    text: str, searched: str
) -> None:
    """A number is one word however it is grouped; the tokenizer knows no words without spaces."""
    assert spaced(text) == searched
