"""Workbooks (xlsx, ods, xls) as sheets; a separate process with limits reads the file.

Files from strangers can be malicious, and the library that reads them is not written in Python.
``python -m claimcli.exchange.sheets.workbook`` reads the bytes of a workbook and writes, for each
sheet, a line with its properties and lines with its rows, as JSON.
"""

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.runtime import import_extra
from claimcli.exchange.separate_process import output_of, write_output
from claimcli.exchange.sheets.package import Package, SheetParts, open_package
from claimcli.exchange.sheets.sheet import MAX_BYTES, MAX_ROWS, SAVE_AGAIN, Sheet, read_bytes

_ROWS_PER_LINE = 1000


class SheetProperties(Struct, frozen=True):
    """What the process writes of a sheet, before its rows."""

    name: str
    first_column: int
    visible: bool
    merged: tuple[tuple[int, int, int, int], ...]
    hidden: tuple[int, ...]
    errors: tuple[tuple[int, int], ...]
    comments: tuple[tuple[int, int], ...]
    links: tuple[tuple[int, int, str], ...]
    epoch: int
    notes: tuple[str, ...]


def read_workbook(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook, the empty ones too.

    Raises ClaimcliError if it cannot be read, or is too large.
    """
    import_extra("python_calamine", "sheets")
    data = read_bytes(path)
    module = "claimcli.exchange.sheets.workbook"
    output = output_of(module, data, name=lambda _: path, hint=SAVE_AGAIN)
    sheets: list[Sheet] = []
    for line in io.BytesIO(output):
        if line.startswith(b"["):
            sheets[-1].rows.extend(msgspec.json.decode(line, type=list[list[str]]))
        else:
            found = msgspec.json.decode(line, type=SheetProperties)
            where = f"{path.name}!{found.name}"
            notes = tuple(f"{path.name}: {note}" for note in found.notes)
            properties = {**msgspec.structs.asdict(found), "notes": notes}
            sheets.append(Sheet(where, rows=[], **properties))
    for sheet in sheets:
        sheet.check()
    return sheets


def _reason(error: BaseException) -> str:
    """Return what is wrong with a workbook, as a predicate."""
    if type(error).__name__ == "PasswordError":
        return "is protected by a password; save it without one"
    if isinstance(error, MemoryError):
        return "needs too much memory"
    return f"cannot be read as a workbook: {' '.join(str(error).split())[:100].lower()}"


def _write_sheets(data: bytes) -> None:
    calamine = import_extra("python_calamine", "sheets")
    package = open_package(data)
    workbook = calamine.load_workbook(io.BytesIO(data))
    write = sys.stdout.buffer.write
    size = 0
    for number, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        cells = workbook.get_sheet_by_index(number)
        parts = package.parts(number)
        visible = sheet.visible == calamine.SheetVisibleEnum.Visible
        write(msgspec.json.encode(_properties(cells, package, parts, visible=visible)) + b"\n")
        if cells.total_height > MAX_ROWS:
            raise ClaimcliError(f"has more than {MAX_ROWS:,} rows", "divide it into several files")
        for rows in _batches(_shortened(cells, parts)):
            size += write(msgspec.json.encode(rows) + b"\n")
            if size > MAX_BYTES:  # many cells can share one text
                raise ClaimcliError(
                    f"has more than {MAX_BYTES // 1024**2} MiB of text",
                    "divide it into several files",
                )


def _properties(
    sheet: Any, package: Package, parts: SheetParts, *, visible: bool
) -> SheetProperties:
    merged = sheet.merged_cell_ranges or ()
    return SheetProperties(
        sheet.name,
        sheet.start[1] + 1 if sheet.start else 1,
        visible,
        tuple((r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in merged) or parts.merged,
        parts.hidden,
        parts.errors,
        parts.comments,
        parts.links,
        package.epoch,
        (package.note,) if package.note else (),
    )


def _shortened(sheet: Any, parts: SheetParts) -> Iterator[list[str]]:
    """Yield the texts of rows, dates as far as their cells show them."""
    first = sheet.start[1] + 1 if sheet.start else 1
    places: dict[int, list[tuple[int, int]]] = {}
    for (row, column), length in parts.short.items():
        places.setdefault(row, []).append((column - first, length))
    for number, row in enumerate(sheet.iter_rows() if sheet.start else (), 1):
        for place, length in places.get(number, ()):
            if place < len(row) and isinstance(row[place], date):
                row[place] = row[place].isoformat()[:length]
        yield _texts(row)


def _batches(rows: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    batch: list[list[str]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _ROWS_PER_LINE:
            yield batch
            batch = []
    yield batch


def _texts(row: Sequence[Any]) -> list[str]:
    """Return the cells of a row as texts, without empty ones at its end."""
    texts = [cell if type(cell) is str else _text(cell) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(cell: Any) -> str:
    """Return a number, a truth value, a date or a time as a text; dates are as in EDTF."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        rounded = cell.isoformat(timespec="seconds")
        return rounded.removesuffix(":00").removesuffix("T00:00")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    write_output(_write_sheets, _reason)
