"""The text of a source with the quotes of a dossier marked in it, by paragraphs and lines."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from claimcli.analysis.findings import Finding
from claimcli.quotes.searchable import SearchableText, TextSpan
from claimcli.quotes.sentences import passage
from claimcli.quotes.texts.blocks import LEFT_OUT
from claimcli.quotes.verdict import Verdict

MAX_WHOLE = 200_000
"""Characters up to which a text is shown whole; of a longer one only passages around quotes."""
MAX_WHOLE_LINES = 5_000
"""Lines up to which a text is shown whole."""
MAX_LINES = 12
"""Lines of a paragraph after which it is divided, so that notes on quotes stay near them."""
MAX_MARKED = 20
"""Occurrences of one quote that are marked."""
_LINE_END = re.compile("\r\n|[\n\r\f]")


class TextPart(Struct, frozen=True):
    """A part of a line in which the same quotes are marked.

    ``quotes`` are the numbers of these quotes. ``begins`` has the number and the occurrence, from
    1, of the quotes that begin here, ``ends`` the numbers of those that end here. ``differs``: a
    quote that was altered has other words.
    """

    text: str
    quotes: tuple[int, ...] = ()
    begins: tuple[tuple[int, int], ...] = ()
    ends: tuple[int, ...] = ()
    differs: bool = False


class TextLine(Struct, frozen=True):
    """A line with its number in the file, None if that is the number of the line before."""

    number: int | None
    parts: tuple[TextPart, ...]


class TextParagraph(Struct, frozen=True):
    """Lines that belong together, and the numbers of the quotes that begin in them.

    ``page`` is the number of a page that begins here. ``after_gap``: text before it is left out.
    """

    lines: tuple[TextLine, ...]
    quotes: tuple[int, ...]
    page: int | None = None
    after_gap: bool = False


class QuotedText(Struct, frozen=True):
    """The paragraphs that are shown, whether they are the whole text, and its quotes in order.

    The number of a quote in the paragraphs is its place in ``findings``, from 1.
    """

    paragraphs: tuple[TextParagraph, ...]
    whole: bool
    findings: tuple[Finding, ...]


class _Mark(Struct, frozen=True):
    number: int
    occurrence: int
    start: int
    end: int


def quoted_text(text: SearchableText, findings: Iterable[Finding], *, whole: bool) -> QuotedText:
    """Return a text with the quotes marked that have a match in it.

    Unless it is to be shown ``whole``, and is short enough, only sentences around the quotes are.
    """
    ordered = sorted((f for f in findings if f.matches), key=lambda f: f.matches[0].start)
    marks = [
        _Mark(number, occurrence, match.start, match.end)
        for number, finding in enumerate(ordered, 1)
        for occurrence, match in enumerate(finding.matches[:MAX_MARKED], 1)
    ]
    differing = [span for finding in ordered for span in _differing(finding)]
    whole = whole and _is_short(text.text)
    shown = [(0, len(text.text))] if whole else _passages(text.text, marks)
    writer = _Writer(text, marks, differing)
    return QuotedText(tuple(writer.paragraphs(shown)), whole, tuple(ordered))


def _is_short(text: str) -> bool:
    return len(text) <= MAX_WHOLE and sum(map(text.count, "\n\r\f")) < MAX_WHOLE_LINES


def _differing(finding: Finding) -> Iterator[TextSpan]:
    """Yield the spans of the words that an altered quote has otherwise."""
    if finding.verdict is not Verdict.ALTERED:
        return
    at = finding.matches[0].start
    for segment in finding.differences[1]:
        end = _end_without_marks(finding, at, len(segment.text))
        if segment.differs:
            yield at, end
        at = end


def _end_without_marks(finding: Finding, at: int, length: int) -> int:
    """Return where a number of characters end, not counting marks of what was left out."""
    context, start = finding.context, finding.context_start
    while length > 0 and at - start < len(context):
        length -= context[at - start] != LEFT_OUT
        at += 1
    return at


def _passages(text: str, marks: Iterable[_Mark]) -> list[TextSpan]:
    """Return the spans of the sentences around the marks, joined if nothing is between them."""
    found: list[TextSpan] = []
    for start, end in sorted(passage(text, (mark.start, mark.end)) for mark in marks):
        if found and (start <= found[-1][1] or text[found[-1][1] : start].isspace()):
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


class _Writer:
    """Divides shown spans of a text into paragraphs, lines and parts."""

    def __init__(
        self, text: SearchableText, marks: Sequence[_Mark], differing: Sequence[TextSpan]
    ) -> None:
        self.text = text
        self.marks = sorted(marks, key=lambda mark: (mark.start, mark.number))
        self.differing = sorted(differing)
        self._differing_until = [*accumulate((end for _, end in self.differing), max)]
        marked = ((mark.start, mark.end) for mark in marks)
        self.cuts = sorted({at for span in (*marked, *differing) for at in span})
        self._next_cut = self._next_mark = 0
        self._open: list[_Mark] = []

    def paragraphs(self, shown: Iterable[TextSpan]) -> Iterator[TextParagraph]:
        """Yield the paragraphs of some spans, which are in order."""
        page = None
        end = 0
        for span in shown:
            gap = bool(self.text.text[end : span[0]].strip())
            for lines in self._line_groups(span):
                place = self.text.place(lines[0][0])
                new_page = place.page if place.page != page else None
                page = place.page
                yield self._paragraph(lines, new_page, after_gap=gap)
                gap = False
            end = span[1]

    def _line_groups(self, span: TextSpan) -> Iterator[list[TextSpan]]:
        """Yield the spans of lines between blank lines and page breaks, at most so many at once."""
        text, (at, end) = self.text.text, span
        group: list[TextSpan] = []
        while at < end:
            found = _LINE_END.search(text, at, end)
            stop, after = found.span() if found else (end, end)
            line = text[at:stop].strip(f" \t{LEFT_OUT}")
            if line:
                group.append((at, stop))
            if group and (not line or text[stop:after] == "\f" or len(group) == MAX_LINES):
                yield group
                group = []
            at = after
        if group:
            yield group

    def _paragraph(
        self, spans: Sequence[TextSpan], page: int | None, *, after_gap: bool
    ) -> TextParagraph:
        lines: list[TextLine] = []
        last = None
        for span in spans:
            number = self.text.place(span[0]).line
            lines.append(TextLine(number if number != last else None, tuple(self._parts(span))))
            last = number
        begun = (one for line in lines for part in line.parts for one in part.begins)
        quotes = tuple(dict.fromkeys(number for number, occurrence in begun if occurrence == 1))
        return TextParagraph(tuple(lines), quotes, page, after_gap)

    def _parts(self, line: TextSpan) -> Iterator[TextPart]:
        """Yield the parts of a line; lines must be given in order."""
        at, end = line
        while at < end:
            while self._next_cut < len(self.cuts) and self.cuts[self._next_cut] <= at:
                self._next_cut += 1
            stop = end
            if self._next_cut < len(self.cuts):
                stop = min(end, self.cuts[self._next_cut])
            yield self._part((at, stop))
            at = stop

    def _part(self, span: TextSpan) -> TextPart:
        start, end = span
        begun: list[_Mark] = []
        while self._next_mark < len(self.marks) and self.marks[self._next_mark].start < end:
            begun.append(self.marks[self._next_mark])
            self._next_mark += 1
        active = [mark for mark in (*self._open, *begun) if mark.end > start]
        self._open = [mark for mark in active if mark.end > end]
        return TextPart(
            self.text.text[start:end].replace(LEFT_OUT, ""),
            tuple(dict.fromkeys(mark.number for mark in active)),
            tuple((mark.number, mark.occurrence) for mark in begun if mark in active),
            tuple(dict.fromkeys(mark.number for mark in active if mark.end <= end)),
            self._differs(start),
        )

    def _differs(self, at: int) -> bool:
        number = bisect_right(self.differing, at, key=lambda span: span[0])
        return number > 0 and at < self._differing_until[number - 1]
