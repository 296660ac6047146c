"""The verdict on a quote: where it stands in a text and how it departs, or that it stands not."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from claimcli.quotes.attribution import ExpectedSpeakers
from claimcli.quotes.disambiguate import disambiguate
from claimcli.quotes.elisions import fragments, is_edited
from claimcli.quotes.locate import Match, Occurrence, locate
from claimcli.quotes.nearest import NearestPassage, nearest_passage
from claimcli.quotes.searchable import SearchableText, words_of
from claimcli.quotes.warnings import TextWarning, quote_warnings
from claimcli.quotes.word_boundary import inside_word

MOST_WARNED = 20
"""Places of an ambiguous quote of which the dangers are told."""


class Verdict(StrEnum):
    """How a quote stands in the text on file."""

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
        """Whether the words are in the text."""
        return self in _STANDING

    @property
    def fails(self) -> bool:
        """Whether the words were held against a text and are not in it."""
        return self in (Verdict.ALTERED, Verdict.MISSING)

    @property
    def label(self) -> str:
        """The verdict as a reader meets it."""
        return _WORDS[self]


_STANDING = frozenset(
    (Verdict.EXACT, Verdict.TYPOGRAPHIC, Verdict.EDITED, Verdict.CASE, Verdict.AMBIGUOUS)
)
_WORDS = {
    Verdict.EXACT: "stands in the text",
    Verdict.TYPOGRAPHIC: "stands in the text but for typesetting",
    Verdict.EDITED: "stands in the text with marked editing",
    Verdict.CASE: "stands in the text but for letter case or punctuation",
    Verdict.ALTERED: "does not stand in the text, which has other words",
    Verdict.MISSING: "does not stand in the text",
    Verdict.AMBIGUOUS: "stands in the text several times",
    Verdict.NO_TEXT: "not checked, no text on file",
}


class CitedQuote(Struct, frozen=True):
    """A quote, what its citation says of where it stands, and whose words the claim gives."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    speakers: ExpectedSpeakers = ExpectedSpeakers()


class QuoteResult(Struct, frozen=True):
    """What came of holding a quote against a text.

    ``places`` has more than one where nothing says which is meant; ``match`` is how closely the
    quote stands there. ``near`` is the nearest passage where it stands nowhere. ``repeated`` is
    whether it stands elsewhere too.
    """

    verdict: Verdict
    match: Match | None = None
    occurrences: tuple[Occurrence, ...] = ()
    warnings: tuple[TextWarning, ...] = ()
    nearest: NearestPassage | None = None
    repeated: bool = False


def check_quote(quoted: CitedQuote, text: SearchableText) -> QuoteResult:
    """Return the verdict on a quote, the places where it stands, and what to beware of there."""
    match, found = locate(quoted.quote, text)
    if match is None:
        near = nearest_passage(_wanted(quoted.quote), text.words[0])
        return QuoteResult(Verdict.ALTERED if near else Verdict.MISSING, nearest=near)
    repeated = len(found) > 1
    if repeated:
        found = _chosen(found, quoted, text.text)
    ambiguous = len(found) > 1 and match is not Match.CASE
    warned = dict.fromkeys(
        warned
        for place in found[:MOST_WARNED]
        for warned in quote_warnings(place, text.text, quoted.quote, quoted.speakers)
    )
    verdict = Verdict.AMBIGUOUS if ambiguous else Verdict(match.value)
    return QuoteResult(verdict, match, found, tuple(warned), repeated=repeated)


def _chosen(found: tuple[Occurrence, ...], quoted: CitedQuote, text: str) -> tuple[Occurrence, ...]:
    """Return the places that can be meant: of whole words, where there are such."""
    whole = [p for p in found if not inside_word(text, p.start) and not inside_word(text, p.end)]
    return disambiguate(
        whole or found,
        text,
        prefix=quoted.prefix,
        suffix=quoted.suffix,
        locator=quoted.locator,
    )


def _wanted(quote: str) -> list[str]:
    """Return the words that a quote gives as said, marks of editing aside."""
    return list(_words(quote)) if is_edited(quote) else words_of(quote)


def _words(quote: str) -> Iterator[str]:
    for fragment in fragments(quote):
        yield from words_of(fragment.texts[0])
