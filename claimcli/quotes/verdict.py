"""The verdict on a quote: whether and where it occurs in a text, with which differences."""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import islice

from msgspec import Struct

from claimcli.quotes.elisions import fragments, is_edited
from claimcli.quotes.locate import Match, Occurrence, is_whole, locate
from claimcli.quotes.nearest import NearestPassage, nearest_passage
from claimcli.quotes.searchable import SearchableText, words_of
from claimcli.quotes.speakers.names import ExpectedSpeakers
from claimcli.quotes.warnings import TextWarning, WarningKind, quote_warnings
from claimcli.quotes.word_boundary import divided_word

MAX_EXAMINED = 20
"""Occurrences of an ambiguous quote that are examined for warnings."""
_NUMBERED = re.compile(
    r"(?P<unit>lines?|l\.?|pages?|pp?\.?|paragraphs?|paras?\.?|\u00b6|\u00a7)\s*"
    r"(?P<first>\d{1,9})(?:\s*[-\u2013]\s*(?P<last>\d{1,9}))?",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?:\d{1,3}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?")
_SEPARATORS = {"l": "\n", "p": "\f", "\u00b6": r"\n\s*\n", "\u00a7": r"\n\s*\n"}
MIN_LOCATOR = 3
"""Shortest locator that is searched in the text, in characters."""
_OUTSIDE = "it is outside of the main text of the page, such as in a caption or a list of links"
SLACK = 3
"""Factor for the length of the text that is searched for a prefix or suffix."""


class Verdict(StrEnum):
    """Whether a quote occurs in the text on file, and how closely it matches."""

    EXACT = "exact"
    TYPOGRAPHIC = "typographic"
    EDITED = "edited"
    CASE = "case"
    ALTERED = "altered"
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"
    NO_TEXT = "no-text"

    @property
    def is_found(self) -> bool:
        """Whether the words occur in the text."""
        return not self.fails and self is not Verdict.NO_TEXT

    @property
    def fails(self) -> bool:
        """Whether the words were checked against a text and do not occur in it."""
        return self in (Verdict.ALTERED, Verdict.MISSING)

    @property
    def label(self) -> str:
        """The verdict in words, as a predicate of the quote."""
        return _LABELS[self]


_LABELS = {
    Verdict.EXACT: "occurs in the text",
    Verdict.TYPOGRAPHIC: "occurs in the text except for typesetting",
    Verdict.EDITED: "occurs in the text with marked editing",
    Verdict.CASE: "occurs in the text except for letter case or punctuation",
    Verdict.ALTERED: "does not occur in the text, which has other words",
    Verdict.MISSING: "does not occur in the text",
    Verdict.AMBIGUOUS: "occurs in the text several times",
    Verdict.NO_TEXT: "not checked, no text on file",
}


class CitedQuote(Struct, frozen=True):
    """A quote with its citation's prefix, suffix and locator, and the claim's speakers.

    ``prefix`` and ``suffix`` are words directly before and after the quote (as in the W3C's
    TextQuoteSelector). ``locator`` names a line, page (ended by form feeds) or paragraph, or is a
    text that occurs once, such as a heading or a time; it then means the first occurrence after it.
    """

    quote: str
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    speakers: ExpectedSpeakers = ExpectedSpeakers()


class QuoteResult(Struct, frozen=True):
    """The result of checking a quote against a text.

    Several ``occurrences`` are left if the citation does not say which one it means; ``repeated``
    says that the quote occurs elsewhere too. ``nearest`` is the most similar passage if there is no
    occurrence.
    """

    verdict: Verdict
    match: Match | None = None
    occurrences: tuple[Occurrence, ...] = ()
    warnings: tuple[TextWarning, ...] = ()
    nearest: NearestPassage | None = None
    repeated: bool = False


def check_quote(cited: CitedQuote, text: SearchableText) -> QuoteResult:
    """Return the verdict on a quote, its occurrences, and warnings about them."""
    match, found = locate(cited.quote, text)
    beyond = text.beyond_main if match is None else None
    if beyond:
        text = beyond
        match, found = locate(cited.quote, text)
    if match is None:
        nearest = nearest_passage(_literal_words(cited.quote), text.words[0])
        return QuoteResult(Verdict.ALTERED if nearest else Verdict.MISSING, nearest=nearest)
    repeated = len(found) > 1
    if repeated:
        found = _disambiguate(found, cited, text.text)
    ambiguous = len(found) > 1 and match is not Match.CASE
    warnings = dict.fromkeys(
        warning
        for occurrence in found[:MAX_EXAMINED]
        for warning in quote_warnings(occurrence, text.context, cited.quote, cited.speakers)
    )
    if beyond:
        span = (found[0].start, found[0].end)
        warnings[TextWarning(WarningKind.OUTSIDE, _OUTSIDE, span)] = None
    verdict = Verdict.AMBIGUOUS if ambiguous else Verdict(match.value)
    return QuoteResult(verdict, match, found, tuple(warnings), repeated=repeated)


def _disambiguate(
    found: Sequence[Occurrence], cited: CitedQuote, text: str
) -> tuple[Occurrence, ...]:
    """Return the occurrences of whole words, if any, that the citation can mean; all if unclear."""
    whole = [one for one in found if is_whole((one.start, one.end), text)] or found
    uncut = [one for one in whole if not any(divided_word(text, at) for at in (one.start, one.end))]
    whole = uncut or whole
    meant = [one for one in whole if _has_context(one, text, cited)]
    if len(meant) > 1 and cited.locator:
        meant = _located(meant, text, cited.locator) or meant
    return tuple(meant or whole)


def _has_context(occurrence: Occurrence, text: str, cited: CitedQuote) -> bool:
    before, after = words_of(cited.prefix), words_of(cited.suffix)
    if before:
        start = max(0, occurrence.start - SLACK * len(cited.prefix) - 10)
        if words_of(text[start : occurrence.start])[-len(before) :] != before:
            return False
    if after:
        span = text[occurrence.end : occurrence.end + SLACK * len(cited.suffix) + 10]
        return words_of(span)[: len(after)] == after
    return True


def _located(occurrences: Sequence[Occurrence], text: str, locator: str) -> list[Occurrence]:
    numbered = _NUMBERED.fullmatch(locator.strip())
    if not numbered:
        words = rf"(?<!\w){re.escape(locator.strip())}(?!\w)"
        if "-->" in text and _TIME.fullmatch(locator.strip()):
            words = rf"(?<![^\n]){words}(?:[.,]\d+)?[ \t]*-->"  # the start of a subtitle
        starts = [found.start() for found in islice(re.finditer(words, text), 2)]
        if len(starts) != 1 or len(locator.strip()) < MIN_LOCATOR:
            return []
        return [occurrence for occurrence in occurrences if starts[0] <= occurrence.start][:1]
    unit, first = numbered["unit"].lower(), int(numbered["first"])
    last = int(numbered["last"] or first)
    separator = _SEPARATORS["\u00b6" if unit.startswith("para") else unit[0]]
    if separator == "\f" and separator not in text:
        return []
    return [
        occurrence
        for occurrence in occurrences
        if first <= _number(text, occurrence.start, separator) <= last
    ]


def _number(text: str, at: int, separator: str) -> int:
    """Return the number, from 1, of the part of a text that contains a position."""
    return 1 + sum(1 for _ in re.finditer(separator, text[:at]))


def _literal_words(quote: str) -> list[str]:
    """Return the words of a quote without its marks of editing."""
    if not is_edited(quote):
        return words_of(quote)
    return [word for fragment in fragments(quote) for word in words_of(fragment.texts[0])]
