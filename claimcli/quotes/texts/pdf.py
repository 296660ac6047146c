"""The text of a PDF in reading order, its pages separated by form feeds.

PDFium (through pypdfium2) finds the characters and their positions. Lines are put together here:
PDFium reverses some words of right-to-left lines, and writes exponents like other digits.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import cos, hypot, pi, sin
from sys import maxunicode
from typing import Any, NamedTuple

from msgspec import Struct

from claimcli.quotes.texts.pdf_lines import GAP, Glyph, Line, is_right_to_left
from claimcli.quotes.texts.pdf_pages import page_blocks

MAX_RISE = 0.6
"""Greatest distance of a raised or lowered character from the line, in sizes of its letters."""
MAX_FORMS = 15
"""Levels of nested drawings in which text without ink is searched."""
_UNSEEN = (3, 7)
"""Render modes of text without ink."""
_SAME = 0.01
_NO_TURN = 0.05
"""Greatest angle of a level line, in radians."""
_FAR = 1e6
"""Positions and sizes beyond this are errors of the file."""


def read_pdf(data: bytes) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, each with whether it is main text; they follow without a gap.

    Raises pypdfium2.PdfiumError if the data are no PDF or need a password.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    pages = (_Reader(document[number]).lines() for number in range(len(document)))
    yield from page_blocks(list(pages))


def _has_unseen(page: Any, lib: Any) -> bool:
    """Return whether a page has text without ink, and more with ink.

    Most text of a scanned page is without ink: the words that were recognised in its picture.
    """
    texts = page.get_objects(filter=[lib.FPDF_PAGEOBJ_TEXT], max_depth=MAX_FORMS)
    modes = [lib.FPDFTextObj_GetTextRenderMode(text) for text in texts]
    unseen = sum(mode in _UNSEEN for mode in modes)
    return 0 < 2 * unseen < len(modes)


class _Place(Struct, frozen=True):
    """Where a character begins: ``x`` in the direction of writing, ``y`` across it."""

    x: float
    y: float
    size: float
    angle: float


class _Reader:
    """Reads the lines of one page. The less common properties of characters cost a call each."""

    def __init__(self, page: Any) -> None:
        import ctypes

        import pypdfium2.raw

        self._lib: Any = pypdfium2.raw
        self._page = page.get_textpage()  # the page must live as long as its pointer
        self._text = self._page.raw
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box, self._matrix = self._lib.FS_RECTF(), self._lib.FS_MATRIX()
        self._cosine, self._sine = 1.0, 0.0
        self._may_be_unseen = _has_unseen(page, self._lib)
        left, bottom, right, top = page.get_cropbox()
        self._x_range, self._y_range = sorted((left, right)), sorted((bottom, top))

    def lines(self) -> list[Line]:
        """Return the lines in the order of the file, then those that are turned."""
        turned: dict[float, list[_Char]] = {}
        lines = [self._line(chars) for chars in self._split(turned) if chars]
        for chars in turned.values():
            lines += [self._line(line) for line in _turned_lines(chars)]
        return lines

    def _split(self, turned: dict[float, list["_Char"]]) -> Iterator[list["_Char"]]:
        """Yield the characters of each line; add those at other angles to ``turned``."""
        line: list[_Char] = []
        largest: _Place | None = None
        for number, char, before in self._chars():
            on_line = bool(line) and "\n" not in before
            place = self._place(number, line[-1].place if on_line else None)
            if self._is_off_page(place.size) or (self._may_be_unseen and self._is_unseen(number)):
                continue
            if place.angle:
                turned.setdefault(round(place.angle, 2), []).append(_Char(number, char, place))
                continue
            if largest and _continues(largest, line[-1].place, place, broken="\n" in before):
                line += self._space(line[-1], place, before)
            else:
                yield line
                line, largest = [], place
            largest = max(largest, place, key=lambda one: one.size)
            line.append(_Char(number, char, place))
        yield line

    def _is_off_page(self, size: float) -> bool:
        """Return whether the last position is outside of what is shown or printed of the page."""
        return any(
            least < most and not least - size <= place.value <= most + size
            for place, (least, most) in ((self._x, self._x_range), (self._y, self._y_range))
        )

    def _is_unseen(self, number: int) -> bool:
        """Return whether a character is drawn without ink (PDF 32000-1, 9.3.6: modes 3 and 7)."""
        found = self._lib.FPDFText_GetTextObject(self._text, number)
        return bool(found) and self._lib.FPDFTextObj_GetTextRenderMode(found) in _UNSEEN

    def _space(self, last: "_Char", place: _Place, before: str) -> Iterator["_Char"]:
        """Yield a space if there is one between two characters, but none before a raised one."""
        spaced = " " in before
        if "\n" in before and place.y < last.place.y:
            spaced = place.x - self._right(last.number) > GAP * place.size
        if spaced and place.y <= last.place.y + _SAME:
            yield _Char(-1, " ", place)

    def _right(self, number: int) -> float:
        """Return the right edge of a character."""
        self._lib.FPDFText_GetLooseCharBox(self._text, number, self._box)
        return float(self._box.right)

    def _chars(self) -> Iterator[tuple[int, str, str]]:
        """Yield each character with its number, and the white space that PDFium inserted before."""
        before = ""
        for number in range(self._lib.FPDFText_CountChars(self._text)):
            code = self._lib.FPDFText_GetUnicode(self._text, number)
            if code in (10, 13):
                before = "\n"
            elif code == 32 and self._lib.FPDFText_IsGenerated(self._text, number) == 1:
                before += " "
            elif 32 <= code <= maxunicode and code not in (0xFFFE, 0xFFFF):
                yield number, chr(code), before
                before = ""
            elif code == 2 and self._lib.FPDFText_IsHyphen(self._text, number) == 1:
                yield number, "-", before
                before = ""

    def _place(self, number: int, last: _Place | None) -> _Place:
        """Return the place of a character; on the last one's line it has the same size."""
        self._lib.FPDFText_GetCharOrigin(self._text, number, self._x, self._y)
        x, y = self._turn()
        if last and abs(y - last.y) < _SAME:
            return _Place(x, last.y, last.size, last.angle)
        m = self._matrix
        self._lib.FPDFText_GetMatrix(self._text, number, m)
        size = self._lib.FPDFText_GetFontSize(self._text, number) * hypot(m.c, m.d)
        angle = self._lib.FPDFText_GetCharAngle(self._text, number)
        turned = _NO_TURN < angle < 2 * pi - _NO_TURN
        self._cosine, self._sine = (cos(-angle), sin(-angle)) if turned else (1.0, 0.0)
        x, y = self._turn()
        return _Place(x, y, size if 0 < size < _FAR else 1.0, angle if turned else 0.0)

    def _turn(self) -> tuple[float, float]:
        """Return the last position, turned so that the last angle is level; 0 for a wrong one."""
        x = self._x.value * self._cosine + self._y.value * self._sine
        y = self._y.value * self._cosine - self._x.value * self._sine
        return (x if abs(x) < _FAR else 0.0), (y if abs(y) < _FAR else 0.0)

    def _line(self, chars: Sequence["_Char"]) -> Line:
        """Return a line, with the edges of its characters if they must be put in order."""
        level = not chars[0].place.angle
        ordered = level and any(is_right_to_left(one.char) for one in chars)
        glyphs = []
        for number, char, place in chars:
            right = self._right(number) if ordered and number >= 0 else 0.0
            left = self._box.left if ordered else 0.0
            if number >= 0 or not ordered:
                glyphs.append(Glyph(char, place.x, place.y, place.size, left, right))
        return Line(tuple(glyphs), level=level)


class _Char(NamedTuple):
    """A character, its number in the page, or -1 for an inserted space, and its place."""

    number: int
    char: str
    place: _Place


def _continues(largest: _Place, last: _Place, here: _Place, *, broken: bool) -> bool:
    """Return whether a character is on the same line, perhaps raised or lowered."""
    if abs(here.y - last.y) < _SAME:
        return not broken
    size = max(largest.size, here.size)
    near = -size < here.x - last.x < 2 * size
    return abs(here.y - largest.y) < MAX_RISE * size and near


def _turned_lines(chars: Iterable[_Char]) -> Iterator[list[_Char]]:
    """Yield the lines of characters at the same angle, the uppermost first."""
    line: list[_Char] = []
    for here in sorted(chars, key=lambda one: (-round(one.place.y), one.place.x)):
        if line and line[-1].place.y - here.place.y > MAX_RISE * here.place.size:
            yield line
            line = []
        line.append(here)
    if line:
        yield line
