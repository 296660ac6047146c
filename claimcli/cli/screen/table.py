"""Tables on a terminal."""

from collections.abc import Collection, Iterable, Sequence

from rich import box
from rich.cells import cell_len
from rich.table import Table as Grid
from rich.text import Text

from claimcli.cli.screen.console import Settings, clean, render
from claimcli.core.table import Cell, Table, text_of
from claimcli.core.text.escaping import one_line
from claimcli.formats.table import TableResult

_IDS = ("id", "issue")
"""Columns of ids, which are never broken."""


def draw(result: TableResult, how: Settings) -> str:
    """Draw a result as a table."""
    rows = result.table()
    if not isinstance(rows, Table):
        rows = Table(rows.title, rows.columns, tuple(rows.rows))
    return grid(rows, how)


def grid(table: Table, how: Settings, faint: Collection[str] = ()) -> str:
    """Draw a table that fits the width; ids are never cut, texts wrap; ``faint`` cells are dim."""
    if not table.rows:
        return f"no {table.title}\n"
    columns = [
        column
        for column in table.columns
        if not table.sparse or (column != "url" and any(map(text_of, _cells(table, column))))
    ]
    if table.sparse and columns[0] == "id" and breaks_words(table, columns, how.width):
        return render([_records(table, columns)], how)
    drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for column, width in zip(columns, _widths(table, columns, how.width), strict=True):
        numbers = all(isinstance(cell, int) for cell in _cells(table, column))
        drawn.add_column(
            clean(column.replace("_", " ")),
            width=width,
            no_wrap=column in _IDS,
            overflow="fold",
            justify="right" if numbers else "left",
            style="bold" if column in _IDS else "",
        )
    for row in table.rows:
        named = dict(zip(table.columns, row, strict=True))
        texts = [text_of(named[column]) for column in columns]
        drawn.add_row(*(clean(text, "dim" if text in faint else "") for text in texts))
    return render([drawn], how)


def _widths(table: Table, columns: Sequence[str], width: int) -> list[int | None]:
    """Return widths at which no word is broken, the wide columns equally wide; None if unknown."""
    if breaks_words(table, columns, width):
        return [None] * len(columns)
    longest = [max(map(cell_len, _texts(table, column))) for column in columns]
    words = [_longest_word(table, column) for column in columns]
    room = width - 2 * (len(columns) - 1)
    level = width
    while (
        sum(widths := [max(w, min(t, level)) for w, t in zip(words, longest, strict=True)]) > room
    ):
        level -= 1
    return list(widths)


def breaks_words(table: Table, columns: Iterable[str], width: int) -> bool:
    """Return whether columns side by side would have to break words."""
    return sum(3 + _longest_word(table, column) for column in columns) > width


def _longest_word(table: Table, column: str) -> int:
    texts = _texts(table, column)
    parts = texts if column in _IDS else [word for text in texts for word in text.split()]
    return max(map(cell_len, parts), default=0)


def _texts(table: Table, column: str) -> list[str]:
    return [
        one_line(text) for text in (column.replace("_", " "), *map(text_of, _cells(table, column)))
    ]


def _records(table: Table, columns: list[str]) -> Grid:
    """Lay out records: the id, the numbers, and the text with the small fields below it."""
    numbers = [c for c in columns if all(isinstance(cell, int) for cell in _cells(table, c))]
    text, *small = [c for c in columns[1:] if c not in numbers]
    drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    drawn.add_column("id", no_wrap=True, overflow="fold", style="bold")
    drawn.add_column(clean(text), ratio=1, overflow="fold")
    for column in numbers:
        drawn.add_column(one_line(column).replace("_", "\n"), justify="right")
    for row in table.rows:
        named = dict(zip(table.columns, row, strict=True))
        below = [one_line(f"{c.replace('_', ' ')} {text_of(named[c])}") for c in small if named[c]]
        described = Text("\n").join(
            part for part in (clean(text_of(named[text])), Text("; ".join(below), "dim")) if part
        )
        drawn.add_row(clean(text_of(row[0])), described, *(str(named[c]) for c in numbers))
    return drawn


def _cells(table: Table, column: str) -> list[Cell]:
    at = table.columns.index(column)
    return [row[at] for row in table.rows]
