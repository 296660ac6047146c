"""The comments of a YAML text, which are between the events of its parser."""

import re
from collections import Counter

from msgspec import Struct

from claimcli.core.problems import Span
from claimcli.edit.fmt.styled_nodes import Alias, CannotFormatError, Slot
from claimcli.syntax.events import LINE_BREAK

BLANK = ""
_SPACE = " \t\r\n"
_NO_COMMENT = re.compile(rf"[{_SPACE},:.\-]*")
_TOKEN = re.compile(
    rf"(?P<comment>#[^\r\n]*)|(?P<line_end>{LINE_BREAK.pattern})"
    r"|[ \t]+|(?P<mark>[,:.\-])"
)
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(#[^\r\n]*)?")
_UP_TO_VALUE = re.compile(rf"(?:[{_SPACE}]+|(?<=[{_SPACE}])#[^\r\n]*)*")


class Comment(Struct):
    """A comment on its own line, or an empty line, with the column it begins in."""

    column: int
    text: str


class Comments:
    """Collects the comments of a text in one pass, and assigns each to a slot.

    A comment on the same line belongs to ``slot``; comments on their own lines wait in ``waiting``
    until the next node begins or the collection ends. ``seen`` counts all comments.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.slot = Slot(Alias(""))
        self.waiting: list[Comment] = []
        self.seen: Counter[str] = Counter()

    def pass_to(self, place: int) -> None:
        """Move to an offset before which there are only comments, white space and marks."""
        if place <= self.at:
            return
        start, self.at = self.at, place
        if self.text.find("#", start, place) < 0:
            match = _NO_COMMENT.match(self.text, start, place)
            if match is None or match.end() < place:
                raise self.error_at(match.end() if match else start)
            return
        while start and self.text[start - 1] in _SPACE:
            start -= 1
        self._gap(start, place)

    def skip_to(self, place: int) -> None:
        """Move to an offset before which there are no comments."""
        self.at = max(self.at, place)

    def error_at(self, at: int) -> CannotFormatError:
        """Return the error for text between nodes that is neither a comment nor a usual mark."""
        odd = {"?": "a key after '?'", "\ufeff": "a byte order mark, U+FEFF"}
        what = odd.get(self.text[at], "unusual syntax")
        before = LINE_BREAK.split(self.text[:at])
        line, column = len(before), len(before[-1]) + 1
        return CannotFormatError(f"there is {what}", Span("", line, column, line, column + 1))

    def _gap(self, start: int, place: int) -> None:
        line, after, inside, mark, at = start, start > 0, False, "", start
        while at < place:
            match = _TOKEN.match(self.text, at, place)
            if match is None:
                raise self.error_at(at)
            kind, at = match.lastgroup, match.end()
            if kind == "comment":
                self._comment(match[0], match.start() - line, mark if after else None)
                after = True
            elif kind == "line_end":
                if not (after or inside or self._has_blank()):
                    self.waiting.append(Comment(-1, BLANK))
                line, after, mark = at, False, ""
            elif kind == "mark":
                after, mark = True, match[0]
                inside = inside or mark == "-"  # a comment after a dash is about the item

    def _has_blank(self) -> bool:
        return bool(self.waiting) and self.waiting[-1].text == BLANK

    def _comment(self, text: str, column: int, mark: str | None) -> None:
        """Add one comment; ``mark`` is the mark before it, None if it is on its own line."""
        kept = text.rstrip(" \t")
        self.seen[kept] += 1
        if mark is None or mark == "-":
            self.waiting.append(Comment(column, kept))
        else:
            self.slot.beside.append(kept)

    def header(self, start: int, end: int) -> None:
        """Add the comment in the first line of a block scalar."""
        match = _HEADER.match(self.text, start, end)
        if match is None:
            raise self.error_at(start)
        if match[1]:
            self._comment(match[1], 0, "|")

    def value_start(self, start: int, end: int) -> int:
        """Return the offset of the value after an anchor."""
        match = _UP_TO_VALUE.match(self.text, start, end)
        return match.end() if match else start

    def take(self) -> list[str]:
        """Return the waiting comments, which belong to the next node."""
        taken = [comment.text for comment in self.waiting]
        self.waiting = []
        return normalize_blanks(taken)

    def take_foot(self, column: int, below: int) -> list[str]:
        """Return the waiting comments that belong to a collection that ends.

        Those are in its column or to the right of it, and to the right of the next node.
        """
        count = 0
        for number, comment in enumerate(self.waiting, 1):
            if comment.text != BLANK:
                if comment.column < column or comment.column <= below:
                    break
                count = number
        taken = [comment.text for comment in self.waiting[:count]]
        del self.waiting[:count]
        return taken


def normalize_blanks(lines: list[str]) -> list[str]:
    """Return comment lines without an empty line at the start or two in a row."""
    kept: list[str] = []
    for line in lines:
        if line != BLANK or (kept and kept[-1] != BLANK):
            kept.append(line)
    return kept


def without_blanks(lines: list[str]) -> list[str]:
    """Return comment lines without the empty ones."""
    return [line for line in lines if line != BLANK]
