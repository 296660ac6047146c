"""The audit on a terminal: the parties side by side, then list by list."""

from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from claimcli.analysis.audit import Audit, AuditGap
from claimcli.cli.screen.console import Settings, clean, render
from claimcli.cli.screen.table import grid
from claimcli.formats.audit import party_table, sections


def draw(audit: Audit, how: Settings) -> str:
    """Draw both; an empty list is one line."""
    parts: list[RenderableType] = []
    for heading, points in sections(audit):
        parts.append(clean(heading, "bold"))
        if points:
            parts += [_listed(points), Text("")]
    return f"{grid(party_table(audit), how)}\n{render(parts, how)}"


def _listed(points: tuple[AuditGap, ...]) -> Grid:
    drawn = Grid.grid(padding=(0, 2, 0, 0))
    drawn.add_column(no_wrap=True, overflow="fold")
    drawn.add_column(style="dim", max_width=24, overflow="fold")
    drawn.add_column(ratio=1, overflow="fold")
    for point in points:
        drawn.add_row(clean(point.id), clean(", ".join(point.parties)), clean(point.detail))
    return drawn
