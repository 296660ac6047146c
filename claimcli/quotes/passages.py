"""The passages of a text that are somebody's words: quotations, and the turns of a transcript."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from claimcli.quotes.normalize import INVISIBLE
from claimcli.quotes.searchable import SearchableText, TextSpan
from claimcli.quotes.speakers.attribution import named_speaker
from claimcli.quotes.speakers.labels import LabelKind
from claimcli.quotes.speakers.names import SpeakerNames
from claimcli.quotes.speakers.quotations import outer_quotations
from claimcli.quotes.speakers.transcripts import labels_of

LEAST_WORDS = 2
"""Words of a passage; a single word between marks is rather a name or a doubtful term."""
MOST_CHARACTERS = 2_000
"""Longest passage; the rest of a longer one is left out."""
MAX_BETWEEN = 200
"""Longest text between a quotation and the one before that "he" said, in characters."""
_AFTER_LABEL = re.compile(r"[\s:\uff1a*_)\]>]*")
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n|\f")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u2010][ \t]*\r?\n\s*(?=[^\W\d_A-Z])")
_NOT_WORDS = re.compile(f"[{INVISIBLE}]")


class SpokenPassage(Struct, frozen=True):
    """The span of a passage without marks, its words, and the speaker by the text, "" if unknown.

    The words are those of the text, with each run of white space as one space, and without hyphens
    at the ends of lines.
    """

    span: TextSpan
    words: str
    speaker: str = ""


def spoken_passages(text: SearchableText, names: SpeakerNames) -> list[SpokenPassage]:
    """Return the passages of a text in order; ``names`` are those of the speakers on file.

    In a transcript they are the paragraphs after each label of a speaker, and the quotations
    outside of these.
    """
    turns = [
        (span, turn.name if turn.kind in (LabelKind.NAME, LabelKind.WORD) else "")
        for turn, span in labels_of(text.plain, names).turns()
    ]
    found = [one for span, name in turns for one in _paragraphs(text.plain, span, name)]
    found += _quoted(text.plain, [span for span, _ in turns], names)
    return sorted(found, key=lambda one: one.span)


def _paragraphs(text: str, turn: TextSpan, speaker: str) -> Iterator[SpokenPassage]:
    at, end = turn
    while at < end:
        stop = _PARAGRAPH_END.search(text, at, end)
        last = stop.start() if stop else end
        begin = _AFTER_LABEL.match(text, at, last)
        yield from _passage(text, (begin.end() if begin else at, last), speaker)
        at = stop.end() if stop else end


def _quoted(text: str, turns: list[TextSpan], names: SpeakerNames) -> Iterator[SpokenPassage]:
    """Yield the quotations outside of the turns of a transcript."""
    speaker, last, starts = "", 0, [start for start, _ in turns]
    for one in outer_quotations(text):
        turn = bisect_right(starts, one.start) - 1
        if turn >= 0 and one.start < turns[turn][1]:
            continue
        named = named_speaker(text, one, names)
        is_near = one.start - last < MAX_BETWEEN
        speaker = (speaker if is_near else "") if named is None else named
        last = one.end
        yield from _passage(text, (one.start + 1, one.end - 1), speaker)


def _passage(text: str, span: TextSpan, speaker: str) -> Iterator[SpokenPassage]:
    """Yield the passage of a span, without the comma with which a quotation ends."""
    start, end = span
    end = min(end, start + MOST_CHARACTERS)
    words = text[start:end].rstrip().removesuffix(",").rstrip()
    begin = start + len(words) - len(words.lstrip())
    shown = " ".join(_HYPHENATED.sub("", _NOT_WORDS.sub("", words)).split())
    if len(shown.split()) >= LEAST_WORDS:
        yield SpokenPassage((begin, start + len(words)), shown, speaker)
