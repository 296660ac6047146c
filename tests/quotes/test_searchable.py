"""The words of texts, and the equivalence of fast and simple implementations."""

import re
import sys
import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from claimcli.quotes.normalize import normalize
from claimcli.quotes.searchable import (
    _LAST_PLAIN,
    SearchableText,
    Words,
    _plain_word,
    _word,
    beyond_ascii,
)


@given(
    st.text(st.characters(max_codepoint=ord(_LAST_PLAIN)) | st.sampled_from("ab1-.,'$%+")),
    st.booleans(),
)
def test_fast_pattern_of_words(text: str, hyphens: bool) -> None:
    """In Latin, Greek and Cyrillic it matches what the pattern of all scripts matches."""
    normalized = normalize(text).text
    assume(max(normalized, default="") <= _LAST_PLAIN)  # two characters can become a later one
    simple = [found.span() for found in _word(hyphens=hyphens).finditer(normalized)]

    assert [found.span() for found in _plain_word(hyphens=hyphens).finditer(normalized)] == simple


def test_words_of_several_scripts() -> None:
    """They are in lower case, with one form of sigma, each with its span in the original."""
    words = Words(normalize("\u201cΝΑΟΣ\u201d  Vor-\nort, 1,5 % 深水"))

    assert words.words == ["ναοσ", "vorort", "1,5", "%", "深", "水"]
    assert [*words.spans()] == [(1, 5), (8, 16), (18, 21), (22, 23), (24, 25), (25, 26)]
    assert words.written(0, 1) == ["ΝΑΟΣ", "Vorort"]


@given(st.text())
def test_characters_beyond_ascii(text: str) -> None:
    """They are all characters that are not ASCII, in order."""
    assert beyond_ascii(text) == "".join(char for char in text if not char.isascii())


def test_characters_that_change_the_inside_of_words() -> None:
    """A text is unbroken only if no character within a word is removed or becomes a letter."""
    unused = ("Cn", "Co", "Cs")
    characters = (chr(n) for n in range(128, sys.maxunicode + 1))
    assigned = (char for char in characters if unicodedata.category(char) not in unused)
    changed = {
        char
        for char in assigned
        if re.fullmatch("x[A-Za-z]*y", normalize(f"x{char}y").text)
        and SearchableText(f"x{char}y").unbroken
    }

    assert changed == set()
    assert not SearchableText("\u212aelvin").unbroken
    assert SearchableText("Zürich, 深水, 5 km²").unbroken
