"""Where a position divides a word or a number, and where it evidently does not."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimcli.quotes.word_boundary import divided_word, is_between_words

_PIECES = ("we", "a", "x", "10", "5", "Mio", "million", " ", " ", " ", ".", ",", ";", ":", "-", "%",
           "\u20ac", "'", "(", "\n", "\u0661", "\u00a0", "\u200b", "per cent", "\u4e07", "e\u0301")  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
@example("it rose 5 x 10 and 5 million, we said")
def test_a_position_between_words_divides_none(text: str) -> None:
    """The quick answer never hides a divided word or number."""
    between = [at for at in range(1, len(text)) if is_between_words(text, at)]
    assert [at for at in between if divided_word(text, at)] == []


def test_most_ends_of_quotes_are_between_words() -> None:
    """A word of letters next to a space or punctuation is whole."""
    text = "The dam is safe, we said."
    assert is_between_words(text, text.index("dam"))
    assert is_between_words(text, text.index(", we"))
    assert is_between_words(text, len(text) - 1)
    assert not is_between_words(text, text.index("am is"))
    assert not is_between_words("It rose .5 points", 9)
