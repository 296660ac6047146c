"""The cells of a sheet, with their locations and limits."""

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from msgspec import Struct

from claimcli.core.problems import MAX_LISTED, ClaimcliError

MAX_BYTES = 256 * 1024**2
"""Size of a file; a workbook may be four times as large when unpacked."""
MAX_ROWS = 1_000_000
MAX_COLUMNS = 1_000
MAX_CHARACTERS = 32_767
"""Characters of a cell, as in spreadsheet programs."""
SAVE_AGAIN = "save it again with a spreadsheet program, or as CSV"


class CellError(Struct, frozen=True):
    """A mistake in a cell: its row and column, what is wrong, and how to fix it."""

    row: int
    column: int
    message: str
    hint: str


class Sheet(Struct, frozen=True):
    """A sheet as texts: ``rows[0]`` are the cells of row 1, from column ``first_column`` on.

    ``where`` names file and sheet, such as ``claims.xlsx!Sheet1``. ``merged`` are ranges of merged
    cells: first row and column, last row and column. ``errors`` are the rows and columns of cells
    with an error of a formula, ``comments`` those of cells with a comment, ``links`` those of cells
    that lead to an address, with it. ``epoch`` is the year in which serial numbers of dates begin.
    """

    where: str
    name: str
    rows: list[list[str]]
    first_column: int = 1
    visible: bool = True
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: tuple[int, ...] = ()
    errors: tuple[tuple[int, int], ...] = ()
    comments: tuple[tuple[int, int], ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()
    epoch: int = 1900
    notes: tuple[str, ...] = ()

    def row(self, number: int) -> str:
        """Return the location of a row."""
        return f"{self.where}:R{number}"

    def cell(self, row: int, column: int) -> str:
        """Return the location of a cell."""
        return f"{self.where}:R{row}C{column}"

    def check(self) -> None:
        """Raise ClaimcliError if the sheet or a cell of it is too large."""
        if len(self.rows) > MAX_ROWS:
            raise ClaimcliError(
                f"{self.where} has more than {MAX_ROWS:,} rows", "divide it into several files"
            )
        if errors := list(self._large()):
            self.refuse(errors)

    def _large(self) -> Iterator[CellError]:
        for number, cells in enumerate(self.rows, 1):
            if len(cells) > MAX_COLUMNS:
                yield CellError(
                    number, self.first_column + MAX_COLUMNS,
                    f"more than {MAX_COLUMNS:,} columns", "remove the columns that have no data",
                )  # fmt: skip
            elif cells and len(max(cells, key=len)) > MAX_CHARACTERS:
                column = next(n for n, cell in enumerate(cells) if len(cell) > MAX_CHARACTERS)
                yield CellError(
                    number, self.first_column + column,
                    f"more than {MAX_CHARACTERS:,} characters in a cell",
                    "shorten it, or put a part of it into another cell",
                )  # fmt: skip

    def refuse(self, errors: list[CellError]) -> NoReturn:
        """Raise ClaimcliError for the first of some mistakes, with the locations of the others."""
        first, *others = errors
        message = f"{self.cell(first.row, first.column)}: {first.message}"
        if others:
            places = ", ".join(f"R{one.row}C{one.column}" for one in others[:MAX_LISTED])
            dots = ", ..." if len(others) > MAX_LISTED else ""
            cells = "1 more cell has" if len(others) == 1 else f"{len(others):,} more cells have"
            message += f"; {cells} a mistake: {places}{dots}"
        raise ClaimcliError(message, first.hint)


def read_bytes(path: Path) -> bytes:
    """Return the content of a file. Raises ClaimcliError if it is too large or unreadable."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # a device or a pipe has no size
    except OSError as error:
        raise ClaimcliError(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise ClaimcliError(
            f"{path} is larger than {MAX_BYTES // 1024**2} MiB", "divide it into several files"
        )
    return data
