"""Folding: what is set aside, and that the quick way to it changes nothing else."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claimcli.quotes.locate import _beside_anchors, _occurrences
from claimcli.quotes.normalize import _SPECIAL, _written, normalize
from claimcli.quotes.searchable import SearchableText

SPECIMENS = st.text(
    st.sampled_from("ab .,-\u2014\u2013\n\r\t'\"\u201c\u201d\u00ab\u00bb ;:!?1\u2026\u00ad\u200b\ufb01\u0301\u00e9\u6df1\u3002\uff21"),
    max_size=30,
)  # fmt: skip


@given(SPECIMENS)
def test_looking_only_where_something_may_stand_misses_nothing(text: str) -> None:
    """The same as trying every alternative at every character."""
    assert normalize(text).text == _SPECIAL.sub(_written, text)


@given(SPECIMENS)
def test_every_part_leads_back_to_the_text(text: str) -> None:
    """Parts of the folded text lie in the original in the same order, and the whole is the whole."""
    folded = normalize(text)
    ends = [folded.original(n, n + 1) for n in range(len(folded.text))]

    assert all(0 <= start <= end <= len(text) for start, end in ends)
    assert all(one[0] <= other[0] for one, other in pairwise(ends))


PARTS = ("quick", "Quick", "brown", "foxes", "a", "of", "\u201c", "\u201d", '"', " ", "  ", "\n", ", ",
         " \u2014 ", "--", ".", "\ufb01", "\u00ad", "-\n", "\u0301", "deploying", "ploy")  # fmt: skip
SENTENCES = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)


@given(SENTENCES, st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map("".join))
def test_looking_around_a_long_word_finds_what_folding_everything_finds(
    text: str, quote: str
) -> None:
    """The same places, or none at all, after which everything is folded."""
    wanted = normalize(quote).text.strip()
    found = _beside_anchors(wanted, SearchableText(text))
    folded = normalize(text)
    every = {folded.original(*stretch) for stretch in _occurrences(folded.text, wanted)}

    assert not found or set(found) == every
