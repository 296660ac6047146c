"""The verdict on a quote: whether and where it occurs in a text, with which differences."""

from enum import StrEnum

from msgspec import Struct

from claimcli.quotes.elisions import fragments, is_edited
from claimcli.quotes.locate import Match, Occurrence, locate
from claimcli.quotes.nearest import NearestPassage, nearest_passage
from claimcli.quotes.placement import CitedQuote, meant_occurrences
from claimcli.quotes.searchable import SearchableText, words_of
from claimcli.quotes.warnings import TextWarning, WarningKind, quote_warnings

MAX_EXAMINED = 20
"""Occurrences of an ambiguous quote that are examined for warnings."""
_OUTSIDE = "it is outside of the main text of the page, such as in a caption or a list of links"


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


class QuoteResult(Struct, frozen=True):
    """The result of checking a quote against a text.

    Several ``occurrences`` are left if the citation does not say which one it means. ``nearest`` is
    the most similar passage if there is no occurrence.
    """

    verdict: Verdict
    match: Match | None = None
    occurrences: tuple[Occurrence, ...] = ()
    warnings: tuple[TextWarning, ...] = ()
    nearest: NearestPassage | None = None


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
    found, misplaced = meant_occurrences(found, text, cited)
    ambiguous = len(found) > 1 and match is not Match.CASE
    warnings: dict[tuple[WarningKind, str], TextWarning] = {}
    for occurrence in found[:MAX_EXAMINED]:
        speakers, lists = cited.speakers, cited.polarity
        for warning in quote_warnings(occurrence, text, cited.quote, speakers, lists):
            warnings.setdefault((warning.kind, warning.message), warning)
    for warning in misplaced:
        warnings.setdefault((warning.kind, warning.message), warning)
    if beyond:
        span = (found[0].start, found[0].end)
        outside = TextWarning(WarningKind.OUTSIDE, _OUTSIDE, span)
        warnings[outside.kind, outside.message] = outside
    verdict = Verdict.AMBIGUOUS if ambiguous else Verdict(match.value)
    return QuoteResult(verdict, match, found, tuple(warnings.values()))


def _literal_words(quote: str) -> list[str]:
    """Return the words of a quote without its marks of editing."""
    if not is_edited(quote):
        return words_of(quote)
    return [word for fragment in fragments(quote) for word in words_of(fragment.texts[0])]
