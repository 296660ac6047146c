"""Similar statements are found without comparing all, and none is missed."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.analysis import near_duplicates as module
from claimcli.analysis.near_duplicates import (
    MOST_OF_WORDING,
    near_duplicates,
    parse_jaccard,
    word_pairs,
)
from claimcli.core.problems import ClaimcliError

WORDS = st.sampled_from(
    ["the", "water", "main", "leaks", "again", "on", "Monday", "水", "は", "safe"]
)
STATEMENTS = st.lists(st.lists(WORDS, max_size=9).map(" ".join), max_size=25)
THRESHOLDS = st.sampled_from((0.1, 0.25, 1 / 3, 0.5, 0.6, 0.75, 0.9, 1.0))


def similarity(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the Jaccard index of word pairs, 0 without pairs."""
    every = {*one, *other}
    return len({*one} & {*other}) / len(every) if every else 0.0


def similar(one: str, other: str) -> float:
    return round(similarity(word_pairs(one), word_pairs(other)), 3)


def compare_all(statements: list[str], jaccard: float) -> set[tuple[int, int, float]]:
    pairs = [word_pairs(statement) for statement in statements]
    compared = (
        (one, other, similarity(pairs[one], pairs[other]))
        for one, other in combinations(range(len(statements)), 2)
    )
    return {(one, other, score) for one, other, score in compared if score >= jaccard}


@given(STATEMENTS, THRESHOLDS)
def test_the_result_is_that_of_comparing_each_statement_with_every_other_one(
    statements: list[str], jaccard: float
) -> None:
    """For any statements and threshold; each pair is found once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_OF_WORDING", len(statements))
        pairs = list(near_duplicates(statements, jaccard))
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == compare_all(statements, jaccard)


@given(STATEMENTS, THRESHOLDS, st.integers(1, 4), st.integers(1, 5), st.integers(1, 3))
def test_the_result_does_not_depend_on_how_the_work_is_divided(
    statements: list[str], jaccard: float, frequent: int, small: int, part: int
) -> None:
    """Frequent pairs, large groups and parts of the index only save time and memory."""
    expected = sorted(near_duplicates(statements, jaccard))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "FREQUENT", frequent)
        patch.setattr(module, "_SMALL_GROUP", small)
        patch.setattr(module, "_PART", part)
        patch.setattr(module, "_SLOTS", 4)
        assert sorted(near_duplicates(statements, jaccard)) == expected


def test_similarity_is_the_share_of_common_word_pairs() -> None:
    """One word of eight changes two of seven pairs: five of nine are common."""
    one = "The council repaired the old main on Monday."
    assert similar(one, "The council replaced the old main on Monday.") == 0.556
    assert similar(one, "the council repaired the old main on Monday") == 1.0
    assert similar(one, "The council repaired the old main on Monday 12.") == 0.875
    assert similar(one, "Nobody did.") == 0.0


def test_words_are_compared_without_case_and_punctuation_but_with_signs_and_accents() -> None:
    assert similar("“It  LEAKS”, he said", "it leaks he said") == 1.0
    assert similar("It rose by 3.5 %", "It rose by 35 %") < 1
    assert similar("It rose by 5", "It rose by -5") < 1
    assert similar("का खे", "की खे") == 0.0
    assert similar("水は安全です", "水は安全でない") == 0.571


def test_a_statement_of_one_word_is_similar_to_itself_alone_and_one_without_words_to_none() -> None:
    assert similar("No.", "no!") == 1.0
    assert similar("No.", "No, never.") == 0.0
    assert list(near_duplicates(["…", "…", "", ""], 0.1)) == []


def test_many_claims_with_the_same_words_are_paired_with_the_first_of_them() -> None:
    """The number of rows grows with the claims, not with their square."""
    pairs = list(near_duplicates(["The main leaks."] * 1000 + ["The main leaks again."], 0.5))
    first = MOST_OF_WORDING
    assert len(pairs) == first * (first - 1) // 2 + (1000 - first) + first
    assert (0, 999, 1.0) in pairs
    assert (1, 999, 1.0) not in pairs
    assert (0, 1000, 2 / 3) in pairs


def test_statements_that_follow_one_template_are_compared_with_those_of_similar_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_NEIGHBOURS", 3)
    statements = [f"The reading of meter {number} is correct" for number in range(100)]
    pairs = list(near_duplicates(statements, 0.3))
    assert 0 < len(pairs) <= 3 * len(statements)
    assert set(pairs) <= compare_all(statements, 0.3)


def test_only_the_beginning_of_a_huge_statement_is_compared() -> None:
    text = " ".join(map(str, range(5000)))
    assert len(word_pairs(text)) == module.MOST_WORDS - 1


@pytest.mark.parametrize("value", [0, 0.09, 1.01, -1, float("nan")])
def test_a_similarity_that_cannot_be_requested_is_an_error(value: float) -> None:
    assert parse_jaccard(0.5) == 0.5
    with pytest.raises(ClaimcliError) as error:
        parse_jaccard(value)
    assert str(error.value).startswith(f"a similarity of '{value:g}' is out of range")


def test_long_statements_of_one_template_are_found() -> None:
    """They share nearly all word pairs, of which only the rarest is used to compare them."""
    text = " ".join(f"word{number}" for number in range(400))
    statements = [f"{text} {number}" for number in range(50)]

    pairs = list(near_duplicates(statements, 0.5))

    assert len(pairs) == 50 * 49 // 2
    assert {score for _, _, score in pairs} == {399 / 401}
