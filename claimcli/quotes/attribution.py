"""Whom a text has its words from, where that is plain: a label before them, or a name right beside
the marks of the quotation. No language's verbs of saying are looked at.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache

from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.sentences import clause_after, clause_before

_LABEL = re.compile(
    r"[ \t>*_\[(]*(?:\d{1,2}:\d{2}(?::\d{2})?[\])]?[ \t]*)?[*_]*"  # a time may stand before it
    r"([^\W\d_][^\n:\uff1a*_]{1,40})[*_]*[:\uff1a](?!//)"
)
_WORD = re.compile(r"[^\W\d_]+")
MOST_LINES = 30
"""Lines beyond which what stands between two blank lines is no paragraph of one speaker's."""
MOST_PARAGRAPH = 4_000
"""Characters before a place in which its paragraph is looked for."""
MOST_LABEL_WORDS = 5
MOST_NAMES = 5_000
"""Names on file that are looked for in running text."""
NEAREST = 3
"""Words beside the marks of a quotation among which a name says whom it is from."""
_PAIRS = {
    "\u201e": "\u201c\u201d", "\u201c": "\u201d", "\u2018": "\u2019", "\u201a": "\u2018\u2019",
    "\u00ab": "\u00bb", "\u00bb": "\u00ab", "\u2039": "\u203a", "\u300c": "\u300d",
    "\u300e": "\u300f", '"': '"',
}  # fmt: skip
"""Marks that open a quotation, and those that close it."""
_MARK = re.compile(f"[{''.join(_PAIRS)}]")

FoundName = tuple[str, TextSpan]
"""A name in a text, and where it stands."""


class SpeakerNames:
    """The names of all speakers on file."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.all = tuple(names)[:MOST_NAMES]
        self.parts = [parts for name in self.all if (parts := _parts(name))]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the names, or their last parts, in running text."""
        names = {part for name in self.all for part in (name, *name.split()[-1:])}
        spoken = {name for name in names if len(name) > 2 and name[0].isupper()}
        listed = "|".join(map(re.escape, sorted(spoken, key=lambda n: (-len(n), n))))
        return re.compile(rf"(?<!\w)(?:{listed})(?!\w)" if listed else r"(?!)")

    def includes(self, parts: frozenset[str]) -> bool:
        """Return whether some name has all these parts, or these have all of it."""
        return any(parts <= other or other <= parts for other in self.parts)


class ExpectedSpeakers:
    """Whose words a claim gives: the names that fit, and the names on file that may not.

    ``named`` says whether the claim names a speaker: without one any of its party's would fit.
    """

    def __init__(
        self, own: tuple[str, ...] = (), names: SpeakerNames | None = None, *, named: bool = False
    ) -> None:
        self.own = own
        self.named = named
        self.names = names or SpeakerNames()

    @property
    def label(self) -> str:
        """The first of the names that fit."""
        return self.own[0] if self.own else "nobody named"

    @cached_property
    def _own_parts(self) -> list[frozenset[str]]:
        return [_parts(name) for name in self.own]

    def fits(self, name: str) -> bool:
        """Return whether a name shares a part with one of the claim's own."""
        parts = _parts(name)
        return any(parts & own for own in self._own_parts)

    def is_known(self, name: str) -> bool:
        """Return whether a label names somebody on file."""
        parts = _parts(name)
        return bool(parts) and (self.names.includes(parts) or self.fits(name))

    def contradicts(self, name: str) -> bool:
        """Return whether a label names somebody else: who is on file, or nobody that fits."""
        parts = _parts(name)
        if any(parts <= own or own <= parts for own in self._own_parts if own):
            return False
        return self.names.includes(parts) or (self.named and not self.fits(name))


def _parts(name: str) -> frozenset[str]:
    """Return the parts of a name; of one in a script without letters that part, all its words."""
    return frozenset(part.casefold() for part in _WORD.findall(name) if len(part) > 1)


def labels_within(text: str, stretch: TextSpan) -> list[str]:
    """Return the speakers' labels that stand on lines beginning in a part of a text."""
    start, end = stretch
    if text.find("\n", start, end) < 0:
        return []
    starts = (start + found.end() for found in re.finditer("\n", text[start:end]))
    found = (label for at in starts if (label := _label_at(text, at)))
    return [name for name, place in found if place[0] < end and _is_transcript(text, name)]


def other_speaker(text: str, stretch: TextSpan, voices: ExpectedSpeakers) -> FoundName | None:
    """Return whom the text plainly has the words from, where it is somebody else."""
    if not voices.own:
        return None
    if label := _label_before(text, stretch[0]):
        plain = voices.is_known(label[0]) or _is_transcript(text, label[0])
        return label if plain and voices.contradicts(label[0]) else None
    return _beside(text, stretch, voices)


def _label_before(text: str, at: int) -> FoundName | None:
    """Return the last label before a place in its paragraph, or on its line."""
    least = max(0, at - MOST_PARAGRAPH)
    line = text.rfind("\n", 0, at) + 1
    blanks = ((text.rfind(mark, least, at), len(mark)) for mark in ("\n\n", "\n\r\n"))
    start = max((found + size for found, size in blanks if found >= 0), default=least)
    if (start == least > 0) or text.count("\n", start, at) > MOST_LINES:
        start = line
    if not _COLON.search(text, start, at):
        return None
    starts = [start, *(start + f.end() for f in re.finditer("\n", text[start:at]))]
    found = (label for first in reversed(starts) if (label := _label_at(text, first)))
    return next((label for label in found if label[1][1] < at), None)


_COLON = re.compile("[:\uff1a]")


def _label_at(text: str, start: int) -> FoundName | None:
    """Return what a line begins with before a colon, if it may be a speaker's name."""
    found = _LABEL.match(text, start)
    if found is None:
        return None
    name = found[1].strip()
    fits = len(name) > 1 and len(name.split()) <= MOST_LABEL_WORDS and name[0].isupper()
    return (name, found.span(1)) if fits or not name[0].isascii() else None


@lru_cache(maxsize=1)
def _labels(text: str) -> Counter[str]:
    """Return how often each label stands in a text."""
    starts = (0, *(found.end() for found in re.finditer("\n", text)))
    return Counter(label[0] for start in starts if (label := _label_at(text, start)))


def _is_transcript(text: str, name: str) -> bool:
    """Return whether a label is one speaker's of several: in capitals, or there time and again."""
    labels = _labels(text)
    speaking = [one for one, count in labels.items() if one.isupper() or count > 1]
    return name in speaking and len(speaking) > 1


def _beside(text: str, stretch: TextSpan, voices: ExpectedSpeakers) -> FoundName | None:
    """Return another's name right beside the quotation marks that the words stand in."""
    marks = _marks_around(text, stretch)
    if marks is None:
        return None
    start, end = marks
    while start > 0 and text[start - 1] in " ,:\n":
        start -= 1
    while end < len(text) and text[end] in " ,":
        end += 1
    parts = clause_before(text, start), clause_after(text, end, end)
    if any(voices.fits(found[0]) for part in parts for found in _WORD.finditer(text, *part)):
        return None
    if text[marks[1] - 2] == ".":  # a sentence ended within the marks: what follows is the next
        return _named(text, parts[0], voices, slice(-NEAREST, None))
    return _named(text, parts[1], voices, slice(NEAREST)) or _named(
        text, parts[0], voices, slice(-NEAREST, None)
    )


def _named(text: str, part: TextSpan, voices: ExpectedSpeakers, near: slice) -> FoundName | None:
    """Return another's name among some words of a clause."""
    words = [found.span() for found in _WORD.finditer(text, *part)]
    if not words:
        return None
    first, last = words[near][0], words[near][-1]
    for found in voices.names.pattern.finditer(text, *part):
        if found.start() <= last[0] and found.end() >= first[1]:
            return found[0], found.span()
    return None


MOST_QUOTED = 600
"""Characters before and after the words in which their quotation marks are looked for."""


def _marks_around(text: str, stretch: TextSpan) -> TextSpan | None:
    """Return where the quotation marks stand that the words are between, on one line."""
    start, end = stretch
    first = max(0, start - MOST_QUOTED)
    first = max(first, text.rfind("\n", first, start) + 1)
    before = text[first:start]
    if not _MARK.search(before):
        return None
    opening, mark = max((_opened(before, mark), mark) for mark in _PAIRS)
    if opening < 0:
        return None
    after = text[end - 1 : end + MOST_QUOTED].partition("\n")[0]
    closing = re.search(rf"[{_PAIRS[mark]}](?!\w)", after)
    return (first + opening, end + closing.start()) if closing else None


def _opened(before: str, mark: str) -> int:
    """Return where a quotation that is still open begins, -1 where none is."""
    if mark == '"':
        return before.rfind(mark) if before.count(mark) % 2 else -1
    at = before.rfind(mark)
    closed = at >= 0 and re.search(rf"[{_PAIRS[mark]}](?!\w)", before[at + 1 :])
    return -1 if closed else at
