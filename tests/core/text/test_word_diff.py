"""Which words of two texts are marked as different."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.core.text.word_diff import compare_words, word_count, word_keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("-4.5%", "4.5%"), ("4.5%", "45%"), (".5", "5"), ("-½", "½"), ("$9", "£9"), ("(–3)", "(3)"),
        ("✔", "✘"), ("F#", "F"), ("A-", "A"), ("10⁷", "107"), ("की", "के"), ("résumé", "resume"),
        ("9%", "9"), ("#1", "1"),
    ],
)  # fmt: skip
def test_signs_currencies_points_and_vowel_signs_are_marked(one: str, other: str) -> None:
    """The whole word is marked in both texts, and the words around it are not."""
    left, right = compare_words(f"It rose by {one} in May.", f"It rose by {other} in May.")

    assert [segment.text for segment in left if segment.differs] == [one]
    assert [segment.text for segment in right if segment.differs] == [other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yes,", "yes"), ("“Yes.”", "yes"), ("(yes)", "yes!"), ("don’t", "don't"), ("5.", "5"),
        ("\u22122", "-2"), ("3–5", "3-5"), ("ｙｅｓ", "yes"), ("e\u0301te\u0301", "été"), ("—no", "no"),
    ],
)  # fmt: skip
def test_case_typography_and_punctuation_are_not_marked(one: str, other: str) -> None:
    assert word_keys(one) == word_keys(other)


def test_a_ligature_of_several_words_is_one_word() -> None:
    """The words of the text and their forms for comparison are counted alike."""
    text = "He said \ufdfa and left."

    assert len(word_keys(text)) == len(text.split())
    assert [s.text for s in compare_words(text, text)[0]] == [text]


@given(st.text(st.one_of(st.characters(), st.sampled_from(" \t\n\u3000水管ｙa한é"))))
def test_each_wide_letter_counts_as_a_word(text: str) -> None:
    """Also a wide space; the letters between them are divided at spaces."""
    wide = [unicodedata.east_asian_width(letter) in "WF" for letter in text]
    others = "".join(" " if w else letter for letter, w in zip(text, wide, strict=True))

    assert word_count(text) == sum(wide) + len(others.split())
