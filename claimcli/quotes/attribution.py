"""Find the speaker of words in a text: a label before them, or a name next to quotation marks.

Verbs of saying are not examined, so that this works in any language.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache

from claimcli.core.text.normal_forms import fold_case
from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.sentences import clause_after, clause_before

_LABEL = re.compile(
    r"[ \t>*_\[(]*(?:\d{1,2}:\d{2}(?::\d{2})?[\])]?[ \t]*)?[*_]*"  # optional time
    r"([^\W\d_][^\n:\uff1a*_]{1,40})[*_]*[:\uff1a](?!//)"
)
_WORD = re.compile(r"[^\W\d_]+")
MAX_LINES = 30
"""Longest paragraph that is attributed to one speaker, in lines."""
MAX_PARAGRAPH = 4_000
"""Longest text before a position that is searched for the start of its paragraph."""
MAX_LABEL_WORDS = 5
MAX_NAMES = 5_000
"""Names on file that are searched in running text."""
NEAREST = 3
"""Words next to quotation marks among which a name is taken for the speaker."""
_PAIRS = {
    "\u201e": "\u201c\u201d", "\u201c": "\u201d", "\u2018": "\u2019", "\u201a": "\u2018\u2019",
    "\u00ab": "\u00bb", "\u00bb": "\u00ab", "\u2039": "\u203a", "\u300c": "\u300d",
    "\u300e": "\u300f", '"': '"',
}  # fmt: skip
"""Opening quotation marks, and the marks that close them."""
_MARK = re.compile(f"[{''.join(_PAIRS)}]")

FoundName = tuple[str, TextSpan]
"""A name in a text, and its span."""


class SpeakerNames:
    """The names of all speakers on file, and their parts."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.all = tuple(names)[:MAX_NAMES]
        self.parts = [parts for name in self.all if (parts := _parts(name))]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of the names, or their last parts, in running text."""
        names = {part for name in self.all for part in (name, *name.split()[-1:])}
        spoken = {name for name in names if len(name) > 2 and name[0].isupper()}
        listed = "|".join(map(re.escape, sorted(spoken, key=lambda n: (-len(n), n))))
        return re.compile(rf"(?<!\w)(?:{listed})(?!\w)" if listed else r"(?!)")

    def includes(self, parts: frozenset[str]) -> bool:
        """Return whether the parts are a subset or superset of the parts of a known name."""
        return any(parts <= other or other <= parts for other in self.parts)


class ExpectedSpeakers:
    """The speakers that fit a claim (``own``), and all names on file.

    ``named`` says whether the claim names a speaker; if not, any speaker of its party fits.
    """

    def __init__(
        self, own: tuple[str, ...] = (), names: SpeakerNames | None = None, *, named: bool = False
    ) -> None:
        self.own = own
        self.named = named
        self.names = names or SpeakerNames()

    @property
    def label(self) -> str:
        """The first name that fits."""
        return self.own[0] if self.own else "nobody named"

    @cached_property
    def _own_parts(self) -> list[frozenset[str]]:
        return [_parts(name) for name in self.own]

    def fits(self, name: str) -> bool:
        """Return whether a name has a part in common with a fitting name."""
        parts = _parts(name)
        return any(parts & own for own in self._own_parts)

    def is_known(self, name: str) -> bool:
        """Return whether a name is on file or fits."""
        parts = _parts(name)
        return bool(parts) and (self.names.includes(parts) or self.fits(name))

    def contradicts(self, name: str) -> bool:
        """Return whether a name is of another speaker: on file, or not fitting."""
        parts = _parts(name)
        if any(parts <= own or own <= parts for own in self._own_parts if own):
            return False
        return self.names.includes(parts) or (self.named and not self.fits(name))


def _parts(name: str) -> frozenset[str]:
    """Return the words of a name that have more than one letter, without case."""
    return frozenset(part for part in _WORD.findall(fold_case(name)) if len(part) > 1)


def labels_within(text: str, span: TextSpan) -> list[str]:
    """Return the speakers' labels on lines that begin within a span."""
    start, end = span
    if text.find("\n", start, end) < 0:
        return []
    starts = (start + found.end() for found in re.finditer("\n", text[start:end]))
    labels = (label for at in starts if (label := _label_at(text, at)))
    return [name for name, at in labels if at[0] < end and _is_transcript(text, name)]


def other_speaker(text: str, span: TextSpan, speakers: ExpectedSpeakers) -> FoundName | None:
    """Return the speaker that the text clearly names, if it is not one of those expected."""
    if not speakers.own:
        return None
    if label := _label_before(text, span[0]):
        plain = speakers.is_known(label[0]) or _is_transcript(text, label[0])
        return label if plain and speakers.contradicts(label[0]) else None
    return _next_to_marks(text, span, speakers)


def _label_before(text: str, at: int) -> FoundName | None:
    """Return the last label before a position, within its paragraph or its line."""
    least = max(0, at - MAX_PARAGRAPH)
    line = text.rfind("\n", 0, at) + 1
    blanks = ((text.rfind(mark, least, at), len(mark)) for mark in ("\n\n", "\n\r\n"))
    start = max((found + size for found, size in blanks if found >= 0), default=least)
    if (start == least > 0) or text.count("\n", start, at) > MAX_LINES:
        start = line
    if not _COLON.search(text, start, at):
        return None
    starts = [start, *(start + f.end() for f in re.finditer("\n", text[start:at]))]
    found = (label for first in reversed(starts) if (label := _label_at(text, first)))
    return next((label for label in found if label[1][1] < at), None)


_COLON = re.compile("[:\uff1a]")


def _label_at(text: str, start: int) -> FoundName | None:
    """Return the text before a colon at the start of a line, if it can be a speaker's name."""
    found = _LABEL.match(text, start)
    if found is None:
        return None
    name = found[1].strip()
    fits = len(name) > 1 and len(name.split()) <= MAX_LABEL_WORDS and name[0].isupper()
    return (name, found.span(1)) if fits or not name[0].isascii() else None


@lru_cache(maxsize=1)
def _labels(text: str) -> Counter[str]:
    """Return how often each label occurs in a text."""
    starts = (0, *(found.end() for found in re.finditer("\n", text)))
    return Counter(label[0] for start in starts if (label := _label_at(text, start)))


def _is_transcript(text: str, name: str) -> bool:
    """Return whether a label is one of several speakers: in capitals, or used more than once."""
    labels = _labels(text)
    speaking = [one for one, count in labels.items() if one.isupper() or count > 1]
    return name in speaking and len(speaking) > 1


def _next_to_marks(text: str, span: TextSpan, speakers: ExpectedSpeakers) -> FoundName | None:
    """Return another speaker's name next to the quotation marks around the words."""
    marks = _marks_around(text, span)
    if marks is None:
        return None
    start, end = marks
    while start > 0 and text[start - 1] in " ,:\n":
        start -= 1
    while end < len(text) and text[end] in " ,":
        end += 1
    parts = clause_before(text, start), clause_after(text, end, end)
    if any(speakers.fits(found[0]) for part in parts for found in _WORD.finditer(text, *part)):
        return None
    if text[marks[1] - 2] == ".":  # a sentence ends here, and a new one follows the marks
        return _other_name(text, parts[0], speakers, slice(-NEAREST, None))
    return _other_name(text, parts[1], speakers, slice(NEAREST)) or _other_name(
        text, parts[0], speakers, slice(-NEAREST, None)
    )


def _other_name(
    text: str, part: TextSpan, speakers: ExpectedSpeakers, near: slice
) -> FoundName | None:
    """Return another speaker's name among some words of a clause."""
    words = [found.span() for found in _WORD.finditer(text, *part)]
    if not words:
        return None
    first, last = words[near][0], words[near][-1]
    for found in speakers.names.pattern.finditer(text, *part):
        if found.start() <= last[0] and found.end() >= first[1]:
            return found[0], found.span()
    return None


MAX_QUOTED = 600
"""Longest text before and after the words that is searched for quotation marks."""


def _marks_around(text: str, span: TextSpan) -> TextSpan | None:
    """Return the span from the opening to the closing quotation mark on the same line."""
    start, end = span
    first = max(0, start - MAX_QUOTED)
    first = max(first, text.rfind("\n", first, start) + 1)
    before = text[first:start]
    if not _MARK.search(before):
        return None
    opening, mark = max((_opened(before, mark), mark) for mark in _PAIRS)
    if opening < 0:
        return None
    after = text[end - 1 : end + MAX_QUOTED].partition("\n")[0]
    closing = re.search(rf"[{_PAIRS[mark]}](?!\w)", after)
    return (first + opening, end + closing.start()) if closing else None


def _opened(before: str, mark: str) -> int:
    """Return the position of a quotation mark that is still open, or -1."""
    if mark == '"':
        return before.rfind(mark) if before.count(mark) % 2 else -1
    at = before.rfind(mark)
    closed = at >= 0 and re.search(rf"[{_PAIRS[mark]}](?!\w)", before[at + 1 :])
    return -1 if closed else at
