"""What a word can only be a slip of."""

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
        ("sourcs", ""),  # as near to the one as to the other
        ("tag", ""),  # too short for a slip
        ("nothing", ""),
    ],
)
def test_a_key_is_a_slip_of_the_one_nearest(word: str, meant: str) -> None:
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
def test_an_id_is_a_slip_of_one_that_stands_alone(
    word: str, known: tuple[str, ...], meant: str
) -> None:
    """Another that is nearly as near leaves a doubt; another number is another thing."""
    assert typo_of(word, known, alone=1) == meant
