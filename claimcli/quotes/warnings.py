"""What to beware of in a quote that stands in its text: words around it that change its meaning."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct

from claimcli.quotes.attribution import ExpectedSpeakers, labels_within, other_speaker
from claimcli.quotes.elisions import Joint, insertions
from claimcli.quotes.locate import Occurrence
from claimcli.quotes.normalize import LINE_END_HYPHEN, normalize
from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.sentences import MOST_OUTSIDE, clause_after, clause_before, ends_sentence
from claimcli.quotes.word_boundary import inside_word

MOST_WORDS_OUTSIDE = 6
"""Words beside a quote that count as just outside it."""
_WORD = re.compile(r"[^\W_]+(?:['\u2019\u02bc\u055a][^\W_]+)*")
_APOSTROPHE = re.compile("[\u2019\u02bc\u055a]")


class WarningKind(StrEnum):
    """Why a quote that stands may still not say what it seems to."""

    POLARITY = "polarity"
    SPEAKER = "speaker"
    JOINED = "joined"
    TRUNCATED = "truncated"


class TextWarning(Struct, frozen=True):
    """One danger in words, and the part of the text that it is about."""

    kind: WarningKind
    message: str
    span: TextSpan


def quote_warnings(
    place: Occurrence, text: str, quote: str, voices: ExpectedSpeakers
) -> Iterator[TextWarning]:
    """Yield what to beware of in a quote at a place of a text."""
    yield from _inserted(quote, place)
    yield from _polarity(place, text)
    if found := other_speaker(text, (place.start, place.end), voices):
        name, stretch = found
        message = f'the text has it from "{name}", the claim from "{voices.label}"'
        yield TextWarning(WarningKind.SPEAKER, message, stretch)
    yield from _joined(place, text)
    yield from _truncated(place, text)


def _inserted(quote: str, place: Occurrence) -> Iterator[TextWarning]:
    """Yield a warning for words of the list that only the brackets of the quote say."""
    words = [word for part in insertions(quote) for word in _WORD.findall(part) if _turns(word)]
    if words:
        shown = " and ".join(f'"{word}"' for word in dict.fromkeys(words))
        message = f"{shown} in its brackets is not in the text"
        yield TextWarning(WarningKind.POLARITY, message, (place.start, place.end))


def _polarity(place: Occurrence, text: str) -> Iterator[TextWarning]:
    for gap, joint in zip(place.gaps, place.joints, strict=True):
        where = "what is left out" if joint is Joint.ELIDED else "what the brackets replace"
        left_out = normalize(text[slice(*gap)]).text.replace(LINE_END_HYPHEN, "")
        inner = _words(left_out, (0, len(left_out)))
        yield from _turning(left_out, gap, inner, f"in {where}")
    yield from _outside(place, text)


def _outside(place: Occurrence, text: str) -> Iterator[TextWarning]:
    """Yield a warning for each end that cuts such a word off from what it belongs to.

    Where the clause ends is looked for only if one of the nearest words is such a word.
    """
    before = max(0, place.start - MOST_OUTSIDE), _word_end(text, place.start)
    if any(map(_turns, _WORD.findall(text, *before)[-MOST_WORDS_OUTSIDE:])):
        part = clause_before(text, place.start)
        near = _words(text, before)[-MOST_WORDS_OUTSIDE:]
        within = [word for word in near if word[0] >= part[0]]
        yield from _turning(text, part, within, "just before it, in the same clause")
    after = _word_start(text, place.end), place.end + MOST_OUTSIDE
    if any(map(_turns, _WORD.findall(text, *after)[:MOST_WORDS_OUTSIDE])):
        part = clause_after(text, place.start, place.end)
        near = _words(text, after)[:MOST_WORDS_OUTSIDE]
        within = [word for word in near if word[1] <= part[1]]
        yield from _turning(text, part, within, "just after it, in the same clause")


def _is_name(text: str, word: TextSpan) -> bool:
    """Return whether a word is written as names are: with a capital within a sentence."""
    start, end = word
    if not text[start:end].istitle() or end - start < 2:
        return False
    before = text[max(0, start - 40) : start].rstrip(" \t\u00a0\"'(\u201c\u2018\u201e\u00ab")
    return bool(before) and (before[-1].isalnum() or before[-1] == ",")


@lru_cache(maxsize=65_536)
def _turns(word: str) -> bool:
    """Return whether a word is on the list."""
    listed, pattern = _polarity_words()
    written = _APOSTROPHE.sub("'", word).casefold()
    return written in listed or pattern.fullmatch(written) is not None


def _word_end(text: str, at: int) -> int:
    """Return where the word ends that a place is inside of, the place where it is in none."""
    found = _WORD.match(text, at) if inside_word(text, at) else None
    return found.end() if found else at


def _word_start(text: str, at: int) -> int:
    """Return where the word begins that a place is inside of, the place where it is in none."""
    start = at
    while start > 0 and at - start < MOST_SHOWN and inside_word(text, start):
        start -= 1
    return start


def _words(text: str, stretch: TextSpan) -> list[TextSpan]:
    return [found.span() for found in _WORD.finditer(text, *stretch)]


def _turning(
    text: str, part: TextSpan, words: Iterable[TextSpan], where: str
) -> Iterator[TextWarning]:
    """Yield one warning that names each word of the list."""
    found = [
        one for word in words if _turns(one := text[slice(*word)]) and not _is_name(text, word)
    ]
    if found:
        shown = " and ".join(f'"{word}"' for word in dict.fromkeys(found))
        stand = "stands" if len(set(found)) == 1 else "stand"
        yield TextWarning(WarningKind.POLARITY, f"{shown} {stand} {where}", part)


@cache
def _polarity_words() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the words that change what is said, and a pattern of those written with ``*``."""
    text = (Path(__file__).parent / "polarity.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip().casefold() for line in text.splitlines())
    words = [word for word in lines if word]
    wild = (re.escape(word).replace(r"\*", ".*") for word in words if "*" in word)
    return frozenset(words), re.compile("|".join(wild))


def _joined(place: Occurrence, text: str) -> Iterator[TextWarning]:
    for stretch in place.spans:
        if names := labels_within(text, stretch):
            message = f'within it the text goes on to "{names[-1]}"'
            yield TextWarning(WarningKind.JOINED, message, stretch)
    for gap, joint in zip(place.gaps, place.joints, strict=True):
        if joint is not Joint.ELIDED:
            continue
        if names := labels_within(text, gap):
            message = f'between its fragments the text goes on to "{names[-1]}"'
            yield TextWarning(WarningKind.JOINED, message, gap)
        elif ends_sentence(text, gap):
            yield TextWarning(WarningKind.JOINED, "its fragments stand in different sentences", gap)


def _truncated(place: Occurrence, text: str) -> Iterator[TextWarning]:
    for at, what in ((place.start, "begins"), (place.end, "ends")):
        if inside_word(text, at):
            start, end = _whole_word(text, at)
            message = f'it {what} inside the word "{text[start:end]}"'
            yield TextWarning(WarningKind.TRUNCATED, message, (start, end))


def _whole_word(text: str, at: int) -> TextSpan:
    first, last = at, at
    while first > 0 and not text[first - 1].isspace() and at - first < MOST_SHOWN:
        first -= 1
    while last < len(text) and not text[last].isspace() and last - at < MOST_SHOWN:
        last += 1
    marks = len(text[first:last]) - len(text[first:last].rstrip(".,;:!?\"'\u2019\u201d)]"))
    return first, max(at, last - marks)


MOST_SHOWN = 40
"""Characters of a cut word that are shown on either side."""
