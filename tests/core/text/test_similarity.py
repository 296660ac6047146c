"""The calibrated score of texts that share words."""

from claimcli.core.text.similarity import (
    Overlap,
    most_similar_first,
    overlap_of,
    similarity,
    word_weight,
)


def test_a_word_of_no_claim_has_the_weight_one_and_frequent_words_have_less() -> None:
    """Rare words say more about what a text is about."""
    assert word_weight(0, 20_000) == 1
    assert [round(word_weight(n, 20_000), 2) for n in (1, 100, 20_000)] == [0.95, 0.56, 0.01]


def test_a_word_of_one_claim_in_a_small_dossier_is_nearly_as_rare_as_in_a_large_one() -> None:
    """A dossier of three claims says little about how frequent words are."""
    assert [round(word_weight(1, claims), 2) for claims in (1, 3, 300, 1_000_000)] == [
        0.92, 0.92, 0.92, 0.96,
    ]  # fmt: skip


def test_words_of_the_context_count_half_and_further_words_of_the_statement_are_counted() -> None:
    """The context is a claim's quotes, question and titles; its further words do not matter."""
    weights = {"valv": 1.0, "council": 0.5, "knew": 0.25}

    overlap = overlap_of(weights, {"valv", "corner", "old"}, {"valv", "council", "wire", "report"})

    assert overlap == Overlap(shared=1.25, missing=0.5, extra=2)


def test_the_score_grows_with_shared_words_and_falls_with_others() -> None:
    """A statement with further words is less similar, as is a text with further words."""
    assert similarity(Overlap(5, 0, 0)) > similarity(Overlap(5, 0, 2)) > 0.9
    assert similarity(Overlap(5, 0, 0)) > similarity(Overlap(5, 2, 0)) > 0.9


def test_one_shared_word_among_many_is_no_similarity() -> None:
    """The score of claims that share a single word with a sentence is near 0."""
    assert round(similarity(Overlap(1, 5, 5)), 2) == 0.06


def test_a_claim_that_shares_less_than_the_most_similar_one_has_a_lower_score_than_alone() -> None:
    """The keys of claims are ordered by score, and claims of the same score by their keys."""
    weak, strong = Overlap(2, 3, 3), Overlap(4, 1, 1)

    ranked = most_similar_first([(3, weak), (2, strong), (1, strong)])

    scores = [(key, round(similarity(overlap), 2)) for key, overlap in ranked]
    assert scores == [(1, 0.98), (2, 0.98), (3, 0.04)]
    assert round(similarity(weak), 2) == 0.51
