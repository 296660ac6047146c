"""Differences of writing in several scripts, and those that make other words or numbers."""

import pytest

from claimcli.quotes.normalize import normalize
from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.verdict import CitedQuote, check_quote


def verdict_of(quote: str, text: str) -> str:
    return check_quote(CitedQuote(quote), SearchableText(text)).verdict.value


TYPESETTING = [
    ('\u05e6\u05d4"\u05dc \u05e0\u05e2\u05e8\u05da', "\u05e6\u05d4\u05f4\u05dc \u05e0\u05e2\u05e8\u05da"),
    ("\u05d2'\u05d9\u05e8\u05e4\u05d4", "\u05d2\u05f3\u05d9\u05e8\u05e4\u05d4"),
    ("\u05d0\u05d9-\u05d0\u05e4\u05e9\u05e8", "\u05d0\u05d9\u05be\u05d0\u05e4\u05e9\u05e8"),
    ("\u05d9\u05dc\u05d3 \u05d8\u05d5\u05d1", "\u05d9\u05b6\u05dc\u05b6\u05d3 \u05d8\u05d5\u05b9\u05d1"),
    ("\u0633\u0644\u0627\u0645", "\u0633\u0644\u0640\u0640\u0627\u0645"),
    ("\u0645\u0644\u0643 \u0627\u0644\u0628\u0644\u0627\u062f", "\u0645\u064e\u0644\u0650\u0643\u064f \u0627\u0644\u0628\u0644\u0627\u062f\u0650"),
    ("\u0645\u064f\u062d\u064e\u0651\u0645\u062f", "\u0645\u064f\u062d\u0651\u064e\u0645\u062f"),
    ("\u0e17\u0e33\u0e07\u0e32\u0e19", "\u0e17\u0e4d\u0e32\u0e07\u0e32\u0e19"),
    ("\u0e19\u0e49\u0e33\u0e17\u0e48\u0e27\u0e21", "\u0e19\u0e4d\u0e49\u0e32\u0e17\u0e48\u0e27\u0e21"),
    ("\u0e99\u0ec9\u0eb3", "\u0e99\u0ec9\u0ecd\u0eb2"),
    ("\u5c71\u6c34\u6c11", "\u2f2d\u2f54\u2ea0"),
    ("\u8eca", "\uf902"),
    ("Article 9 \u30ac\u30b9", "\uff21\uff52\uff54\uff49\uff43\uff4c\uff45\u3000\uff19\u3000\uff76\uff9e\uff7d"),
    ("CH4 and H2O", "CH\u2084 and H\u2082O"),
    ("400 km2 of land", "400 km\u00b2 of land"),
    ("the 3rd day", "the 3\u02b3\u1d48 day"),
    ("el 4o piso", "el 4\u00ba piso"),
    ("the dam there", "the \u200b \u2060dam  \t there"),
    ("anywhere", "any\u200bwhere"),
    ("Auflage", "Auf\u200clage"),
    ("there it", "there \u200d\u200c it"),
    ("the abolition of it", "the aboli-\f\n  tion of it"),
]  # fmt: skip
"""Quotes and texts that differ in typesetting: Hebrew marks and points, Arabic tatweel and vowels,
Thai and Lao am, radicals, full and half width, raised characters, invisible characters, pages."""
OTHER_WORDS = [
    ("\u0645\u064f\u0644\u0643", "\u0645\u064e\u0644\u0650\u0643"),
    ("\u0645\u064f\u0644\u0643", "\u0645\u0644\u0643"),
    ("\u0627\u0646", "\u0623\u0646"),
    ("103 cells", "10\u00b3 cells"),
    ("1023 cells", "10\u00b2\u00b3 cells"),
    ("10-3 cells", "10\u207b\u00b3 cells"),
    ("10n cells", "10\u207f cells"),
    ("in 19484", "in 1948\u2074"),
    ("pH25", "pH\u20825"),
    ("any where", "any\u200bwhere"),
    ("anywhere", "any \u200b where"),
    ("k\u0131r\u0131k", "kirik"),
    ("DIRI", "D\u0130R\u0130"),
    ("Busse zahlen", "Bu\u00dfe zahlen"),
    ("\u03c0\u03cc\u03c4\u03b5", "\u03c0\u03bf\u03c4\u03ad"),
    ("\u1f21", "\u1f25"),
    ("\u0389", "\u0397"),
]
"""Quotes and texts that differ in a letter, a vowel, an accent or an exponent."""
CASE = [
    ("K\u0131r\u0131k \u0130\u015f", "KIRIK \u0130\u015e"),
    ("izmir'de", "\u0130ZM\u0130R'DE"),
    ("die Bu\u00dfe", "DIE BUSSE"),
    ("die Bu\u00dfe", "DIE BU\u1e9eE"),
    ("\u03bf \u03ba\u03cc\u03c3\u03bc\u03bf\u03c2", "\u039f \u039a\u039f\u03a3\u039c\u039f\u03a3"),
    ("\u0645\u0644\u0643, \u0639\u0627\u062f\u0644", "\u0645\u064e\u0644\u0650\u0643\u064c \u0639\u0627\u062f\u0644"),
]  # fmt: skip
"""Quotes and texts that differ in case or punctuation."""


@pytest.mark.parametrize(("quote", "text"), TYPESETTING)
def test_typesetting_of_scripts(quote: str, text: str) -> None:
    """Differences of typesetting are reported as such, with the whole span of the text."""
    result = check_quote(CitedQuote(quote), SearchableText(text))

    assert result.verdict.value == "typographic"
    assert [(0, len(text))] == [(one.start, one.end) for one in result.occurrences]
    assert result.warnings == ()


@pytest.mark.parametrize(("quote", "text"), OTHER_WORDS)
def test_other_letters_and_numbers(quote: str, text: str) -> None:
    """Another letter, vowel mark, accent or exponent makes another word or number."""
    assert verdict_of(quote, text) in ("altered", "missing")


@pytest.mark.parametrize(("quote", "text"), CASE)
def test_case_of_special_letters(quote: str, text: str) -> None:
    """Capitals of Turkish, German and Greek letters differ in case, in either direction."""
    assert verdict_of(quote, text) == "case"
    if "," not in quote:
        assert verdict_of(text, quote) == "case"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("\u062a\u0627\u0628", "\u0643\u0650\u062a\u064e\u0627\u0628\u064c"),  # after a vowel mark
        ("\u062e\u0648\u0627\u0647\u0645", "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),  # after the negation
    ],
)  # fmt: skip
def test_cut_words(quote: str, text: str) -> None:
    """A quote that begins within a word is a warning, also after marks and joiners."""
    result = check_quote(CitedQuote(quote), SearchableText(text))

    assert [one.kind.value for one in result.warnings] == ["truncated"]


def test_long_runs_of_invisible_characters() -> None:
    """They take a time in proportion to their length."""
    assert normalize("a" + "\u200b" * 200_000 + "b" + " \u2060" * 100_000 + "c").text == "ab c"


def test_an_altered_quote_of_a_vocalised_text() -> None:
    """The similar passage is found without regard to vowel marks."""
    text = SearchableText(
        "\u0643\u064e\u062a\u064e\u0628\u064e \u0627\u0644\u0648\u064e\u0644\u064e\u062f\u064f \u0631\u0650\u0633\u0627\u0644\u0629\u064b"
    )
    quote = "\u0643\u062a\u0628 \u0627\u0644\u0648\u0644\u062f \u0643\u062a\u0627\u0628\u0627"

    assert check_quote(CitedQuote(quote), text).verdict.value == "altered"
