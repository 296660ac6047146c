"""Occurrences of quotes in texts; other words are never accepted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.quotes.locate import Match, locate
from claimcli.quotes.nearest import nearest_passage
from claimcli.quotes.searchable import SearchableText, words_of

CALL = (
    "Biden emphasised that Washington had no intention of deploying offensive strike weapons in "
    "Ukraine. The presidents agreed to continue the talks, and to \u201cwork on\u201d them.\n\n"
    "A second passage says that the presidents\u2019 aides will meet in Geneva \u2014 on 9 and 10 "
    "January \u2014 for 1.5 days at a cost of $5,000, or -3 %.\nIt was signed in the o\ufb03ce of "
    "the anti-\nwar league, under-\nstandably."
)


@pytest.mark.parametrize(
    ("quote", "match", "occurrence"),
    [
        ("had no intention", Match.EXACT, "had no intention"),
        ("The presidents agreed to continue the talks,", Match.EXACT,
         "The presidents agreed to continue the talks,"),
        ("weapons in Ukraine.  The presidents", Match.TYPOGRAPHIC,
         "weapons in Ukraine. The presidents"),
        ("deploying offensive strike weapons.", Match.TYPOGRAPHIC,
         "deploying offensive strike weapons"),
        ("to \"work on\" them", Match.TYPOGRAPHIC, "to \u201cwork on\u201d them"),
        ("presidents' aides", Match.TYPOGRAPHIC, "presidents\u2019 aides"),
        ("Geneva--on 9 and 10 January--for", Match.TYPOGRAPHIC,
         "Geneva \u2014 on 9 and 10 January \u2014 for"),
        ("-3 %. It was", Match.TYPOGRAPHIC, "-3 %.\nIt was"),
        ("the office of", Match.TYPOGRAPHIC, "the o\ufb03ce of"),
        ("the o\ufb03ce of", Match.EXACT, "the o\ufb03ce of"),
        ("the of\u00adfice of", Match.TYPOGRAPHIC, "the o\ufb03ce of"),
        ("league, understandably", Match.TYPOGRAPHIC,
         "league, under-\nstandably"),
        ("antiwar league", Match.TYPOGRAPHIC, "anti-\nwar league"),
        ("Washington had \u2026 of deploying", Match.EDITED,
         "Washington had no intention of deploying"),
        ("Washington had [...] weapons in Ukraine", Match.EDITED,
         "Washington had no intention of deploying offensive strike weapons in Ukraine"),
        ("[t]he presidents agreed", Match.EDITED, "The presidents agreed"),
        ("[They] agreed to continue", Match.EDITED, "agreed to continue"),
        ("[The leaders] agreed to continue [them], and", Match.EDITED,
         "agreed to continue the talks, and"),
        ("agreed to continue [sic] the talks", Match.EDITED, "agreed to continue the talks"),
        ("washington had no intention", Match.CASE, "Washington had no intention"),
        ("The presidents agreed; to continue the talks", Match.CASE,
         "The presidents agreed to continue the talks"),
        ("a cost of 5,000", Match.CASE, "a cost of $5,000"),
        ("at a cost of \u20ac5,000", None, ""),
        ("the anti-war league, understandably", Match.TYPOGRAPHIC,
         "the anti-\nwar league, under-\nstandably"),
        ("had every intention", None, ""),
        ("Moscow had no intention", None, ""),
        ("presidents refused to continue", None, ""),
        ("of deploying \u2026 Washington had", None, ""),
        ("for 15 days", None, ""),
        ("or 3 %", None, ""),
        ("cost of $5.000", None, ""),
        ("Washington had \u2026 will meet in Geneva", None, ""),
        ("Biden em\u2026sised that", None, ""),
        ("\u2026", None, ""),
        ("", None, ""),
    ],
)  # fmt: skip
def test_match(quote: str, match: Match | None, occurrence: str) -> None:
    """Only typesetting, marked editing, letter case and punctuation may differ."""
    text = SearchableText(CALL)
    found, where = locate(quote, text)

    assert found is match
    assert [CALL[place.start : place.end] for place in where] == ([occurrence] if match else [])


def test_all_occurrences() -> None:
    """All occurrences of the closest kind of match are returned."""
    found, where = locate("the talks", SearchableText("Of the talks, the talks, and The talks."))

    assert found is Match.EXACT
    assert [(place.start, place.end) for place in where] == [(3, 12), (14, 23)]


def test_spans_are_those_of_the_original_text() -> None:
    """Spans count code points of the original text, not of the normalized one."""
    text = "\u00ad\u201cA\u201d \ufb01nds\u00a0\u00a0\u2014 \U0001f600 e\u0301 it."
    found, (place,) = locate('"A" finds -- \U0001f600 \u00e9', SearchableText(text))

    assert found is Match.TYPOGRAPHIC
    assert text[place.start : place.end] == text[1:-4]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("深刻な懸念を表明した", "政府は深刻な\n懸念を表明した。"),
        ("की नीति", "सरकार की  नीति है"),
        ("« le pouvoir »", "il a dit « le pouvoir » hier"),
        ("в Киеве", "Он был в\u00a0Киеве вчера"),
    ],
)
def test_any_language(quote: str, text: str) -> None:
    """Differences of typesetting are ignored in any script."""
    assert locate(quote, SearchableText(text))[0] in (Match.EXACT, Match.TYPOGRAPHIC)


@pytest.mark.parametrize(
    ("quote", "text"), [("का", "की"), ("懸念しない", "懸念した"), ("mañana", "manana")]
)
def test_other_letters_in_any_language(quote: str, text: str) -> None:
    """Different letters or diacritics are different words in any script."""
    assert locate(quote, SearchableText(text)) == (None, ())


WORDS = CALL.partition("\n")[0].split()


@st.composite
def _altered(draw: st.DrawFn) -> str:
    """Return a part of the text with one word replaced, dropped or swapped."""
    first = draw(st.integers(0, len(WORDS) - 4))
    last = draw(st.integers(first + 3, len(WORDS)))
    words = WORDS[first:last]
    at = draw(st.integers(1, len(words) - 2))
    how = draw(st.sampled_from(["replace", "drop", "swap"]))
    if how == "replace":
        words[at] = draw(st.sampled_from(["every", "not", "Moscow", "x", words[at] + "s"]))
    elif how == "drop":
        del words[at]
    else:
        words[at - 1], words[at] = words[at], words[at - 1]
    marks = draw(st.sampled_from(["", "\u2026", "[sic]", "[a] "]))
    return " ".join(words) + (f" {marks}" if draw(st.booleans()) else "")


@given(_altered())
def test_changed_words_are_rejected(quote: str) -> None:
    """A quote is rejected if a word in it is replaced, missing or in another position."""
    plain = quote.replace("\u2026", "").replace("[sic]", "").replace("[a]", "")
    every = " ".join(words_of(CALL))
    if f" {' '.join(words_of(plain))} " not in f" {every} ":
        assert locate(quote, SearchableText(CALL)) == (None, ())


def test_nearest_passage() -> None:
    """The most similar passage is returned, or None if none is similar."""
    (words,) = SearchableText(CALL).words[:1]
    near = nearest_passage(words_of("Moscow had every intention of deploying weapons"), words)

    assert near is not None
    start, end = near.span
    assert CALL[start:end] == "Washington had no intention of deploying offensive strike weapons"
    assert nearest_passage(words_of("Nothing of this stands anywhere near"), words) is None


@pytest.mark.parametrize("word", ["\u212aelvin", "Kelvi\u207f"])
def test_occurrences_with_other_forms_of_letters(word: str) -> None:
    """An occurrence with the Kelvin sign or a raised letter is found far from a plain one."""
    text = f"The {word} scale is used.{' Nothing else.' * 60} The Kelvin scale is  used."

    found, where = locate("Kelvin scale  is used", SearchableText(text))

    assert (found, [place.spans[0][0] for place in where]) == (Match.TYPOGRAPHIC, [4, 870])
