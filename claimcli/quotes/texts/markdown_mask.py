"""Markdown texts (CommonMark 0.31, GFM) with their markup masked, one character for one.

Blocks are recognised here, what is within them in ``markdown_inline.py``. Masked are also comments,
front matter, deletions, the texts of pictures, the targets of links, and hidden elements of HTML.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from claimcli.quotes.texts.markdown_elements import mask_elements
from claimcli.quotes.texts.markdown_emphasis import HIDDEN
from claimcli.quotes.texts.markdown_inline import InlineMask, label_of

_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?:(?!---|\.\.\.)[^\n]*\n){1,500}(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE
)
_QUOTE = re.compile(r"[ \t]{0,3}>[ ]?")
_BULLET = re.compile(r"[ \t]*[-*+](?:[ \t]+|(?=\r?$))")
_NUMBER = re.compile(r"[ \t]*(\d{1,9})[.)](?=[ \t])")
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}(?:[ \t]+|(?=\r?$))")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t\r]*")
_HEADING_END = re.compile(r"[ \t]#+[ \t\r]*$")
_NOTE = re.compile(r"[ \t]*\[\^[^\[\]\s]{1,200}\]:")
_DELIMITERS = re.compile(r"[ \t]*+\|?+[ \t]*+:?+-++:?+[ \t]*+(?:\|[ \t]*+:?+-++:?+[ \t]*+)*+\|?\s*")
_DEFINITION = re.compile(
    r"""[ ]{0,3}\[(?!\^)([^\[\]\n]{1,999})\]:[ \t]*+(?:<[^<>\n]*+>|[^\s<]\S*+)
    (?:[ \t]++(?:"[^"\n]*+"|'[^'\n]*+'|\([^()\n]*+\)))?+[ \t\r]*+""",
    re.VERBOSE,
)
MAX_PREFIXES = 20
"""Marks of quotations and lists at the start of a line."""


def mask_markdown(text: str) -> str:
    """Return a Markdown text of the same length, with its markup as invisible characters.

    Numbers in ``<sup>`` and ``<sub>`` are superscripts and subscripts, entities their characters;
    cells of tables are separated by tabs.
    """
    mask = _BlockMask(text)
    inline = InlineMask(mask.out, mask.labels)
    for block in mask.blocks:
        inline.mask(block.start, block.end, table=block.table)
    mask_elements(text, mask.out, inline.tags)
    return "".join(mask.out)


class _MarkedText(NamedTuple):
    """A paragraph, a heading, or a row of a table, in which markup is still to be masked."""

    start: int
    end: int
    table: bool = False


class _BlockMask:
    """Masks what marks blocks in ``out``, a list of characters; ``labels`` are those of links."""

    def __init__(self, text: str) -> None:
        self.out = list(text)
        self.blocks: list[_MarkedText] = []
        self.labels: set[str] = set()
        self._text = text
        self._paragraph = -1  # where the present paragraph starts
        self._quotes = 0  # the marks of quotation of the last line
        self._table = self._list = False
        self._fence = ""
        self._last_comment = text.rfind("-->")
        end = 0
        if found := _FRONT_MATTER.match(text):
            self._hide(*found.span())
            end = found.end()
        lines = [*_lines(text, end), (len(text), len(text))]
        for (start, end), after in pairwise(lines):
            self._line(start, end, text[slice(*after)])
        self._end_paragraph(len(text))

    def _hide(self, start: int, end: int) -> None:
        for at in range(start, end):
            if self.out[at] not in "\r\n":
                self.out[at] = HIDDEN

    def _end_paragraph(self, end: int) -> None:
        if 0 <= self._paragraph < end:
            self.blocks.append(_MarkedText(self._paragraph, end))
        self._paragraph = -1

    def _line(self, start: int, end: int, following: str) -> None:
        if not self._fence:
            self._comments(start, end)
        line = "".join(self.out[start:end])
        if self._fence:
            self._code(line, start, end)
        elif not line.strip():
            self._end_paragraph(start)
            self._table, self._quotes = False, 0
        else:
            at = self._prefixes(line, start)
            if line[at:].strip():
                self._content(line, at, start, following)
            else:
                self._end_paragraph(start)

    def _comments(self, start: int, end: int) -> None:
        """Mask a comment at the start of a line, or that reaches beyond its paragraph."""
        at = self._text.find("<!--", start, end)
        if not 0 <= at <= self._last_comment or self.out[at] == HIDDEN:
            return
        closing = self._text.index("-->", at + 2) + 3
        ticks = self._text.count("`", start, at) + self._text.endswith("\\", start, at)
        blank = self._text.find("\n\n", at, closing) >= 0
        if not self._text[start:at].strip() or (blank and ticks % 2 == 0):
            self._hide(at, closing)

    def _code(self, line: str, start: int, end: int) -> None:
        """Leave a line of fenced code as it is; mask the fence that ends it."""
        at = 0
        for _ in range(self._quotes):
            if found := _QUOTE.match(line, at):
                at = found.end()
        self._hide(start, start + at)
        rest = line[at:].strip()
        if rest.startswith(self._fence) and not rest.strip(self._fence[0]):
            self._hide(start, end)
            self._fence = ""

    def _prefixes(self, line: str, start: int) -> int:
        """Mask the marks of quotations and lists; return where the content starts."""
        at = quotes = 0
        for _ in range(MAX_PREFIXES):
            if found := _QUOTE.match(line, at):
                quotes += 1
                if quotes > self._quotes:
                    self._end_paragraph(start)
            elif _is_rule(line[at:]):
                break
            elif (found := _BULLET.match(line, at)) and self._is_item(line, found.end()):
                self._begin_list(start)
            elif found := _NUMBER.match(line, at):
                if not (self._list or self._paragraph < 0 or found[1] == "1"):
                    break
                self._begin_list(start)
                at = found.end()
                continue
            else:
                break
            mark = found.end() - len(found[0].lstrip(" \t"))
            self._hide(start + mark, start + found.end())
            at = found.end()
        self._quotes = quotes
        return at

    def _is_item(self, line: str, end: int) -> bool:
        """Return whether a bullet begins an item: with words, and in a list or not indented."""
        if self._paragraph >= 0:
            return bool(line[end:].strip())
        return self._list or self._quotes > 0 or not line.expandtabs(4).startswith("    ")

    def _begin_list(self, start: int) -> None:
        self._end_paragraph(start)
        self._list = True

    def _content(self, line: str, at: int, start: int, following: str) -> None:
        """Mask the marks of a heading, a table, a fence, a rule or a definition."""
        rest, end = line[at:], start + len(line)
        open_ = self._paragraph >= 0
        if found := _FENCE.match(rest):
            self._end_paragraph(start)
            self._fence = found[1]
            self._hide(start + at, end)
        elif _is_rule(rest) or (open_ and _UNDERLINE.fullmatch(rest)):
            self._end_paragraph(start)
            self._hide(start + at, end)
        elif found := _HEADING.match(rest):
            self._end_paragraph(start)
            self._heading(rest, found.end(), start + at)
        elif not open_ and (found := _DEFINITION.fullmatch(rest)):
            self.labels.add(label_of(found[1]))
            self._hide(start + at, end)
        elif self._table or ("|" in rest and _DELIMITERS.fullmatch(following.lstrip("> "))):
            self._row(rest, start + at)
        elif open_ or self._list or not rest.expandtabs(4).startswith("    "):
            self._text_line(rest, start + at, start)

    def _text_line(self, rest: str, at: int, start: int) -> None:
        if found := _NOTE.match(rest):
            self._end_paragraph(start)
            self._hide(at, at + found.end())
        if self._paragraph < 0:
            self._paragraph = at
            if not rest[0].isspace() and at == start:
                self._list = False

    def _heading(self, rest: str, end: int, at: int) -> None:
        closing = _HEADING_END.search(rest, end - 1)
        last = closing.start() if closing else len(rest)
        self._hide(at, at + end)
        self._hide(at + last, at + len(rest))
        self.blocks.append(_MarkedText(at + end, max(at + end, at + last)))

    def _row(self, rest: str, at: int) -> None:
        self._end_paragraph(at)
        if self._table and _DELIMITERS.fullmatch(rest):
            self._hide(at, at + len(rest))
        else:
            self.blocks.append(_MarkedText(at, at + len(rest), table=True))
        self._table = True


def _is_rule(rest: str) -> bool:
    """Return whether a line is a thematic break."""
    marks = "".join(rest.split())
    return len(marks) > 2 and marks[0] in "-*_" and not marks.strip(marks[0])


def _lines(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each line, without its line feed."""
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield at, end
        at = end + 1
