"""Whom a text has its words from, where that is plain: a label before them, or a name right beside
the marks of the quotation. No language's verbs of saying are looked at.
"""

import re
from functools import cached_property

from claimcli.quotation.sentences import clause_after, clause_before
from claimcli.quotation.text import Stretch

_LABEL = re.compile(r"[ \t>*_]*([^\W\d_][^\n:\uff1a*_]{1,40})[*_]*[:\uff1a](?!//)")
_WORD = re.compile(r"[^\W\d_]+")
MOST_LINES = 30
"""Lines beyond which what stands between two blank lines is no paragraph of one speaker's."""
MOST_PARAGRAPH = 4_000
"""Characters before a place in which its paragraph is looked for."""
MOST_LABEL_WORDS = 5
MOST_NAMES = 5_000
"""Names on file that are looked for in running text."""
NEAREST = 2
"""Words beside the marks of a quotation among which a name says whom it is from."""
_PAIRS = {
    "\u201e": "\u201c\u201d", "\u201c": "\u201d", "\u2018": "\u2019", "\u201a": "\u2018\u2019",
    "\u00ab": "\u00bb", "\u00bb": "\u00ab", "\u2039": "\u203a", "\u300c": "\u300d",
    "\u300e": "\u300f", '"': '"',
}  # fmt: skip
"""Marks that open a quotation, and those that close it."""
_MARK = re.compile(f"[{''.join(_PAIRS)}]")

Named = tuple[str, Stretch]
"""A name in a text, and where it stands."""


class Voices:
    """Whose words a claim gives: the names that fit, and the names on file that may not.

    ``named`` says whether the claim names a speaker: without one any of its party's would fit.
    """

    def __init__(
        self, own: tuple[str, ...] = (), others: tuple[str, ...] = (), *, named: bool = False
    ) -> None:
        self.own = own
        self.named = named
        self.given = others

    @property
    def shown(self) -> str:
        """The first of the names that fit."""
        return self.own[0] if self.own else "nobody named"

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The names on file that are none of its own."""
        own = [_parts(name) for name in self.own]
        parts = ((name, _parts(name)) for name in self.given[:MOST_NAMES])
        return tuple(name for name, p in parts if p and not any(p <= o or o <= p for o in own if o))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the others' names, or their last parts, in running text."""
        names = {name for other in self.others for name in (other, other.split()[-1])}
        spoken = {n for n in names if len(n) > 2 and n[0].isupper() and not self.fits(n)}
        listed = "|".join(map(re.escape, sorted(spoken, key=lambda n: (-len(n), n))))
        return re.compile(rf"(?<!\w)(?:{listed})(?!\w)" if listed else r"(?!)")

    def fits(self, name: str) -> bool:
        """Return whether a name shares a part with one of the claim's own."""
        parts = _parts(name)
        return any(parts & _parts(own) for own in self.own)

    def is_other(self, name: str) -> bool:
        """Return whether a label names somebody else: who is on file, or nobody that fits."""
        parts = _parts(name)
        if any(parts <= _parts(own) or _parts(own) <= parts for own in self.own):
            return False
        known = any(parts <= _parts(other) or _parts(other) <= parts for other in self.others)
        return known or (self.named and not self.fits(name))


def _parts(name: str) -> frozenset[str]:
    """Return the parts of a name; of one in a script without letters that part, all its words."""
    return frozenset(part.casefold() for part in _WORD.findall(name) if len(part) > 1)


def labels_within(text: str, stretch: Stretch) -> list[str]:
    """Return the speakers' labels that stand on lines beginning in a part of a text."""
    start, end = stretch
    starts = (found.end() for found in re.finditer("\n", text[start:end]))
    found = (_label_at(text, start + at) for at in starts)
    return [label[0] for label in found if label]


def other_speaker(text: str, stretch: Stretch, voices: Voices) -> Named | None:
    """Return whom the text plainly has the words from, where it is somebody else."""
    if not voices.own:
        return None
    if label := _label_before(text, stretch[0]):
        return label if voices.is_other(label[0]) else None
    return _beside(text, stretch, voices)


def _label_before(text: str, at: int) -> Named | None:
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


def _label_at(text: str, start: int) -> Named | None:
    """Return the speaker's label that a line begins with: in capitals, or there time and again."""
    found = _LABEL.match(text, start)
    if found is None:
        return None
    name = found[1].strip()
    if len(name) < 2 or len(name.split()) > MOST_LABEL_WORDS:
        return None
    again = name.isupper() or text.count(found[0]) > 1
    return (name, found.span(1)) if again else None


def _beside(text: str, stretch: Stretch, voices: Voices) -> Named | None:
    """Return another's name right beside the quotation marks that the words stand in."""
    marks = _marks_around(text, stretch)
    if marks is None:
        return None
    start, end = marks
    while start > 0 and text[start - 1] in " ,:\n":
        start -= 1
    while end < len(text) and text[end] in " ,":
        end += 1
    after, before = clause_after(text, end, end), clause_before(text, start)
    return _named(text, after, voices, slice(NEAREST)) or _named(
        text, before, voices, slice(-NEAREST, None)
    )


def _named(text: str, part: Stretch, voices: Voices, near: slice) -> Named | None:
    """Return another's name among some words of a clause; none where one of its own is in it."""
    words = [found.span() for found in _WORD.finditer(text, *part)]
    if not words or any(voices.fits(text[slice(*word)]) for word in words):
        return None
    first, last = words[near][0], words[near][-1]
    for found in voices.pattern.finditer(text, *part):
        if found.start() <= last[0] and found.end() >= first[1]:
            return found[0], found.span()
    return None


MOST_QUOTED = 600
"""Characters before and after the words in which their quotation marks are looked for."""


def _marks_around(text: str, stretch: Stretch) -> Stretch | None:
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
