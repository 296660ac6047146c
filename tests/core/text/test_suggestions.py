"""The known word that a word must be a misspelling of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.core.text.suggestions import misspelled_id, typo_of

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
    ("name", "meant"),
    [
        ("minstry-letter", "ministry-letter"),  # missing
        ("ministry-leter", "ministry-letter"),  # one of two equal letters is missing
        ("minisstry-letter", "ministry-letter"),  # doubled
        ("ministry-lettter", "ministry-letter"),
        ("minitsry-letter", "ministry-letter"),  # transposed
        ("inistry-letter", ""),  # the first letter of a word
        ("ministr-letter", ""),  # the last
        ("ministry-lette", ""),
        ("ministry-etter", ""),
        ("mministry-letter", ""),
        ("ministryy-letter", ""),
        ("imnistry-letter", ""),
        ("ministyr-letter", ""),
        ("ministry-elttre", ""),
        ("minixstry-letter", ""),  # another letter too many
        ("minixtry-letter", ""),  # another letter
        ("minstry-leter", ""),  # two slips
        ("ministryl-etter", ""),  # between two words
        ("ministry-letter-2", ""),
        ("Minstry-letter", ""),
        ("presss", ""),  # the word that is meant has five letters
        ("ministry-letter", ""),
        ("", ""),
    ],
)
def test_an_id_is_misspelled_by_one_slip_inside_a_long_word(name: str, meant: str) -> None:
    assert misspelled_id(name, ("ministry-letter", "press")) == meant


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("memo-a", "memo-b"),
        ("bulletin-2022", "bulletin-2023"),
        ("bulletin-2032", "bulletin-2023"),
        ("minutes-jun", "minutes-jul"),
        ("annex-i", "annex-ii"),
        ("annex-xiv", "annex-xvi"),
        ("petrov", "petrova"),
        ("pipe-was-unsound", "pipe-was-sound"),
        ("well-form", "well-from"),  # a word of four letters
        ("aardvark", "ardvark"),  # perhaps the first letter
        ("report22", "report2"),
        ("кремлль", "кремль"),
    ],
)
def test_ids_that_are_written_alike_are_different(name: str, known: str) -> None:
    """What somebody cited is not changed, in whichever direction."""
    assert misspelled_id(name, [known]) == misspelled_id(known, [name]) == ""


def test_two_ids_that_could_be_meant_leave_a_doubt() -> None:
    assert misspelled_id("minisstry", ["ministry"]) == "ministry"
    assert misspelled_id("minisstry", ["ministry", "minisstrry"]) == ""
    assert misspelled_id("minisstry", ["ministry", "minister"]) == "ministry"


WORD = st.text("abcdefghij", min_size=1, max_size=9)
ID = st.lists(WORD | st.from_regex("[0-9]{1,4}", fullmatch=True), min_size=1, max_size=4)


@given(ID, ID)
def test_a_fixed_id_has_the_same_words_but_for_one_slip(one: list[str], two: list[str]) -> None:
    """Digits, number of words, and the ends of all words are the same, and only one word differs."""
    name, known = "-".join(one), "-".join(two)
    if not misspelled_id(name, [known]):
        return
    (pair,) = ((old, new) for old, new in zip(one, two, strict=True) if old != new)

    assert len(pair[1]) >= 6
    assert (pair[0][0], pair[0][-1]) == (pair[1][0], pair[1][-1])
    assert set(pair[0]) <= set(pair[1])


@given(st.data())
def test_every_slip_inside_a_long_word_is_fixed(data: st.DataObject) -> None:
    """A letter missing, doubled or transposed, of different neighbouring letters, at any place."""
    words = data.draw(ID)
    long = "".join(data.draw(st.permutations("abcdefgh"))[: data.draw(st.integers(6, 8))])
    at = data.draw(st.integers(1, len(long) - 2))
    slips = [long[:at] + long[at + 1 :], long[:at] + long[at] + long[at:]]
    if at < len(long) - 2:
        slips.append(long[:at] + long[at + 1] + long[at] + long[at + 2 :])
    place = data.draw(st.integers(0, len(words)))
    known, *names = ("-".join([*words[:place], w, *words[place:]]) for w in (long, *slips))

    assert [misspelled_id(name, [known]) for name in names] == [known] * len(names)
