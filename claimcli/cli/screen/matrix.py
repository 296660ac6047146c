"""The matrix on a terminal: a table where it fits, else issue by issue."""

from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from claimcli.analysis.matrix import NO_ISSUE, Matrix, MatrixRow
from claimcli.analysis.positions import SILENT
from claimcli.cli.screen.base import Settings, breaks_words, clean, grid, render


def draw(found: Matrix, how: Settings) -> str:
    """Return a column a party, or where that would break words the parties under each issue."""
    table = found.table()
    if not found.rows or not breaks_words(table, table.columns, how.width):
        return grid(table, how)
    parts: list[RenderableType] = []
    for row in found.rows:
        parts += [*([Text("")] if parts else []), *_issue(found, row)]
    return render(parts, how)


def _issue(found: Matrix, row: MatrixRow) -> list[RenderableType]:
    drawn = Grid.grid(padding=(0, 2, 0, 0))
    drawn.add_column(max_width=24, overflow="fold")
    drawn.add_column(ratio=1, overflow="fold")
    for name, square in zip(found.names, row.cells, strict=True):
        style = "dim" if square.label == SILENT else ""
        drawn.add_row(clean(name), clean(square.text, style))
    question = [clean(row.question, "dim")] if row.question else []
    return [clean(row.issue or NO_ISSUE, "bold"), *question, drawn]
