"""The verdict on a quote, and warnings about quotes that occur in their text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.quotes.nearest import differences
from claimcli.quotes.placement import CitedQuote
from claimcli.quotes.searchable import SearchableText, words_of
from claimcli.quotes.speakers.names import ExpectedSpeakers, SpeakerNames
from claimcli.quotes.texts.markdown_mask import mask_markdown
from claimcli.quotes.verdict import Verdict, check_quote
from claimcli.quotes.warnings import WarningKind

CALL = (
    "The readout has it that Washington had no intention of deploying offensive strike weapons in "
    "Ukraine. The presidents agreed to continue the talks, as they did in June."
)
ANSWERS = (
    "JONES: The valve is sound. We shall look at it.\n"
    "SMITH: It is not. The pump is old, too.\n\n"
    "Later both went home.\n"
)


def warnings_of(
    quote: str, text: str, speakers: ExpectedSpeakers | None = None
) -> list[tuple[str, str]]:
    cited = CitedQuote(quote, speakers=speakers or ExpectedSpeakers())
    result = check_quote(cited, SearchableText(text))
    assert result.verdict.is_found, result
    return [(warning.kind.value, warning.message) for warning in result.warnings]


@pytest.mark.parametrize(
    "quote",
    ["had every intention", "Moscow had no intention", "presidents refused to continue"],
)
def test_altered_quote(quote: str) -> None:
    """A quote with a different word is altered; the nearest passage is returned."""
    result = check_quote(CitedQuote(quote), SearchableText(CALL))

    assert result.verdict is Verdict.ALTERED
    assert result.nearest is not None
    start, end = result.nearest.span
    assert CALL[start:end] in (
        "had no intention", "Washington had no intention", "presidents agreed to continue",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        ("Washington had … of deploying", '"no" is in what is left out'),
        ("intention of deploying", '"no" is just before it, in the same clause'),
        ("Washington had [an] intention", '"no" is in what the brackets replace'),
        ("Washington had", '"no" is just after it, in the same clause'),
    ],
)
def test_negation_next_to_or_omitted_from_a_quote(quote: str, message: str) -> None:
    """A negation next to a quote or replaced by its marks of editing is a warning."""
    assert ("polarity", message) in warnings_of(quote, CALL)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("we will deploy", "They will not. But we will deploy."),
        ("we will deploy", "Never again! And we will deploy at one, two, three, four, five, no."),
        ("deploy weapons", "Those who deploy weapons \u2014 no others \u2014 came."),
    ],
)
def test_negation_in_another_clause(quote: str, text: str) -> None:
    """A negation in another clause than the quote is no warning."""
    assert warnings_of(quote, text) == []


@pytest.mark.parametrize(
    ("quote", "text", "word"),
    [
        ("deploy them", "We shouldn\u2019t deploy them.", "shouldn\u2019t"),
        ("for the U.S. auto companies", "It would not be for the U.S. auto companies.", "not"),
        ("weapons", "There are no U.S. weapons there.", "no"),
        ("was said", "It was said reportedly.", "reportedly"),
        ("we will deploy", "If they come, we will deploy.", "If"),
        ("lied to you", "I never, ever, lied to you.", "never"),
        ("guilty", "They are (not) guilty.", "not"),
        ("go there", "We won\u02bct go there.", "won\u02bct"),
        ("body came", "Nobody came.", "Nobody"),
        ("they can", "They say they can't go.", "can't"),
        ("no plans", "Unless no plans exist, it stays.", "Unless"),
    ],
)  # fmt: skip
def test_polarity_words(quote: str, text: str, word: str) -> None:
    """Contractions with any apostrophe, words beyond abbreviations, and any letter case count."""
    found = [message for kind, message in warnings_of(quote, text) if kind == "polarity"]

    assert any(f'"{word}"' in message for message in found), found


def test_fragments_of_two_sentences() -> None:
    """An ellipsis that joins two sentences is a warning."""
    found = warnings_of("in Ukraine … agreed to continue", CALL)

    assert found == [("joined", "its fragments are from different sentences")]


def test_fragments_of_two_speakers() -> None:
    """An ellipsis that joins the words of two speakers is a warning."""
    found = warnings_of("The valve is … old, too", ANSWERS)

    assert ("joined", 'between its fragments the speaker changes to "SMITH"') in found


@pytest.mark.parametrize(
    ("quote", "text", "message"),
    [
        ("The valve is new … Is it really", "Q    Oh?\nMS. SMITH:  The valve is new, and high.\nQ    Is it really?", "between its fragments the speaker changes to \"Q\""),
        ("It is new. Q Is it", "Q    Oh?\n\nMS. SMITH:  It is new.\n\nQ    Is it?", "within it the speaker changes to \"Q\""),
        ("Good day … It leaks", "Ann Smith: Good day.\nBob Jones: It leaks.", "between its fragments the speaker changes to \"Bob Jones\""),
        ("We leave today … we return", "<v Ann Smith>We leave today,\n<v Bob Jones>but we return.", "between its fragments the speaker changes to \"Bob Jones\""),
    ],
)  # fmt: skip
def test_change_of_speaker(quote: str, text: str, message: str) -> None:
    """Labels of every kind within a quote, or between its fragments, are a change of speaker."""
    speakers = ExpectedSpeakers((), SpeakerNames(("Bob Jones", "Ann Smith")))

    assert ("joined", message) in warnings_of(quote, text, speakers)


def test_label_of_the_same_speaker() -> None:
    """A label that names the same speaker again, as in each subtitle, is no change."""
    text = "<v Ann Smith>We go,\n\n<v Ann Smith>we win, <v Ann Smith>and we stay."

    assert warnings_of("we win, … and we stay", text) == []


def test_fragments_of_one_sentence() -> None:
    """An ellipsis within a sentence is no warning."""
    assert warnings_of("The presidents … continue the talks", CALL) == []


@pytest.mark.parametrize(
    ("quote", "text", "message"),
    [
        ("had no intent", CALL, 'it ends inside the word "intention"'),
        ("tion of deploying", CALL, 'it begins inside the word "intention"'),
        ("cost of $5", "a cost of $5,000.", 'it ends inside the number "$5,000"'),
        ("10 grams", "a load of 310 grams", 'it begins inside the number "310"'),
        ("they can", "they can't go", 'it ends inside the word "can\'t"'),
    ],
)
def test_cut_word_or_number(quote: str, text: str, message: str) -> None:
    """A quote that begins or ends inside a word or number is a warning."""
    assert ("truncated", message) in warnings_of(quote, text)


def test_whole_words_are_preferred() -> None:
    """A quote that also occurs inside a longer word is neither ambiguous nor cut."""
    result = check_quote(CitedQuote("talk"), SearchableText("The talks: they talk."))

    assert (result.verdict, result.warnings) == (Verdict.EXACT, ())
    assert [(place.start, place.end) for place in result.occurrences] == [(16, 20)]


@pytest.mark.parametrize(
    ("quote", "text", "own", "name"),
    [
        ("The valve is sound", ANSWERS, "Ann Smith", "JONES"),
        ("We shall look at it", ANSWERS, "Ann Smith", "JONES"),
        ("It is not", ANSWERS, "Bob Jones", "SMITH"),
        ("very old", "\u201cIt is very old,\u201d Jones said.", "Ann Smith", "Jones"),
        ("very old", "Bob Jones said: \u201cIt is very old.\u201d", "Ann Smith", "Bob Jones"),
        ("useful", "Jones held that \u201cit was useful\u201d, while Smyth left.", "Ann Smith", "Jones"),
        ("are rotten", 'Jones replied that "the pipes are rotten".', "Ann Smith", "Jones"),
        ("faux", "\u00ab C\u2019est faux \u00bb, a dit Bob Jones.", "Ann Smith", "Bob Jones"),
        ("it leaks", "12:41 JONES: it leaks", "Ann Smith", "JONES"),
        ("it leaks", "[00:12:41] Jones: it leaks", "Ann Smith", "Jones"),
        ("it leaks", "**Jones:** it leaks", "Ann Smith", "Jones"),
        ("It leaks", "Ann Smith: Good.\nBob Jones: It leaks.\n", "Ann Smith", "Bob Jones"),
        ("very old", "said Jones, \u201cit is very old\u201d.", "Ann Smith", "Jones"),
        ("sehr alt", "\u201eEr ist sehr alt\u201c, sagte Jones.", "Ann Smith", "Jones"),
        ("\u9032\u5c55", "\u300c\u9032\u5c55\u304c\u3042\u3063\u305f\u300d Jones \u6c0f", "Ann Smith", "Jones"),
    ],
)  # fmt: skip
def test_other_speaker(quote: str, text: str, own: str, name: str) -> None:
    """A label before the words, or a name next to their quotation marks, names another speaker."""
    speakers = ExpectedSpeakers((own,), SpeakerNames(("Bob Jones", "Ann Smith")), named=True)

    message = f'the speaker is "{name}" in the text, "{own}" in the claim'
    assert ("speaker", message) in warnings_of(quote, text, speakers)


@pytest.mark.parametrize(
    ("quote", "text", "own"),
    [
        ("The valve is sound", ANSWERS, "Bob Jones"),
        ("went home", ANSWERS, "Ann Smith"),
        ("very old", "\u201cIt is very old,\u201d Smith told Jones.", "Ann Smith"),
        ("very old", "Jones heard that it is very old.", "Ann Smith"),
        ("very old", "Jones came. \u201cIt is very old,\u201d said the spokeswoman.", "Ann Smith"),
        ("useful", "Smith told us that \u201cit was useful\u201d, while Jones slept.", "Ann Smith"),
        ("We will sue", "Smith met Jones. \u201cWe will sue.\u201d Jones left.", "Ann Smith"),
        ("did it", "LONDON: We did it again.", "Ann Smith"),
        ("very old", "Note: it is very old.\nNote: it is new.", "Ann Smith"),
        ("very old", "NOTE TO ALL WHO READ THIS PAGE: it is very old.", "Ann Smith"),
        ("very old", "See https://x.example/ for what is very old.", "Ann Smith"),
    ],
)
def test_unclear_speaker(quote: str, text: str, own: str) -> None:
    """There is no warning if the text does not clearly name the speaker."""
    speakers = ExpectedSpeakers((own,), SpeakerNames(("Bob Jones", "Ann Smith")), named=True)

    assert [one for one in warnings_of(quote, text, speakers) if one[0] == "speaker"] == []


def test_claim_without_a_speaker() -> None:
    """Only names on file are other speakers: an unknown label may be the party's speaker."""
    party = ExpectedSpeakers(("The Works", "R. Hartwell"), SpeakerNames(("Bob Jones",)))

    assert warnings_of("It is old", "MAYOR: It is old.", party) == []
    assert warnings_of("It is old", "HARTWELL: It is old.", party) == []
    assert [kind for kind, _ in warnings_of("It is old", "JONES: It is old.", party)] == ["speaker"]


TWICE = (
    "First part\n\nOn Monday the valve was shut.\n\nSecond part\n\n"
    "On Tuesday the valve was shut.\n\f\n00:12:40 Again the valve was shut, they said.\n"
)


@pytest.mark.parametrize(
    ("citation", "number"),
    [
        ({"prefix": "On Tuesday"}, 1),
        ({"prefix": "on  tuesday"}, 1),
        ({"suffix": "they said"}, 2),
        ({"locator": "line 3"}, 0),
        ({"locator": "lines 6-7"}, 1),
        ({"locator": "p. 2"}, 2),
        ({"locator": "paragraph 4"}, 1),
        ({"locator": "\u00b6 2"}, 0),
        ({"locator": "00:12:40"}, 2),
        ({"locator": "Second part"}, 1),
    ],
)
def test_citation_that_names_an_occurrence(citation: dict[str, str], number: int) -> None:
    """Context, or a line, page, paragraph or heading, selects one of several occurrences."""
    words = "the valve was shut"
    result = check_quote(CitedQuote(words, **citation), SearchableText(TWICE))
    starts = [n for n in range(len(TWICE)) if TWICE.startswith(words, n)]

    assert result.verdict is Verdict.EXACT
    assert [place.start for place in result.occurrences] == [starts[number]]


@pytest.mark.parametrize(
    "citation",
    [
        {},
        {"locator": "p. 9"},
        {"locator": "somewhere"},
        {"locator": "art"},
        {"locator": "part"},
        {"locator": " "},
        {"prefix": "On Sunday"},
    ],
)
def test_ambiguous_citation(citation: dict[str, str]) -> None:
    """All occurrences are returned if the citation does not select one."""
    result = check_quote(CitedQuote("the valve was shut", **citation), SearchableText(TWICE))

    assert result.verdict is Verdict.AMBIGUOUS
    assert len(result.occurrences) == 3


def test_differences() -> None:
    """Differing words are marked in both texts; the pieces of each text are complete."""
    ours, theirs = differences("Moscow had every intention.", "Washington had no intention")

    assert "".join(p.text for p in ours) == "Moscow had every intention."
    assert [p.text for p in ours if p.differs] == ["Moscow", "every"]
    assert [p.text for p in theirs if p.differs] == ["Washington", "no"]


def test_differences_in_unspaced_text() -> None:
    """In a script without spaces, differing characters are marked."""
    ours, theirs = differences("懸念しない", "懸念した")

    assert ("".join(p.text for p in ours), "".join(p.text for p in theirs)) == (
        "懸念しない",
        "懸念した",
    )
    assert [p.text for p in ours if p.differs] == ["ない"]


WORDS = CALL.split()
MARKS = (" \u2026 ", " [\u2026] ")


@st.composite
def accepted(draw: st.DrawFn) -> tuple[list[list[str]], str]:
    """Return two fragments of the text in order, and an ellipsis."""
    cuts = sorted(draw(st.lists(st.integers(0, len(WORDS)), min_size=4, max_size=4, unique=True)))
    first, second = WORDS[cuts[0] : cuts[1]], WORDS[cuts[2] : cuts[3]]
    return [first, second], draw(st.sampled_from(MARKS))


@given(accepted(), st.data())
def test_changed_fragments_are_rejected(
    given_: tuple[list[list[str]], str], data: st.DataObject
) -> None:
    """A quote of two fragments is rejected if a word in one is replaced, dropped or swapped."""
    fragments, mark = given_
    quote = mark.join(" ".join(words) for words in fragments)
    assert check_quote(CitedQuote(quote), SearchableText(CALL)).verdict.is_found
    inner = [(f, n) for f, words in enumerate(fragments) for n in range(1, len(words) - 1)]
    if not inner:
        return
    fragment, number = data.draw(st.sampled_from(inner))
    words = list(fragments[fragment])
    how = data.draw(st.sampled_from(["replace", "drop", "swap"]))
    if how == "replace":
        words[number] = data.draw(st.sampled_from(["every", "not", "Moscow", words[number] + "s"]))
    elif how == "drop":
        del words[number]
    else:
        words[number - 1], words[number] = words[number], words[number - 1]
    changed = [words if n == fragment else other for n, other in enumerate(fragments)]
    runs = [" ".join(words_of(" ".join(part))) for part in changed]
    if not all(f" {run} " in f" {' '.join(words_of(CALL))} " for run in runs):
        result = check_quote(
            CitedQuote(mark.join(" ".join(part) for part in changed)), SearchableText(CALL)
        )
        assert not result.verdict.is_found


@given(accepted())
def test_fragments_in_another_order_are_rejected(
    given_: tuple[list[list[str]], str],
) -> None:
    """Fragments in another order are rejected unless the text has that order, too."""
    (first, second), mark = given_
    reversed_ = f"{' '.join(second)}{mark}{' '.join(first)}"
    every = words_of(CALL)
    later, earlier = words_of(" ".join(second)), words_of(" ".join(first))
    places = [n for n in range(len(every)) if every[n : n + len(later)] == later]
    after = [n for n in range(len(every)) if every[n : n + len(earlier)] == earlier]
    if not any(p + len(later) <= a for p in places for a in after):
        assert not check_quote(CitedQuote(reversed_), SearchableText(CALL)).verdict.is_found


@pytest.mark.slow
def test_hostile_quotes() -> None:
    """Thousands of fragments, words that occur everywhere and very long quotes are handled."""
    text = SearchableText("a " * 50_000)

    assert check_quote(CitedQuote("a … " * 5_000), text).verdict in (
        Verdict.ALTERED,
        Verdict.MISSING,
    )
    assert check_quote(CitedQuote("a … " * 49 + "a"), text).verdict is Verdict.AMBIGUOUS
    assert check_quote(CitedQuote("b a " * 20_000), text).verdict in (
        Verdict.ALTERED,
        Verdict.MISSING,
    )
    assert check_quote(CitedQuote("[" * 10_000), text).verdict is Verdict.MISSING
    assert check_quote(CitedQuote("a" + " " * 50_000 + "b ("), text).verdict is Verdict.MISSING
    assert check_quote(
        CitedQuote("a" * 5_000 + "b"), SearchableText("foo-\nbar " + "a" * 300_000)
    ).verdict.fails
    assert check_quote(
        CitedQuote("b"), SearchableText("\u6f22" + "\n" * 100_000 + "a")
    ).verdict.fails


@pytest.mark.parametrize(
    ("plain", "quote", "whole"),
    [
        ("It rose by \u200b\u200b2\u200b\u200b5 percent.", "5 percent", 'begins inside the number "25 percent"'),
        ("It rose by 5\u200b\u200b%\u200b\u200b then.", "rose by 5", 'ends inside the number "5%"'),
        ("It rose by 2.\u20605 percent.", "5 percent", 'begins inside the number "2.5 percent"'),
        ("It is un\u200b\u200bsafe there.", "safe there", 'begins inside the word "unsafe"'),
    ],
)  # fmt: skip
def test_markup_within_a_number_or_word(plain: str, quote: str, whole: str) -> None:
    """What is masked does not end a word or a number."""
    text = SearchableText(plain.replace("\u200b\u200b", "**"), plain)
    found = check_quote(CitedQuote(quote), text).warnings

    assert [warning.message for warning in found] == [f"it {whole}"]


def test_cells_of_a_markdown_table_are_joined() -> None:
    text = "a | b\n--|--\nhe is | gone\n"
    found = check_quote(CitedQuote("he is gone"), SearchableText(text, mask_markdown(text)))

    assert [warning.kind for warning in found.warnings] == [WarningKind.JOINED]
