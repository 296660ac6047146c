"""Search for many phrases at once."""

from hypothesis import given
from hypothesis import strategies as st

from claimcli.core.text.phrases import PhraseFinder, words_of_text

WORDS = st.lists(st.sampled_from("abc"), max_size=30).map(tuple)


@given(st.sets(WORDS.filter(bool), max_size=8), WORDS)
def test_same_as_searching_each_phrase(
    phrases: set[tuple[str, ...]], words: tuple[str, ...]
) -> None:
    """Each phrase that occurs is found, and is reported once."""
    occurring = {p for p in phrases if f" {' '.join(p)} " in f" {' '.join(words)} "}

    assert sorted(PhraseFinder(phrases).find(words)) == sorted(occurring)


def test_words_without_case_and_marks() -> None:
    """Case, punctuation, and the width of characters are ignored."""
    assert words_of_text("„Straße“ (ＡＢＣ)-x_y") == ("strasse", "abc", "x", "y")
    assert words_of_text("水管 B") == ("水", "管", "b")
