"""The numbers, dates and negations by which two similar statements differ."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from itertools import takewhile

from msgspec import Struct

from claimcli.analysis.stated_values.dates import StatedDate, stated_dates
from claimcli.analysis.stated_values.negated_words import as_written, differing_negations
from claimcli.analysis.stated_values.number_parser import has_count, stated_numbers
from claimcli.analysis.stated_values.numbers import StatedNumber
from claimcli.quotes.polarity.lists import PolarityLists, bundled_lists
from claimcli.quotes.polarity.phrases import Phrases
from claimcli.quotes.searchable import TextSpan

MAX_STATEMENT = 5_000
"""Longest start of a statement that is compared, in characters."""
MAX_DATES = 100
"""Most dates of one statement that are compared."""


class DifferenceKind(StrEnum):
    """What differs between two statements."""

    NUMBER = "number"
    DATE = "date"
    NEGATION = "negation"


class StatementDifference(Struct, frozen=True):
    """What one statement says and the other does not, as written; "" if it says nothing of it."""

    kind: DifferenceKind
    ours: str
    theirs: str

    def __str__(self) -> str:
        """Return both, without repeating the words they share at an end: "12 / 13 January"."""
        if not (self.ours and self.theirs):
            return self.ours or self.theirs
        if self.kind is DifferenceKind.NEGATION:
            return f"{self.ours} / {self.theirs}"
        ours, theirs = self.ours.split(), self.theirs.split()
        first = _shared(ours, theirs) if self.kind is DifferenceKind.DATE else 0
        if any(map(str.isdigit, "".join(ours[:first]))):
            first = 0  # "1 October / 1 September"
        last = _shared(ours[first + 1 :][::-1], theirs[first + 1 :][::-1])
        if self.kind is DifferenceKind.NUMBER and last and has_count(" ".join(ours[-last:])):
            last = 0  # "six in ten / nine in ten"
        end = theirs[len(theirs) - last :]
        return " ".join((*ours[: len(ours) - last], "/", *theirs[first : len(theirs) - last], *end))


def _shared(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Return how many words at the start are the same."""
    pairs = zip(ours, theirs, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def statement_differences(
    ours: str, theirs: str, phrases: Sequence[Phrases] = ()
) -> tuple[StatementDifference, ...]:
    """Return the dates, numbers and negations that differ between two statements, in this order.

    A date or number is a difference if the other statement has another one in its place, a
    negation also if the other statement has none. Equal values can be written differently.
    ``phrases`` are those of the dossier, by default the bundled ones.
    """
    ours, theirs = ours[:MAX_STATEMENT], theirs[:MAX_STATEMENT]
    if ours == theirs:
        return ()
    dates = stated_dates(ours), stated_dates(theirs)
    numbers = [
        stated_numbers(text, (date.span for date in found))
        for text, found in zip((ours, theirs), dates, strict=True)
    ]
    texts = ours, theirs
    found = (
        *_of_dates(texts, *(found[:MAX_DATES] for found in dates)),
        *_of_numbers(texts, *numbers),
        *_of_negations(texts, phrases or (bundled_lists(),)),
    )
    return tuple(dict.fromkeys(found))


def _of_dates(
    texts: tuple[str, str], ours: list[StatedDate], theirs: list[StatedDate]
) -> Iterator[StatementDifference]:
    """Yield the dates of each statement that agree with none of the other and conflict with one."""
    left = [date for date in ours if not any(date.agrees(other) for other in theirs)]
    right = [date for date in theirs if not any(date.agrees(other) for other in ours)]
    for date in left:
        if other := next((other for other in right if date.conflicts(other)), None):
            right.remove(other)
            yield _difference(DifferenceKind.DATE, texts, date.span, other.span)


def _of_numbers(
    texts: tuple[str, str], ours: list[StatedNumber], theirs: list[StatedNumber]
) -> Iterator[StatementDifference]:
    """Yield the numbers that differ: first those of the same noun, then the others in order.

    Equal numbers of the same noun, then of any noun, are no difference.
    """
    _paired(ours, theirs, lambda one, other: one.noun == other.noun and one.equals(other))
    _paired(ours, theirs, StatedNumber.is_equal_and_may_count_same)
    differing = _paired(ours, theirs, lambda one, other: one.counts_same(other))
    _paired(ours, theirs, StatedNumber.equals)
    differing += _paired(ours, theirs, StatedNumber.comparable)
    for one, other in sorted(differing, key=lambda pair: pair[0].span):
        yield _difference(
            DifferenceKind.NUMBER, texts, one.span_next_to(other), other.span_next_to(one)
        )


def _paired(
    ours: list[StatedNumber],
    theirs: list[StatedNumber],
    test: Callable[[StatedNumber, StatedNumber], bool],
) -> list[tuple[StatedNumber, StatedNumber]]:
    """Remove from both lists, and return, the pairs that meet a test."""
    pairs: list[tuple[StatedNumber, StatedNumber]] = []
    for one in list(ours):
        if other := next((other for other in theirs if test(one, other)), None):
            ours.remove(one)
            theirs.remove(other)
            pairs.append((one, other))
    return pairs


def _difference(
    kind: DifferenceKind, texts: tuple[str, str], ours: TextSpan, theirs: TextSpan
) -> StatementDifference:
    return StatementDifference(kind, as_written(texts[0], ours), as_written(texts[1], theirs))


def _of_negations(
    texts: tuple[str, str], phrases: Sequence[Phrases]
) -> Iterator[StatementDifference]:
    for ours, theirs in differing_negations(texts, PolarityLists(tuple(phrases))):
        yield StatementDifference(DifferenceKind.NEGATION, ours, theirs)
