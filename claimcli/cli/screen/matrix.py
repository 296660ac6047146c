"""The matrix on a terminal of any width."""

from collections.abc import Iterator, Sequence

from claimcli.analysis.matrix import Matrix
from claimcli.analysis.positions import OUTSIDE, SILENT
from claimcli.cli.screen.console import Settings, clean, render
from claimcli.cli.screen.table import breaks_words, grid
from claimcli.core.table import Table


def draw(matrix: Matrix, how: Settings) -> str:
    """Draw a column for each party that speaks; if they do not fit, a row for each party.

    The issues are then the columns, in several tables if necessary. The other parties are listed
    below.
    """
    speaking = [
        number
        for number in range(len(matrix.parties))
        if any(row.cells[number].claims or row.cells[number].members for row in matrix.rows)
    ]
    if not speaking:
        return grid(matrix.table(), how)
    tables = _tables(_columns(matrix.table(), [0, *(number + 1 for number in speaking)]), how.width)
    drawn = [grid(table, how, faint=(SILENT, OUTSIDE)) for table in tables]
    notes = [clean(note, "dim") for note in _other_parties(matrix, speaking)]
    return "\n".join([*drawn, *([render(notes, how)] if notes else [])])


def _tables(table: Table, width: int) -> list[Table]:
    """Return a table as it is if it fits, else transposed, in parts of columns that fit."""
    if not breaks_words(table, table.columns, width):
        return [table]
    heads = ("party", *(str(row[0]) for row in table.rows))
    cells = list(zip(*(row[1:] for row in table.rows), strict=True))
    rows = tuple((name, *row) for name, row in zip(table.columns[1:], cells, strict=True))
    turned = Table(table.title, heads, rows, sparse=False)
    parts = _parts(turned, width, len(heads))
    even = -(-(len(heads) - 1) // len(parts))  # equally many columns look best
    return [_columns(turned, [0, *part]) for part in _parts(turned, width, even)]


def _parts(table: Table, width: int, most: int) -> list[list[int]]:
    """Return the columns after the first in groups that fit next to it, at least one in each."""
    parts: list[list[int]] = [[]]
    for number in range(1, len(table.columns)):
        wider = _columns(table, [0, *parts[-1], number])
        if parts[-1] and (len(parts[-1]) >= most or breaks_words(wider, wider.columns, width)):
            parts.append([])
        parts[-1].append(number)
    return parts


def _columns(table: Table, numbers: Sequence[int]) -> Table:
    columns = tuple(table.columns[number] for number in numbers)
    rows = tuple(tuple(row[number] for number in numbers) for row in table.rows)
    return Table(table.title, columns, rows, sparse=False)


def _other_parties(matrix: Matrix, speaking: Sequence[int]) -> Iterator[str]:
    silent: list[str] = []
    outside: list[str] = []
    for number, name in enumerate(matrix.names):
        if number not in speaking:
            is_outside = any(row.cells[number].label == OUTSIDE for row in matrix.rows)
            (outside if is_outside else silent).append(name)
    for label, names in (("silent throughout", silent), (OUTSIDE, outside)):
        if names:
            yield f"{label}: {', '.join(names)}"
