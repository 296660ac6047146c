"""The pages of a PDF as text, with running heads and feet and footnotes outside of the main text.

A sentence that runs over to the next page is then not interrupted.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from claimcli.quotes.texts.pdf_lines import Line, line_text

MAX_MARGIN_LINES = 3
"""Lines at the top and at the bottom of a page that can be running heads or feet."""
MAX_DISTANCE = 4
"""Pages before and after a page on which its running heads are looked up."""
MIN_SHARE = 0.4
"""Smallest share of these pages that have the line too, at the same height."""
MIN_NUMBERED = 10
"""Fewest lines with numbers from 1 on that are taken for the numbers of lines."""
_DIGITS = "0123456789"
_NUMBER = re.compile(r"\d+|\b[ivxlc]{1,7}\b", re.IGNORECASE)

_Margin = dict[tuple[str, int], int]
"""The lines at an edge of a page: the words without numbers and the height, and the number."""


def page_blocks(pages: Sequence[Sequence[Line]]) -> Iterator[tuple[str, bool]]:
    """Yield the text of pages in pieces, each with whether it is main text.

    The pieces follow without a gap: each line ends with a line feed, but the last one of a page
    with a form feed.
    """
    margins = [[_margin(page, top=top) for page in pages] for top in (True, False)]
    for number, page in enumerate(pages):
        outside = {line for edge in margins for line in _running(edge, number)}
        notes, marks = _footnotes(page, outside)
        outside |= notes
        numbers = _line_numbers([line for line in page if line.level])
        main, piece = True, "" if number == 0 else "\f"
        for at, line in enumerate(page):
            for text, is_main in _parts(
                line, marks, main=at not in outside, numbered=line in numbers
            ):
                if is_main != main:
                    if piece:
                        yield piece, main
                    piece, main = "", not main
                piece += text
            piece += "\n" if at < len(page) - 1 else ""
        yield piece, main


def _parts(
    line: Line, marks: set[str], *, main: bool, numbered: bool
) -> Iterator[tuple[str, bool]]:
    """Yield the number of a line apart from its words, each with whether it is main text."""
    text = line_text(line, marks)
    if main and numbered:
        words = text.lstrip(_DIGITS)
        yield text[: len(text) - len(words)] + " ", False
        text = words
    yield text.lstrip() if numbered else text, main


def _line_numbers(lines: Sequence[Line]) -> set[Line]:
    """Return the lines of a page whose numbers are printed at their start, as in transcripts."""
    found: list[Line] = []
    for line in lines:
        start = "".join(glyph.char for glyph in line.glyphs[:4])
        number = re.match(r"\s?(\d{1,2})(?![\w.,:)])", start)
        if number and int(number[1]) == len(found) + 1:
            found.append(line)
    enough = len(found) >= MIN_NUMBERED and len(found) > len(lines) / 2
    return set(found) if enough else set()


def _margin(page: Sequence[Line], *, top: bool) -> _Margin:
    """Return the outermost lines of a page, the first one outermost."""
    level = [(line.glyphs[0].y, at) for at, line in enumerate(page) if line.level]
    outermost = sorted(level, reverse=top)[:MAX_MARGIN_LINES]
    texts = ((line_text(page[at]), y, at) for y, at in outermost)
    return {(_NUMBER.sub("#", text).casefold(), round(y / 3)): at for text, y, at in texts}


def _running(margins: Sequence[_Margin], number: int) -> Iterator[int]:
    """Yield the outermost lines of a page that neighbouring pages have too, except for numbers."""
    near = margins[max(0, number - MAX_DISTANCE) : number + MAX_DISTANCE + 1]
    for (words, height), at in margins[number].items():
        same = sum(any((words, height + d) in other for d in (-1, 0, 1)) for other in near) - 1
        if same < max(1, MIN_SHARE * (len(near) - 1)):
            return
        yield at


def _footnotes(page: Sequence[Line], outside: set[int]) -> tuple[set[int], set[str]]:
    """Return the lines of the footnotes at the end of a page, and their marks.

    They begin with a mark and are smaller than the text, as are all lines after them.
    """
    sizes = Counter[float]()
    for line in page:
        sizes[round(line.base[1], 1)] += len(line.glyphs)
    body = sizes.most_common(1)[0][0] if sizes else 0
    lines = [at for at, line in enumerate(page) if at not in outside and line.level]
    notes: set[int] = set()
    marks: set[str] = set()
    for count, at in enumerate(reversed(lines)):
        line = page[at]
        if line.base[1] > 0.93 * body or count >= len(lines) - 1:
            break
        notes.add(at)
        if line.mark:
            marks.add(line.mark)
            first = at
    return ({at for at in notes if at >= first} if marks else set()), marks
