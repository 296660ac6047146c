"""The known word that a word must be a misspelling of."""

import pytest

from claimcli.core.text.suggestions import typo_of

KEYS = ("id", "party", "statement", "said", "source", "sources", "quote", "note", "tags")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("statment", "statement"),
        ("Statement", "statement"),
        ("sorce", "source"),
        ("sorces", "sources"),
        ("qoute", "quote"),
        ("sourcs", ""),  # as close to the one as to the other
        ("tag", ""),  # too short for a misspelling
        ("nothing", ""),
    ],
)
def test_a_key_is_a_misspelling_of_the_closest_one(word: str, meant: str) -> None:
    assert typo_of(word, KEYS) == meant


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("minstry-letter", ("ministry-letter", "press"), "ministry-letter"),
        ("minstry-letter", ("ministry-letter", "minister-letter"), "ministry-letter"),
        ("letter-a", ("letter-b", "letter-cc"), ""),
        ("letter-2023", ("letter-2022",), ""),
        ("letter2", ("letter22",), ""),
        ("pipe-was-unsound", ("pipe-was-sound",), ""),
    ],
)
def test_an_id_is_a_misspelling_of_one_without_close_neighbours(
    word: str, known: tuple[str, ...], meant: str
) -> None:
    """Another id that is nearly as close leaves a doubt; other digits mean another id."""
    assert typo_of(word, known, alone=1) == meant
