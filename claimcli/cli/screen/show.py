"""Records in full on a terminal."""

from collections.abc import Iterable

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from claimcli.analysis.show import RecordCard, Thread
from claimcli.cli.screen.console import Settings, clean, linked, render, style_of
from claimcli.core.records import Dossier
from claimcli.formats.show import LabelledLine, shown_lines


def draw(dossier: Dossier, shown: Iterable[Thread | RecordCard], how: Settings) -> str:
    """Draw records in full, one after another."""
    parts: list[RenderableType] = []
    for one in shown:
        parts += [*([Text("")] if parts else []), *_card(shown_lines(dossier, one), how)]
    return render(parts, how)


def _card(lines: tuple[LabelledLine, ...], how: Settings) -> list[RenderableType]:
    head, statement, *rest = lines
    drawn = Grid.grid(padding=(0, 2, 0, 0))
    drawn.add_column(style="dim", no_wrap=True)
    drawn.add_column(overflow="fold", ratio=1)
    for line in rest:
        text = linked(line.text, line.link, how)
        if line.label == "status":
            text.stylize(style_of(line.text))
        indent = 2 * max(line.depth - 1, 0) if line.label == "answer" else 0
        drawn.add_row(line.label, Padding(text, (0, 0, 0, min(indent, how.width // 3))))
    return [clean(head.text, "bold"), clean(statement.text), Text(""), drawn]
