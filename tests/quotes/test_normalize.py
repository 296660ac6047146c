"""Normalizing texts, and the equivalence of fast and simple implementations."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claimcli.quotes.locate import _near_anchors, _occurrences
from claimcli.quotes.normalize import _SPECIAL, _replacement, normalize
from claimcli.quotes.searchable import SearchableText

SPECIMENS = st.text(
    st.sampled_from("abA$%()[]\u2019 .,-\u2014\u2013\n\r\t'\"\u201c\u201d\u00ab\u00bb ;:!?1\u2026\u00ad\u200b\ufb01\u0301\u00e9\u6df1\u3002\uff21\u0640\u064e\u0651\u05be\u2060\f\u00b2\u207b\u207f\uff76\uff9e\u0e49\u0e4d\u0e32\u2f2d"),
    max_size=30,
)  # fmt: skip


@given(SPECIMENS)
def test_fast_search_for_replacements(text: str) -> None:
    """The result is the same as trying every alternative at every character."""
    assert normalize(text).text == _SPECIAL.sub(_replacement, text)


@given(SPECIMENS)
def test_mapping_to_the_original(text: str) -> None:
    """Characters of the normalized text correspond to spans of the original in the same order."""
    normalized = normalize(text)
    ends = [normalized.original(n, n + 1) for n in range(len(normalized.text))]

    assert all(0 <= start <= end <= len(text) for start, end in ends)
    assert all(one[0] <= other[0] for one, other in pairwise(ends))


PARTS = ("quick", "Quick", "brown", "foxes", "a", "of", "\u201c", "\u201d", '"', " ", "  ", "\n", ", ",
         " \u2014 ", "--", ".", "\ufb01", "\u00ad", "-\f", "\u200b", "\uff51\uff55", "\u00b2", "\u064e", "-\n", "\u0301", "deploying", "ploy")  # fmt: skip
SENTENCES = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)


@given(SENTENCES, st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map("".join))
def test_search_near_anchors(text: str, quote: str) -> None:
    """The result is that of normalizing everything, or nothing, which then has to be done."""
    wanted = normalize(quote).text.strip()
    found = _near_anchors(wanted, SearchableText(text))
    normalized = normalize(text)
    every = {normalized.original(*span) for span in _occurrences(normalized.text, wanted)}

    assert not found or set(found) == every
