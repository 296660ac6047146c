"""The rows of a sheet below its headings: merged cells are filled, empty rows are left out."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from claimcli.exchange.sheets.headings import SheetColumn
from claimcli.exchange.sheets.layout import SheetLayout
from claimcli.exchange.sheets.sheet import MAX_ROWS, Sheet


class DataRow(Struct, frozen=True):
    """A row with cells. ``more`` are the rows that belong to the same record.

    These are rows over which the cell with its statement, or other main text, is merged.
    """

    number: int
    cells: list[str]
    more: tuple["DataRow", ...] = ()

    def text(self, column: SheetColumn) -> str:
        """Return the text in a column, without white space around it."""
        return self.raw(column).strip()

    def raw(self, column: SheetColumn) -> str:
        """Return the text in a column as it is."""
        return self.cells[column.index] if column.index < len(self.cells) else ""


def data_rows(layout: SheetLayout, main: str) -> list[DataRow]:
    """Return the rows with cells; those with one merged cell in the column ``main`` are joined."""
    sheet, first = layout.sheet, layout.heading_row + 1
    filled, continued = _merged(sheet, first, layout.column(main))
    rows: list[DataRow] = []
    more: dict[int, list[DataRow]] = {}
    for number, cells in enumerate(sheet.rows[first - 1 :], first):
        full = _filled(cells, filled.get(number))
        if any(cell.strip() for cell in cells) and any(cell.strip() for cell in full):
            row = DataRow(number, full)
            if number in continued:
                more.setdefault(continued[number], []).append(row)
            else:
                rows.append(row)
    if not more:
        return rows
    return [DataRow(row.number, row.cells, tuple(more.get(row.number, ()))) for row in rows]


Filled = Mapping[int, list[tuple[int, str]]]
"""The texts that rows get from merged cells: by row, the places in it and the texts."""


def _merged(sheet: Sheet, first: int, main: SheetColumn | None) -> tuple[Filled, Mapping[int, int]]:
    """Return the texts for other rows of merged cells, and the first row of those of a record."""
    filled: dict[int, list[tuple[int, str]]] = {}
    continued: dict[int, int] = {}
    left = MAX_ROWS
    for top, column, bottom, _ in sheet.merged:
        index = column - sheet.first_column
        cells = sheet.rows[top - 1] if first <= top <= len(sheet.rows) else []
        if not 0 <= index < len(cells) or bottom == top:
            continue
        for number in range(top + 1, min(bottom, len(sheet.rows), top + left) + 1):
            left -= 1
            filled.setdefault(number, []).append((index, cells[index]))
            if main and index == main.index:
                continued[number] = top
    return filled, continued


def _filled(cells: list[str], texts: list[tuple[int, str]] | None) -> list[str]:
    if not texts:
        return cells
    longest = max(index for index, _ in texts) + 1
    full = [*cells, *[""] * (longest - len(cells))]
    for index, text in texts:
        full[index] = text
    return full


def row_notes(layout: SheetLayout, rows: list[DataRow]) -> Iterator[str]:
    """Yield notes about hidden rows and merged cells that are imported."""
    sheet = layout.sheet
    numbers = {one.number for row in rows for one in (row, *row.more)}
    if hidden := [f"R{row}" for row in sheet.hidden if row in numbers]:
        which = "1 hidden row is" if len(hidden) == 1 else f"{len(hidden):,} hidden rows are"
        dots = ", ..." if len(hidden) > 5 else ""
        yield f"{sheet.where}: {which} imported too: {', '.join(hidden[:5])}{dots}"
    merged = [one for one in sheet.merged if one[0] > layout.heading_row and one[2] > one[0]]
    if merged:
        cells = (
            "1 merged cell counts" if len(merged) == 1 else f"{len(merged):,} merged cells count"
        )
        yield f"{sheet.where}: {cells} for each of the rows"
