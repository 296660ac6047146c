"""Warnings about a quote that occurs in its text but may mislead: text around it that matters."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from claimcli.quotes.elisions import Joint, insertions
from claimcli.quotes.locate import Occurrence
from claimcli.quotes.polarity.lists import PolarityLists
from claimcli.quotes.polarity.polarity import around_quote, asks, default_lists, in_brackets, in_gap
from claimcli.quotes.searchable import SearchableText, TextSpan
from claimcli.quotes.sentences import ended_block, ends_sentence
from claimcli.quotes.speakers.attribution import labels_within, other_speaker
from claimcli.quotes.speakers.names import ExpectedSpeakers
from claimcli.quotes.texts.blocks import LEFT_OUT
from claimcli.quotes.word_boundary import divided_word, is_between_words

MAX_AROUND = 200
"""Length of the text on either side of an end of a quote that is searched for a divided word."""
_QUESTION_MARKS = "?\u061f\uff1f"
_QUESTION = re.compile(f"[ \u00a0\u202f\u200b\u2060]{{0,3}}(?P<mark>[{_QUESTION_MARKS}])")
_MASKED = re.compile(f"[\u200b{LEFT_OUT}]")
"""Characters that replace markup, and words that were left out, in the text of a source."""


class WarningKind(StrEnum):
    """Why a quote that occurs in its text can still mislead."""

    POLARITY = "polarity"
    SPEAKER = "speaker"
    JOINED = "joined"
    TRUNCATED = "truncated"
    OUTSIDE = "outside-main-text"
    MISPLACED = "misplaced"


class TextWarning(Struct, frozen=True):
    """A warning in words, and the span of the text that it is about."""

    kind: WarningKind
    message: str
    span: TextSpan


def quote_warnings(
    occurrence: Occurrence,
    text: SearchableText,
    quote: str,
    speakers: ExpectedSpeakers,
    lists: PolarityLists | None = None,
) -> Iterator[TextWarning]:
    """Yield warnings about one occurrence of a quote in a text."""
    unmarked = text.plain if text.context == text.text else text.context
    yield from _polarity(occurrence, unmarked, quote, lists or default_lists())
    for span in occurrence.spans:
        if other := other_speaker(text.context, span, speakers):
            yield TextWarning(WarningKind.SPEAKER, other.message(speakers.label), other.span)
    yield from _joined(occurrence, text.context, unmarked, speakers)
    yield from _truncated(occurrence, unmarked)


def _polarity(
    occurrence: Occurrence, text: str, quote: str, lists: PolarityLists
) -> Iterator[TextWarning]:
    """Yield warnings for words and phrases in brackets, left out, and around the quote."""
    whole = occurrence.start, occurrence.end
    if inserted := list(dict.fromkeys(in_brackets(insertions(quote), lists))):
        message = f"{_quoted(inserted)} in its brackets is not in the text"
        yield TextWarning(WarningKind.POLARITY, message, whole)
    for gap, joint in zip(occurrence.gaps, occurrence.joints, strict=True):
        if found := list(dict.fromkeys(in_gap(text, gap, lists))):
            verb = "is" if len(found) == 1 else "are"
            where = "what is left out" if joint is Joint.ELIDED else "what the brackets replace"
            message = f"{_quoted(found)} {verb} in {where}"
            yield TextWarning(WarningKind.POLARITY, message, gap)
    for message, span in around_quote(text, whole, lists):
        yield TextWarning(WarningKind.POLARITY, message, span)
    question = _QUESTION.match(text, occurrence.end)
    if question and not any(mark in quote[-4:] for mark in _QUESTION_MARKS) and not asks(quote):
        message = f'it is a question in the text, with "{question["mark"]}" after it'
        yield TextWarning(WarningKind.POLARITY, message, question.span("mark"))


def _quoted(words: Iterable[str]) -> str:
    return " and ".join(f'"{word}"' for word in words)


def _joined(
    occurrence: Occurrence, text: str, unmarked: str, speakers: ExpectedSpeakers
) -> Iterator[TextWarning]:
    for span in occurrence.spans:
        if names := labels_within(text, span, speakers):
            message = f'within it the speaker changes to "{names[-1]}"'
            yield TextWarning(WarningKind.JOINED, message, span)
        elif block := ended_block(unmarked, span) or ended_block(text, span):
            message = f"it runs over the end of what seems to be a {block}"
            yield TextWarning(WarningKind.JOINED, message, span)
    for gap, joint in zip(occurrence.gaps, occurrence.joints, strict=True):
        if joint is not Joint.ELIDED:
            continue
        if names := labels_within(text, gap, speakers):
            message = f'between its fragments the speaker changes to "{names[-1]}"'
            yield TextWarning(WarningKind.JOINED, message, gap)
        elif ends_sentence(text, gap):
            yield TextWarning(WarningKind.JOINED, "its fragments are from different sentences", gap)


def _truncated(occurrence: Occurrence, text: str) -> Iterator[TextWarning]:
    """Yield a warning for each end of a fragment that is a part of a word or number."""
    for span in occurrence.spans:
        for at, what in zip(span, ("begins", "ends"), strict=True):
            if found := _divided(text, at):
                kind, whole = found
                shown = " ".join(_MASKED.sub("", text[slice(*whole)]).split())
                message = f'it {what} inside the {kind} "{shown}"'
                yield TextWarning(WarningKind.TRUNCATED, message, whole)


def _divided(text: str, at: int) -> tuple[str, TextSpan] | None:
    """Return "word" or "number" and its span, if a position divides one; masks are ignored."""
    if is_between_words(text, at):
        return None
    start = max(0, at - MAX_AROUND)
    if not _MASKED.search(text, start, at + MAX_AROUND):
        return divided_word(text, at)
    seen, positions = _seen_around(text, at)
    if found := divided_word(seen, bisect_left(positions, at)):
        kind, (first, last) = found
        return kind, (positions[first], positions[last - 1] + 1)
    return None


def _seen_around(text: str, at: int) -> tuple[str, list[int]]:
    """Return the text around a position without masked characters, and where each one is."""
    around = range(max(0, at - MAX_AROUND), min(len(text), at + MAX_AROUND))
    positions = [place for place in around if not _MASKED.match(text, place)]
    return "".join(map(text.__getitem__, positions)), positions
