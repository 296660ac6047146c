"""Blocks of text, as a reader sees them one below the other, and how they are put together."""

import re
from collections.abc import Sequence

from msgspec import Struct

REST = "----- text outside of the main text -----"
"""The line of a saved text after which the text outside of the main text begins."""
LEFT_OUT = "\u2060"
"""Replaces visible text that was left out (WORD JOINER): a footnote mark, struck-out words."""
_REST_LINE = re.compile(rf"^{REST}[ \t]*\r?$", re.MULTILINE)


class Block(Struct, frozen=True):
    """A paragraph, heading, table row or page; ``lines`` has positions at which a line begins.

    Each of them is a position in the text and the number of the line in the file.
    """

    text: str
    main: bool = True
    lines: tuple[tuple[int, int], ...] = ()


class Position(Struct, frozen=True):
    """A position in the last block: numbers of blocks, pieces, characters and known lines."""

    blocks: int
    pieces: int
    length: int
    lines: int


class BlockBuilder:
    """Collects text into blocks, and collapses white space as browsers do."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self.length = 0
        """Characters of the present block."""
        self._lines: list[tuple[int, int]] = []
        self._space = False
        self._last = ""  # the last visible character of the block

    @property
    def position(self) -> "Position":
        """The present position, to which the text after it can be replaced."""
        return Position(len(self.blocks), len(self._pieces), self.length, len(self._lines))

    @property
    def is_empty(self) -> bool:
        """Whether the present block has no text."""
        return not self._pieces

    def add(self, text: str, line: int, spaces: str = "normal") -> int:
        """Add the text of one node that begins in a line; return the line in which it ends."""
        for found in _RUN.finditer(text):
            run = found[0]
            if run[0] not in " \t\n\r\f" or (spaces == "pre" and run[0] in " \t"):
                self._put(run, line)
            elif "\n" in run and spaces != "normal":
                for _ in range(run.count("\n")):
                    self.end_line()
                self._put_spaces(run.rpartition("\n")[2] if spaces == "pre" else "")
            else:
                self._space = True
            line += run.count("\n")
        return line

    def end_line(self) -> None:
        """End the line, but not the block."""
        self._append("\n")
        self._space = False

    def end_cell(self) -> None:
        """Separate the text so far from the next cell of the table's row, if there is any."""
        if self._pieces and self._last != "\t":
            self._append("\t")
            self._space = False

    def leave_out(self) -> None:
        """Mark that something visible is left out."""
        if self._space and self._last and not self._last.isspace():
            self._append(" ")
        if self._pieces and self._pieces[-1] != LEFT_OUT:
            self._pieces.append(LEFT_OUT)
            self.length += 1
        self._space = False

    def since(self, position: "Position") -> str:
        """Return the text added since a position; "" if a block has ended since."""
        same = position.blocks == len(self.blocks) and position.pieces <= len(self._pieces)
        return "".join(self._pieces[position.pieces :]) if same else ""

    def before(self, position: "Position") -> str:
        """Return the text shortly before a position in the present block, without marks."""
        first = max(0, position.pieces - 12)
        return "".join(self._pieces[first : position.pieces]).replace(LEFT_OUT, "")[-60:]

    def replace(self, position: "Position", text: str) -> None:
        """Replace the text added since a position in the present block."""
        del self._pieces[position.pieces :]
        del self._lines[position.lines + bool(text) :]
        self.length = position.length
        self._last = self.before(position)[-1:]
        if text:
            self._append(text)

    def close(self) -> None:
        """End the block."""
        whole = "".join(self._pieces)
        text = whole.strip(" \t\n")
        if text.strip(f" \t\n{LEFT_OUT}"):
            cut = len(whole) - len(whole.lstrip(" \t\n"))
            lines = tuple((max(0, at - cut), line) for at, line in self._lines)
            self.blocks.append(Block(text, lines=lines))
        self._pieces, self._lines = [], []
        self.length, self._space, self._last = 0, False, ""

    def _put(self, text: str, line: int) -> None:
        if self._space and self._last and not self._last.isspace():
            self._append(" ")
        self._space = False
        if not self._lines or self._lines[-1][1] != line:
            self._lines.append((self.length, line))
        self._append(text)

    def _put_spaces(self, spaces: str) -> None:
        if spaces:
            self._append(spaces)

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)
        self._last = text[-1]


_RUN = re.compile(r"[^ \t\n\r\f]+|[ \t\n\r\f]+")


class JoinedText(Struct, frozen=True):
    """Blocks as one text; ``plain`` and ``whole`` are the same with parts replaced by spaces.

    ``plain`` has only the main text, ``whole`` all that a reader sees; ``lines`` as in a block.
    """

    text: str
    plain: str
    whole: str
    lines: tuple[tuple[int, int], ...] = ()


def join_blocks(blocks: Sequence[Block], *, gap: str = "\n\n") -> JoinedText:
    """Return the text of a page, its blocks separated by blank lines or another gap."""
    text = gap.join(block.text for block in blocks)
    plain: list[str] = []
    lines: list[tuple[int, int]] = []
    at = 0
    for block in blocks:
        plain.append(block.text if block.main else " " * len(block.text))
        lines += [(at + start, line) for start, line in block.lines]
        at += len(block.text) + len(gap)
    return JoinedText(text, gap.join(plain), text, tuple(lines))


def save_blocks(blocks: Sequence[Block]) -> str:
    """Return the text of a page to be saved: the main text, then the rest after a line."""
    main = [block.text for block in blocks if block.main]
    rest = [block.text for block in blocks if not block.main]
    return "\n\n".join([*main, *([REST, *rest] if rest else [])])


def read_saved(text: str) -> JoinedText:
    """Return the text that :func:`save_blocks` saved, or another text, all of it main text."""
    found = _REST_LINE.search(text) if REST in text else None
    if not found:
        return JoinedText(text, text, text)
    start, end = found.span()
    plain = text[:start] + " " * (len(text) - start)
    return JoinedText(text, plain, text[:start] + " " * (end - start) + text[end:])
