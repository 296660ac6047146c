"""Prefixes, suffixes and locators that contradict the text."""

import pytest

from claimcli.quotes.placement import CitedQuote
from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.verdict import check_quote

REPORT = (
    "Minutes of the meeting\n\n"
    "The deputy engineer told the council on Thursday that the sluice was opened twice in the night, "
    "and closed again by hand before the morning shift arrived.\n\n"
    "MORROW: Who told you so?\n\n"
    "HARTWELL: Nobody told me. I was at the well-\nknown gate of the upper basin myself."
)


def misplaced(text: str, quote: str, **citation: str) -> list[str]:
    """Return the messages about a citation that contradicts a text."""
    result = check_quote(CitedQuote(quote, **citation), SearchableText(text))
    assert result.verdict.is_found, result
    return [w.message for w in result.warnings if w.kind.value == "misplaced"]


@pytest.mark.parametrize(
    "citation",
    [
        {"prefix": "on Thursday that", "suffix": "in the night"},
        {"prefix": "ON THURSDAY, that"},
        {"prefix": "neer told the council on Thursday that"},
        {"suffix": "in the night, and closed again by ha"},
        {"prefix": " \n"},
        {"prefix": "Minutes of the meeting. The deputy engineer told the council on Thursday that"},
    ],
)
def test_context_that_fits(citation: dict[str, str]) -> None:
    """Words are compared, also across blocks; a long context can be cut within its outer word."""
    assert misplaced(REPORT, "the sluice was opened twice", **citation) == []


def test_context_without_labels_and_hyphens() -> None:
    """A context can omit the label of the speaker; a hyphen at a line end may be the word's."""
    assert misplaced(REPORT, "Nobody told me", prefix="Who told you so?") == []
    assert misplaced(REPORT, "Nobody told me", prefix="HARTWELL:") == []
    assert misplaced(REPORT, "Who told you so?", suffix="Nobody told me") == []
    assert misplaced("Q. Who?\n\nA. Nobody did.", "Nobody did", prefix="Who?") == []
    assert misplaced("It is (laughter) what he said.", "he said", prefix="It is what") == []
    assert misplaced(REPORT, "gate of the upper", prefix="at the well-known") == []
    assert misplaced(REPORT, "gate of the upper", prefix="at the wellknown") == []


@pytest.mark.parametrize(
    ("citation", "message"),
    [
        (
            {"prefix": "told the mayor on Friday that"},
            'the prefix "told the mayor on Friday that" does not fit: '
            'the text has "told the council on Thursday that" before it',
        ),
        (
            {"suffix": "in the morning"},
            'the suffix "in the morning" does not fit: the text has "in the night," after it',
        ),
        (
            {"prefix": "hursday that"},
            'the prefix "hursday that" does not fit: the text has "on Thursday that" before it',
        ),
        (
            {"prefix": "on Thursday"},
            'the prefix "on Thursday" does not fit: the text has "on Thursday that" before it',
        ),
    ],
)
def test_context_that_contradicts(citation: dict[str, str], message: str) -> None:
    """The message has the words of the text; a short context is not cut."""
    assert misplaced(REPORT, "the sluice was opened twice", **citation) == [message]


def test_context_at_the_ends_of_a_text() -> None:
    """A text can begin with the quote or end with it."""
    assert misplaced(REPORT, "Minutes of", prefix="The") == [
        'the prefix "The" does not fit: the text has nothing before it'
    ]
    assert misplaced(REPORT, "upper basin myself.", suffix="He left") == [
        'the suffix "He left" does not fit: the text has nothing after it'
    ]


def test_context_next_to_something_left_out() -> None:
    """Beyond something that was left out of a page's text, the context cannot be checked."""
    text = "The gauge shows two\u2060 metres, the keeper says, and the water is rising."

    assert misplaced(text, "the keeper says", prefix="shows two [3] metres") == []
    assert misplaced(text, "the keeper says", prefix="shows two [3] feet") == [
        'the prefix "shows two [3] feet" does not fit: '
        'the text has "gauge shows two metres," before it'
    ]


def test_context_in_markdown() -> None:
    """Markup between the context and the quote does not matter."""
    from claimcli.quotes.texts.markdown_mask import mask_markdown

    text = "As [the **keeper**](https://example.org/a-long-address-of-the-page) said, *it rises*."
    result = check_quote(
        CitedQuote("it rises", prefix="the keeper said"), SearchableText(text, mask_markdown(text))
    )

    assert result.warnings == ()


def test_context_of_an_edited_quote() -> None:
    """Next to brackets or an ellipsis, words of the text can be missing."""
    text = "The clerk wrote that the old sluice had failed, and that nobody was hurt."

    assert misplaced(text, "[The] old sluice had failed", prefix="The clerk wrote that") == []
    assert misplaced(text, "... sluice had failed", prefix="The clerk wrote that") == []
    assert misplaced(text, "old sluice had failed ...", suffix="nobody was hurt") == []
    assert len(misplaced(text, "[The] old sluice had failed", prefix="The mayor wrote that")) == 1


TWICE = "The pump ran. Then the pump stopped.\n\nAgain the pump ran, and then it stopped."


def test_several_occurrences_that_all_contradict() -> None:
    """If a citation fits no occurrence, all are returned, and the message says so."""
    result = check_quote(CitedQuote("the pump ran", prefix="Once more"), SearchableText(TWICE))
    both = check_quote(CitedQuote("the pump", prefix="Then", suffix="ran"), SearchableText(TWICE))

    assert result.verdict.value == "exact"
    assert misplaced(TWICE, "the pump", prefix="Once more") == [
        'the prefix "Once more" does not fit: '
        'the text has "pump ran. Then" before the first of 2 occurrences'
    ]
    assert len(both.occurrences) == 2
    assert [w.message for w in both.warnings] == [
        "the prefix and the suffix do not fit the same occurrence"
    ]


def test_locator_selects_although_the_prefix_contradicts() -> None:
    """A contradicting prefix does not keep the locator from selecting an occurrence."""
    cited = CitedQuote("the pump", prefix="Once more", locator="line 3")
    result = check_quote(cited, SearchableText(TWICE))

    assert [place.start for place in result.occurrences] == [TWICE.index("the pump ran")]
    assert [warning.kind.value for warning in result.warnings] == ["misplaced"]
