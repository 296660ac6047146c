"""Locators of quotes, compared with the place of the quote in the text."""

import pytest

from claimcli.quotes.placement import CitedQuote
from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.texts.blocks import Block, join_blocks
from claimcli.quotes.verdict import check_quote

REPORT = (
    "Contents\nSection 1, Section 2\n\n"
    "Section 1: The main\n\nThe main is sound, says\nthe report of the works.\n\f\n"
    "Section 2: The pump\n\n12 The pump is worn.\n\nSection 1 is not the last word,\n"
    "says the keeper of the works.\n"
)
TALK = (
    "[00:10:05] The gate was shut.\n[00:12:40] Nobody opened it, they said.\n"
    "[00:44:50] The water rose.\n[00:45:10] At 9:30 we left.\n"
)


def misplaced(text: str, quote: str, locator: str) -> str:
    """Return the message about a locator that contradicts a text, or ""."""
    result = check_quote(CitedQuote(quote, locator=locator), SearchableText(text))
    assert result.verdict.is_found, result
    messages = [w.message for w in result.warnings if w.kind.value == "misplaced"]
    assert len(messages) < 2
    return messages[0].removeprefix(f'the locator "{locator}" ') if messages else ""


@pytest.mark.parametrize(
    ("quote", "locator", "message"),
    [
        ("The main is sound", "line 6", ""),
        ("The main is sound, says the report", "lines 7-9", ""),
        ("The main is sound", "l. 9", "does not fit: the quote is on line 6"),
        ("The main is sound", "page 1", ""),
        ("The pump is worn", "p. 2, line 11", ""),
        ("The pump is worn", "p. 2, line 4", "does not fit: the quote is on line 11"),
        ("The pump is worn", "page 3", "may not fit: the quote is on page 2 of the file"),
        ("The main is sound", "paragraph 3", ""),
        (
            "The main is sound",
            "paragraphs 5-7",
            "may not fit: the quote is in paragraph 3, counted by blank lines",
        ),
        ("The pump is worn", "\u00b6 12", ""),
        ("The pump is worn", "line 12", ""),
        ("The main is sound", "\u00a7 9", ""),
    ],
)
def test_lines_pages_and_paragraphs(quote: str, locator: str, message: str) -> None:
    """They are counted; a number that is printed at the place is right, too."""
    assert misplaced(REPORT, quote, locator) == message


def test_pages_with_printed_numbers() -> None:
    """The number of a page can be the printed one, in its first or last lines."""
    text = "Preface\n\nxi\n\fThe gate is old.\n\nIt leaks.\n\n- 1 -\n"

    assert misplaced(text, "It leaks", "page 1") == ""
    assert misplaced(text, "It leaks", "page 2") == ""
    assert misplaced(text, "It leaks", "page 3") == (
        "may not fit: the quote is on page 2 of the file"
    )


def test_lines_are_those_that_the_output_shows() -> None:
    """In a PDF they are counted on each page, in HTML in the file."""
    pages = SearchableText("The gate\nis old.\f\nIt leaks.\n", paged=True)
    html = SearchableText("The gate is old.\n\nIt leaks.", lines=((0, 7), (18, 12)))

    for text, right, wrong in ((pages, "page 2, line 2", "line 4"), (html, "line 12", "line 3")):
        assert check_quote(CitedQuote("It leaks", locator=right), text).warnings == ()
        assert check_quote(CitedQuote("It leaks", locator=wrong), text).warnings


def test_pages_of_a_text_without_page_breaks() -> None:
    """Without page breaks, only a page is wrong that the text is too short for."""
    text = "The gate is old.\n\nIt leaks.\n"

    assert misplaced(text, "It leaks", "page 2") == ""
    assert misplaced(text, "It leaks", "page 40") == (
        "may not fit: the text has 3 lines and no page breaks"
    )


def test_paragraphs_and_lines_of_a_page() -> None:
    """Only paragraphs of the main text count; lines are those of the file."""
    blocks = [
        Block("Home News", main=False, lines=((0, 3),)),
        Block("It is small.", lines=((0, 7),)), Block("A caption", main=False, lines=((0, 9),)),
        Block("It leaks.", lines=((0, 12),)),
    ]  # fmt: skip
    page = join_blocks(blocks)
    text = SearchableText(page.text, page.plain, whole=page.whole, lines=page.lines)

    def warned(quote: str, locator: str) -> list[str]:
        return [
            w.kind.value for w in check_quote(CitedQuote(quote, locator=locator), text).warnings
        ]

    assert warned("It leaks", "paragraph 2") == warned("It leaks", "line 12") == []
    assert warned("It leaks", "paragraph 3") == warned("It leaks", "line 5") == ["misplaced"]
    assert warned("A caption", "line 9") == ["outside-main-text"]


def test_paragraphs_of_a_text_without_blank_lines() -> None:
    """If a text has no blank lines, paragraphs cannot be counted."""
    assert misplaced("It leaks.\nIt is old.\n", "It is old", "paragraph 2") == ""


@pytest.mark.parametrize(
    ("locator", "message"),
    [
        ("00:12:40", ""),
        ("12:41", ""),
        ("0:13:30-0:14:00", ""),
        ("[00:12:20]", ""),
        ("00:44:50", ""),
        ("00:45:10", ""),
        ("00:45:30", 'does not fit: the quote is after "00:12:40" and before "00:44:50"'),
        ("02:15", 'does not fit: the quote is after "00:12:40" and before "00:44:50"'),
    ],
)
def test_times(locator: str, message: str) -> None:
    """A time is compared with the time codes before and after the quote, up to 30 seconds."""
    assert misplaced(TALK, "Nobody opened it", locator) == message


def test_times_at_the_ends() -> None:
    """Before the first time code and after the last, only one side is known."""
    assert misplaced(TALK, "At 9:30 we left", "01:30:00") == ""
    assert misplaced(TALK, "At 9:30 we left", "00:12:40") == (
        'does not fit: the quote is after "00:45:10"'
    )


def test_times_of_entries_in_descending_order() -> None:
    """The newest entry can be the first, as in live reports."""
    text = "14:20\nThe gate is shut.\n\n14:05\nWater rises.\n\n13:10\nA warning is given.\n"

    assert misplaced(text, "Water rises", "14:05") == ""
    assert misplaced(text, "The gate is shut", "13:10") == (
        'does not fit: the quote is after "14:20" and before "14:05"'
    )


@pytest.mark.parametrize("locator", ["1:02:15", "00:12:30", "chapter 3", "Fig. 2", "at the end"])
def test_locators_that_cannot_be_checked(locator: str) -> None:
    """What the text has nothing to compare with is no contradiction."""
    text = "He came at 9:30, and said:\n\nthe gate is old.\n"

    assert misplaced(text, "the gate is old", locator) == ""


@pytest.mark.parametrize(
    ("quote", "locator", "message"),
    [
        ("The main is sound", "Section 1", ""),
        ("The pump is worn", "section 2", ""),
        ("The pump is worn", "Section 1", 'does not fit: the quote is in "Section 2"'),
        ("the last word", "Section 2", ""),
        ("The main is sound", "Section 9", 'does not fit: the quote is in "Section 1"'),
        ("The main is sound", "Chapter 9", ""),
        ("Contents", "The pump", "does not fit: the text has it only after the quote, on line 9"),
        ("Contents", "keeper", ""),
        ("The pump is worn", "Contents", ""),
    ],
)
def test_headings_and_other_words(quote: str, locator: str, message: str) -> None:
    """The quote follows a heading, or other words; one word within a line may be by chance."""
    assert misplaced(REPORT, quote, locator) == message


def test_words_that_occur_several_times() -> None:
    """Words that occur several times do not select one of several occurrences."""
    text = "Part One\n\nIt leaks.\n\nPart One, again\n\nIt leaks.\n"

    assert misplaced(text, "It leaks", "Part One") == (
        "does not say which one is meant: the text has it several times"
    )
