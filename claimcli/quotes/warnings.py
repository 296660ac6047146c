"""Warnings about a quote that occurs in its text but may mislead: text around it that matters."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct

from claimcli.quotes.elisions import Joint, insertions
from claimcli.quotes.locate import Occurrence
from claimcli.quotes.normalize import LINE_END_HYPHEN, normalize
from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.sentences import (
    MAX_CLAUSE,
    clause_after,
    clause_before,
    ended_block,
    ends_sentence,
)
from claimcli.quotes.speakers.attribution import labels_within, other_speaker
from claimcli.quotes.speakers.names import ExpectedSpeakers
from claimcli.quotes.word_boundary import MAX_SHOWN, divided_word, inside_word

MAX_NEIGHBOURS = 6
"""Words before and after a quote that are examined."""
_WORD = re.compile(r"[^\W_]+(?:['\u2019\u02bc\u055a][^\W_]+)*")
_APOSTROPHE = re.compile("[\u2019\u02bc\u055a]")


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
    occurrence: Occurrence, text: str, quote: str, speakers: ExpectedSpeakers
) -> Iterator[TextWarning]:
    """Yield warnings about one occurrence of a quote in a text."""
    yield from _insertions(quote, occurrence)
    yield from _polarity(occurrence, text)
    for span in occurrence.spans:
        if other := other_speaker(text, span, speakers):
            yield TextWarning(WarningKind.SPEAKER, other.message(speakers.label), other.span)
    yield from _joined(occurrence, text)
    yield from _truncated(occurrence, text)


def _insertions(quote: str, occurrence: Occurrence) -> Iterator[TextWarning]:
    """Yield a warning for polarity words that occur only in the quote's brackets."""
    words = filter(_is_polarity_word, _WORD.findall(" ".join(insertions(quote))))
    if shown := " and ".join(f'"{word}"' for word in dict.fromkeys(words)):
        message = f"{shown} in its brackets is not in the text"
        yield TextWarning(WarningKind.POLARITY, message, (occurrence.start, occurrence.end))


def _polarity(occurrence: Occurrence, text: str) -> Iterator[TextWarning]:
    for gap, joint in zip(occurrence.gaps, occurrence.joints, strict=True):
        where = "what is left out" if joint is Joint.ELIDED else "what the brackets replace"
        left_out = normalize(text[slice(*gap)]).text.replace(LINE_END_HYPHEN, "")
        inner = _words(left_out, (0, len(left_out)))
        yield from _polarity_warning(left_out, gap, inner, f"in {where}")
    yield from _outside(occurrence, text)


def _outside(occurrence: Occurrence, text: str) -> Iterator[TextWarning]:
    """Yield a warning for each end of the quote with a polarity word just outside it."""
    before = max(0, occurrence.start - MAX_CLAUSE), _word_end(text, occurrence.start)
    if any(map(_is_polarity_word, _WORD.findall(text, *before)[-MAX_NEIGHBOURS:])):
        part = clause_before(text, occurrence.start)
        near = _words(text, before)[-MAX_NEIGHBOURS:]
        within = [word for word in near if word[0] >= part[0]]
        yield from _polarity_warning(text, part, within, "just before it, in the same clause")
    after = _word_start(text, occurrence.end), occurrence.end + MAX_CLAUSE
    if any(map(_is_polarity_word, _WORD.findall(text, *after)[:MAX_NEIGHBOURS])):
        part = clause_after(text, occurrence.start, occurrence.end)
        near = _words(text, after)[:MAX_NEIGHBOURS]
        within = [word for word in near if word[1] <= part[1]]
        yield from _polarity_warning(text, part, within, "just after it, in the same clause")


def _is_name(text: str, word: TextSpan) -> bool:
    """Return whether a word is capitalized within a sentence, like a name."""
    start, end = word
    if not text[start:end].istitle() or end - start < 2:
        return False
    before = text[max(0, start - 40) : start].rstrip(" \t\u00a0\"'(\u201c\u2018\u201e\u00ab")
    return bool(before) and (before[-1].isalnum() or before[-1] == ",")


@lru_cache(maxsize=65_536)
def _is_polarity_word(word: str) -> bool:
    listed, pattern = _polarity_words()
    written = _APOSTROPHE.sub("'", word).casefold()
    return written in listed or pattern.fullmatch(written) is not None


def _word_end(text: str, at: int) -> int:
    """Return the end of the word around a position; the position itself at a word boundary."""
    found = _WORD.match(text, at) if inside_word(text, at) else None
    return found.end() if found else at


def _word_start(text: str, at: int) -> int:
    """Return the start of the word around a position; the position itself at a word boundary."""
    start = at
    while start > 0 and at - start < MAX_SHOWN and inside_word(text, start):
        start -= 1
    return start


def _words(text: str, span: TextSpan) -> list[TextSpan]:
    return [found.span() for found in _WORD.finditer(text, *span)]


def _polarity_warning(
    text: str, part: TextSpan, words: Iterable[TextSpan], where: str
) -> Iterator[TextWarning]:
    """Yield one warning that names the polarity words among some words."""
    found = [
        one
        for word in words
        if _is_polarity_word(one := text[slice(*word)]) and not _is_name(text, word)
    ]
    if found:
        shown = " and ".join(f'"{word}"' for word in dict.fromkeys(found))
        verb = "is" if len(set(found)) == 1 else "are"
        yield TextWarning(WarningKind.POLARITY, f"{shown} {verb} {where}", part)


@cache
def _polarity_words() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the words that change a meaning, and a pattern of those listed with ``*``."""
    text = (Path(__file__).parent / "polarity.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip().casefold() for line in text.splitlines())
    words = [word for word in lines if word]
    wild = (re.escape(word).replace(r"\*", ".*") for word in words if "*" in word)
    return frozenset(words), re.compile("|".join(wild))


def _joined(occurrence: Occurrence, text: str) -> Iterator[TextWarning]:
    for span in occurrence.spans:
        if names := labels_within(text, span):
            message = f'within it the speaker changes to "{names[-1]}"'
            yield TextWarning(WarningKind.JOINED, message, span)
        elif block := ended_block(text, span):
            message = f"it runs over the end of what seems to be a {block}"
            yield TextWarning(WarningKind.JOINED, message, span)
    for gap, joint in zip(occurrence.gaps, occurrence.joints, strict=True):
        if joint is not Joint.ELIDED:
            continue
        if names := labels_within(text, gap):
            message = f'between its fragments the speaker changes to "{names[-1]}"'
            yield TextWarning(WarningKind.JOINED, message, gap)
        elif ends_sentence(text, gap):
            yield TextWarning(WarningKind.JOINED, "its fragments are from different sentences", gap)


def _truncated(occurrence: Occurrence, text: str) -> Iterator[TextWarning]:
    """Yield a warning for each end of a fragment that is a part of a word or number."""
    for span in occurrence.spans:
        for at, what in zip(span, ("begins", "ends"), strict=True):
            if found := divided_word(text, at):
                kind, whole = found
                shown = " ".join(text[slice(*whole)].split())
                message = f'it {what} inside the {kind} "{shown}"'
                yield TextWarning(WarningKind.TRUNCATED, message, whole)
