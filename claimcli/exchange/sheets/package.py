"""What a workbook's file states besides the values of cells: hidden rows, addresses, comments.

xlsx and ods are archives of XML files. They are searched as bytes, because only a few attributes
are needed, and because parsing them would take longer than everything else. Old ``xls`` files are
no archives; which of their rows are hidden is not known.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from posixpath import join, normpath

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.sheets.date_formats import shown_lengths
from claimcli.exchange.sheets.sheet import MAX_BYTES, MAX_ROWS

MAX_UNPACKED = 4 * MAX_BYTES
_CHUNK = 1024 * 1024
_MAX_TAG = 64 * 1024
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_LINKED_CELL = re.compile(rb"<(?:\w+:)?hyperlink\s[^>]*>")
_COMMENTED_CELL = re.compile(rb'<(?:\w+:)?comment\s[^>]*?\bref="([A-Z]{1,3})(\d{1,7})"')
_CELL = re.compile(rb'\bref="([A-Z]{1,3})(\d{1,7})')
_CELL_NAME, _CELL_STYLE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"'), re.compile(rb'\bs="(\d+)"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION_ID = re.compile(rb'\b\w+:id="([^"]*)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'\b(Id|Target)="([^"]*)"')
_FROM_1904 = re.compile(rb'<(?:\w+:)?workbookPr\s[^>]*\bdate1904="(?:1|true)"')
_ODS_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(\s[^>]*?)?/?>")
_ODS_ROW = re.compile(rb"<table:(table|table-row)(\s[^>]*?)?/?>")
_ODS_ATTRIBUTE = re.compile(rb'table:([a-z-]+)="([^"]*)"')
_NOT_READ_IN_XLS = (
    "hidden rows are not reported, and comments and addresses of cells are not read; "
    "save it as xlsx if it has any"
)
_NOT_READ_IN_ODS = {
    b"<office:annotation": "comments", b"<text:a ": "addresses", b"<text:tab": "tabs"
}  # fmt: skip
_MERGED_ROWS = re.compile(rb'number-rows-spanned="(?!1")')


class SheetParts(Struct, frozen=True):
    """The merged ranges, the hidden rows, and cells with errors, comments or addresses, from 1.

    ``short`` has how many characters of a date in ISO format a cell shows, if not all.
    """

    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: tuple[int, ...] = ()
    errors: tuple[tuple[int, int], ...] = ()
    comments: tuple[tuple[int, int], ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()
    short: Mapping[tuple[int, int], int] = {}


class Package(Struct, frozen=True):
    """The archive that a workbook is, or None for an old ``xls`` file."""

    archive: zipfile.ZipFile | None
    sheets: tuple[str, ...] = ()
    ods: tuple[SheetParts, ...] = ()
    epoch: int = 1900
    lengths: Mapping[int, int] = {}
    note: str = ""
    """What is not read, for the user."""

    def parts(self, number: int) -> SheetParts:
        """Return what is stated about a sheet, by its number from 0."""
        if number < len(self.ods):
            return self.ods[number]
        if self.archive is None or number >= len(self.sheets):
            return SheetParts()
        return _xlsx_parts(self.archive, self.sheets[number], self.lengths)


def open_package(data: bytes) -> Package:
    """Return the archive of a workbook. Raises ClaimcliError if it is too large when unpacked."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return Package(None, note=_NOT_READ_IN_XLS)
    archive = zipfile.ZipFile(io.BytesIO(data))
    if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
        raise ClaimcliError(
            f"is larger than {MAX_UNPACKED // 1024**2:,} MiB when unpacked",
            "divide it into several files",
        )
    names = set(archive.namelist())
    if "content.xml" in names:
        content = _whole(archive, "content.xml")
        unread = [what for sign, what in _NOT_READ_IN_ODS.items() if sign in content]
        note = f"{' and '.join(unread)} of cells are not read" if unread else ""
        return Package(archive, ods=tuple(_ods_parts(content)), note=note)
    if "xl/workbook.xml" not in names:
        return Package(archive)
    book = _whole(archive, "xl/workbook.xml")
    epoch = 1904 if _FROM_1904.search(book) else 1900
    styles = _whole(archive, "xl/styles.xml") if "xl/styles.xml" in names else b""
    files = tuple(_sheet_files(archive, book))
    return Package(archive, files, epoch=epoch, lengths=shown_lengths(styles))


def _whole(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a file of an archive, up to the size that an archive may have."""
    with archive.open(name) as file:
        return file.read(MAX_UNPACKED)


def _sheet_files(archive: zipfile.ZipFile, book: bytes) -> Iterator[str]:
    """Yield the name of each sheet's file, "" if it is unknown."""
    files = _related(archive, "xl/workbook.xml")
    names = set(archive.namelist())
    for tag in _SHEET.findall(book):
        match = _RELATION_ID.search(tag)
        target = _path_from("xl", files.get(match[1], "") if match else "")
        yield target if target in names else ""


def _related(archive: zipfile.ZipFile, name: str) -> dict[bytes, str]:
    """Return the addresses or files to which a file refers, by the id of the reference."""
    folder, _, file = name.rpartition("/")
    try:
        relations = _whole(archive, f"{folder}/_rels/{file}.rels")
    except KeyError:
        return {}
    pairs = (dict(_ATTRIBUTE.findall(tag)) for tag in _RELATION.findall(relations))
    return {pair.get(b"Id", b""): _text(pair.get(b"Target", b"")) for pair in pairs}


def _path_from(folder: str, target: str) -> str:
    return normpath(join(f"/{folder}", target)).lstrip("/")


def _text(value: bytes) -> str:
    return unescape(value.decode("utf-8", "replace"))


def _xlsx_parts(archive: zipfile.ZipFile, name: str, lengths: Mapping[int, int]) -> SheetParts:
    styled = _cells_of_styles(lengths)
    short: dict[tuple[int, int], int] = {}
    hidden: list[int] = []
    errors: list[tuple[int, int]] = []
    links: list[tuple[int, int, str]] = []
    related = _related(archive, name) if name else {}
    for piece in _pieces(archive, name) if name else ():
        hidden += map(int, _HIDDEN_ROW.findall(piece))
        errors += _places(_ERROR_CELL.findall(piece))
        for tag in styled.findall(piece) if styled else ():
            cell, style = _CELL_NAME.search(tag), _CELL_STYLE.search(tag)
            if cell and style:
                short[int(cell[2]), _column_number(cell[1])] = lengths[int(style[1])]
        for tag in _LINKED_CELL.findall(piece) if b"hyperlink" in piece else ():
            cell, target = _CELL.search(tag), _RELATION_ID.search(tag)
            if cell and target and related.get(target[1]):
                links.append((int(cell[2]), _column_number(cell[1]), related[target[1]]))
        if len(hidden) + len(errors) + len(links) + len(short) > MAX_ROWS:
            break
    comments = _places(_commented(archive, name, related))
    return SheetParts((), tuple(hidden), tuple(errors), tuple(comments), tuple(links), short)


def _cells_of_styles(styles: Iterable[int]) -> re.Pattern[bytes] | None:
    """Return the pattern of cells that have one of some styles, None without styles."""
    numbers = "|".join(map(str, styles))
    return (
        re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bs="(?:%s)")[^>]*>' % numbers.encode())
        if numbers
        else None
    )


def _commented(
    archive: zipfile.ZipFile, name: str, related: dict[bytes, str]
) -> list[tuple[bytes, bytes]]:
    """Return the cells of a sheet that have comments."""
    paths = [_path_from(name.rpartition("/")[0], target) for target in related.values()]
    found = set(archive.namelist()).intersection(path for path in paths if "/comments" in path)
    return [cell for path in found for cell in _COMMENTED_CELL.findall(_whole(archive, path))]


def _places(cells: Iterable[tuple[bytes, bytes]]) -> list[tuple[int, int]]:
    """Return the rows and columns of cells from their letters and numbers."""
    return [(int(row), _column_number(letters)) for letters, row in cells]


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a file in pieces that end with a tag."""
    rest = b""
    with archive.open(name) as file:
        while chunk := file.read(_CHUNK):
            whole, sign, rest = (rest + chunk).rpartition(b">")
            rest = rest[-_MAX_TAG:]
            yield whole + sign


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_parts(content: bytes) -> Iterator[SheetParts]:
    """Yield the hidden rows and the merged ranges of each sheet."""
    tags = _ODS_TAG if _MERGED_ROWS.search(content) else _ODS_ROW
    merged: list[tuple[int, int, int, int]] = []
    hidden: list[int] = []
    row = column = 1
    is_open = False
    for match in tags.finditer(content):
        tag, attributes = match[1], dict(_ODS_ATTRIBUTE.findall(match[2] or b""))
        if tag == b"table":
            if is_open:
                yield SheetParts(tuple(merged), tuple(hidden))
            merged, hidden, row, next_row, is_open = [], [], 0, 1, True
        elif tag == b"table-row":
            row, column = next_row, 1
            next_row += _count(attributes, b"number-rows-repeated")
            if attributes.get(b"visibility", b"visible") != b"visible" and len(hidden) < MAX_ROWS:
                hidden += range(row, min(next_row, row + MAX_ROWS))
        else:
            rows, columns = (
                _count(attributes, b"number-%s-spanned" % n) for n in (b"rows", b"columns")
            )
            if rows > 1:
                merged.append((row, column, row + rows - 1, column + columns - 1))
            column += _count(attributes, b"number-columns-repeated")
    if is_open:
        yield SheetParts(tuple(merged), tuple(hidden))


def _count(attributes: dict[bytes, bytes], name: bytes) -> int:
    text = attributes.get(name, b"1")[:8]
    return int(text) if text.isdigit() else 1
