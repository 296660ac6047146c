"""The matrix on a terminal: a table if it fits, else issue by issue."""

from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from claimcli.analysis.matrix import NO_ISSUE, Matrix, MatrixRow
from claimcli.cli.screen.console import Settings, clean, render
from claimcli.cli.screen.table import breaks_words, grid


def draw(matrix: Matrix, how: Settings) -> str:
    """Draw a column for each party, or the parties below each issue if that would break words."""
    table = matrix.table()
    if not matrix.rows or not breaks_words(table, table.columns, how.width):
        return grid(table, how)
    parts: list[RenderableType] = []
    for row in matrix.rows:
        parts += [*([Text("")] if parts else []), *_issue(matrix, row)]
    return render(parts, how)


def _issue(matrix: Matrix, row: MatrixRow) -> list[RenderableType]:
    drawn = Grid.grid(padding=(0, 2, 0, 0))
    drawn.add_column(max_width=24, overflow="fold")
    drawn.add_column(ratio=1, overflow="fold")
    for name, cell in zip(matrix.names, row.cells, strict=True):
        style = "dim" if cell.silent else ""
        drawn.add_row(clean(name), clean(cell.text, style))
    question = [clean(row.question, "dim")] if row.question else []
    return [clean(row.issue or NO_ISSUE, "bold"), *question, drawn]
