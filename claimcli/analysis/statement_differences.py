"""The numbers, dates and negations by which two similar statements differ."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from itertools import takewhile

from msgspec import Struct

from claimcli.analysis.stated_values.dates import StatedDate, stated_dates
from claimcli.analysis.stated_values.numbers import StatedNumber, stated_numbers
from claimcli.analysis.stated_values.tables import FUNCTION_WORDS
from claimcli.core.text.normal_forms import fold_case
from claimcli.core.text.phrases import words_of_text
from claimcli.quotes.polarity.lists import PolarityLists, bundled_lists
from claimcli.quotes.polarity.phrases import Phrases
from claimcli.quotes.polarity.polarity import negations
from claimcli.quotes.polarity.tokens import tokens_of
from claimcli.quotes.searchable import TextSpan

MAX_STATEMENT = 5_000
"""Longest start of a statement that is compared, in characters."""
_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis", "a")
"""Beginnings of words that negate the rest."""
MAX_GOVERNED = 80
"""Longest text after a negation that is searched for the word it negates, in characters."""
_SHORTEST = 3
"""Shortest word that a prefix can negate, in letters."""


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
        last = _shared(ours[first:][::-1], theirs[first:][::-1])
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
        *_of_dates(texts, *dates),
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
    return StatementDifference(kind, _written(texts[0], ours), _written(texts[1], theirs))


def _written(text: str, span: TextSpan) -> str:
    return " ".join(text[slice(*span)].split())


def _of_negations(
    texts: tuple[str, str], phrases: Sequence[Phrases]
) -> Iterator[StatementDifference]:
    """Yield the negations that one statement has more than the other, or has elsewhere."""
    lists = PolarityLists(tuple(phrases))
    ours, theirs = ([_negated(text, span) for span in negations(text, lists)] for text in texts)
    if len(ours) == len(theirs):
        yield from _moved(texts, ours, theirs)
    else:
        for one in list(ours):
            if other := next((other for other in theirs if other.key == one.key), None):
                ours.remove(one)
                theirs.remove(other)
        shared = min(len(ours), len(theirs))
        for one in ours[shared:]:
            yield StatementDifference(DifferenceKind.NEGATION, one.written, "")
        for one in theirs[shared:]:
            yield StatementDifference(DifferenceKind.NEGATION, "", one.written)
    yield from _negating_prefixes(texts, {one.key for one in (*ours, *theirs)})


class _Negated(Struct, frozen=True):
    """A negation as written, the next word that has a meaning, and the text up to that word."""

    written: str
    governed: str
    phrase: str

    @property
    def key(self) -> str:
        """The negation without differences of form: "not" for "n't" and "cannot"."""
        word = fold_case(self.written).replace("\u2019", "'")
        return "not" if word.endswith("n't") or word == "cannot" else word


def _negated(text: str, span: TextSpan) -> _Negated:
    start, end = span
    for token in tokens_of(text, end, min(len(text), end + MAX_GOVERNED)):
        if token.word.isalnum() and token.word not in FUNCTION_WORDS:
            phrase = _written(text, (start, token.end))
            return _Negated(_written(text, span), token.word, phrase)
    return _Negated(_written(text, span), "", "")


def _moved(
    texts: tuple[str, str], ours: list[_Negated], theirs: list[_Negated]
) -> Iterator[StatementDifference]:
    """Yield negations of a word that the other statement has without a negation."""
    words = [set(words_of_text(text)) for text in texts]
    for one, other in zip(ours, theirs, strict=True):
        negated = {n.governed for n in ours} & {n.governed for n in theirs}
        if one.governed in words[1] - negated and other.governed in words[0] - negated:
            yield StatementDifference(DifferenceKind.NEGATION, one.phrase, other.phrase)


def _negating_prefixes(texts: tuple[str, str], known: set[str]) -> Iterator[StatementDifference]:
    """Yield words of which the other statement has the opposite: "safe / unsafe"."""
    ours, theirs = (dict.fromkeys(words_of_text(text)) for text in texts)
    for word in ours:
        if word in theirs or word in known:
            continue
        for other in theirs:
            if other not in ours and other not in known and _are_opposite(word, other):
                yield StatementDifference(DifferenceKind.NEGATION, word, other)


def _are_opposite(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and any(long == f"{prefix}{short}" for prefix in _PREFIXES)
