"""Directives that highlight a quote in a page."""

from urllib.parse import unquote

import pytest

from claimcli.quotes.page_text import PageText
from claimcli.quotes.text_fragments import text_directive

PAGE = (
    "The keeper speaks\n\n"
    "We will never\nopen the gate, he said.\n\n"
    "First we asked.\n\nThen we left the house.\n\n"
    "They did not\u2060 go there; they saw \u2060 nothing.\n\n"
    "Il voit l'homme politique, au caf\u00e9\u2060. It is 310 metres deep.\n\n"
    "A hyphen-\nation of words, and well-known ones. \u201cStay,\u201d she said. Stay here.\n\n"
    "They will stay and they will leave. Will they?"
)


def directive(quote: str, text: str = PAGE, number: int = 0) -> str:
    """Return the decoded directive of an occurrence of a quote."""
    start = -1
    for _ in range(number + 1):
        start = text.index(quote, start + 1)
    shown = text_directive(PageText(text), (start, start + len(quote)))
    return unquote(shown.removeprefix("text="))


def test_characters_with_a_meaning_are_encoded() -> None:
    """Hyphens, commas and ampersands separate the parts of a directive."""
    text = "It was well-known, certainly, & more."

    assert text_directive(PageText(text), (0, len(text))) == (
        "text=It%20was%20well%2Dknown%2C%20certainly%2C%20%26%20more."
    )


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("Then we left", "Then we left"),
        ("We will never\nopen the gate", "We will never,open the gate"),
        ("asked.\n\nThen we left", "asked.,Then we left"),
        ("did not\u2060 go there", "did,go there"),
        ("saw \u2060 nothing", "saw,nothing"),
        ("hyphen-\nation of words", "hyphenation,of words"),
        ("A hyphen-\nation of words", "A,of words"),
    ],
)
def test_range_across_borders(quote: str, shown: str) -> None:
    """Across a block, a line, or something left out, both ends are given, without its neighbours."""
    assert directive(quote) == shown


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("10 metres", "310 metres"),
        ("he keep", "The keeper"),
        ("did not", "did,go"),
        ("not\u2060 go", "did,go"),
        ("au caf\u00e9", "au,. It"),
        ("homme politique", "l'-,homme politique"),
        ("\u201cStay", "\u201cStay"),
    ],
)
def test_whole_words(quote: str, shown: str) -> None:
    """A quote is widened to whole words; where the browser sees one word, a prefix divides it."""
    assert directive(quote) == shown


@pytest.mark.parametrize(
    ("quote", "number", "shown"),
    [
        ("Stay", 0, "ones. \u201c-,Stay"),
        ("Stay", 1, "said.-,Stay"),
        ("they will", 0, "and-,they will"),
        ("will", 2, "and they-,will"),
        ("They", 1, "here.-,They"),
    ],
)
def test_words_that_occur_several_times(quote: str, number: int, shown: str) -> None:
    """The fewest words before, or else after, make the words unique, whatever their case."""
    assert directive(quote, number=number) == shown


def test_words_that_occur_with_other_marks() -> None:
    """A browser ignores accents, and the style of quotation marks."""
    text = "Le resume est l\u00e0. Le r\u00e9sum\u00e9 est ici. They\u2019re in. They're out."

    assert directive("r\u00e9sum\u00e9", text) == "l\u00e0. Le-,r\u00e9sum\u00e9"
    assert directive("They're", text) == "in.-,They're"


def test_range_with_an_earlier_end() -> None:
    """The last words are the first ones of their kind after the first words, or have a suffix."""
    text = "We go.\n\nYou go now.\n\nI may go now, and stay.\n\nThey go now."

    assert directive("You go now.\n\nI may go now", text) == "You go now.,may go now"
    text = "A b c.\n\nx y.\n\nx y, at last."
    assert directive("A b c.\n\nx y.\n\nx y", text) == "A b c.,x y,-, at"


def test_long_quote() -> None:
    """The address of a long quote gives its first and last words."""
    text = " ".join(f"word{n}" for n in range(200))

    assert directive(text, text) == "word0 word1 word2,word198 word199"


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("\u65e5\u6771\u4eac", "\u79c1\u306f\u660e-,\u65e5\u6771\u4eac,-\u306b\u884c\u304f"),
        ("\u660e\u65e5\u4f1a\u3046", "\u660e\u65e5\u4f1a\u3046"),
    ],
)
def test_scripts_without_spaces(quote: str, shown: str) -> None:
    """Context up to the next mark makes it unnecessary that a word begins or ends."""
    text = (
        "\u79c1\u306f\u660e\u65e5\u6771\u4eac\u306b\u884c\u304f\u3002\u660e\u65e5\u4f1a\u3046\u3002"
    )

    assert directive(quote, text) == shown


def test_invisible_characters() -> None:
    """Soft hyphens and marks of direction are not part of an address."""
    text = "Die Donau\u00addampf\u200bfahrt ist \u200elang, die Donaudampffahrt."

    assert directive("Donau\u00addampf\u200bfahrt ist", text) == "Donaudampffahrt ist"


def test_text_without_words() -> None:
    """What was left out, or a space, has no address."""
    assert text_directive(PageText("a \u2060 b"), (1, 4)) == ""
    assert text_directive(PageText(""), (0, 0)) == ""
