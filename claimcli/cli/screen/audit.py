"""The audit on a terminal: a summary, the parties side by side, then list by list."""

from collections.abc import Iterable

from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from claimcli.analysis.audit import Audit
from claimcli.analysis.lacks import AuditGap
from claimcli.cli.screen.console import Settings, clean, render
from claimcli.cli.screen.table import grid
from claimcli.formats.audit import party_table, sections


def draw(audit: Audit, how: Settings) -> str:
    """Draw the number of gaps of each kind, the parties, and the gaps."""
    parts: list[RenderableType] = []
    for heading, gaps in sections(audit):
        if gaps:
            parts += [Text(""), clean(heading, "bold"), _listed(gaps)]
    return f"{render([_summary(audit)], how)}\n{grid(party_table(audit), how)}{render(parts, how)}"


def _summary(audit: Audit) -> Grid:
    """Return a line for each kind of gap, with the name by which options select it."""
    drawn = Grid.grid(padding=(0, 2, 0, 0))
    drawn.add_column(overflow="fold")
    drawn.add_column(justify="right")
    drawn.add_column(style="dim", no_wrap=True, overflow="fold")
    for lack in audit.lacks:
        number = len(audit.of(lack))
        drawn.add_row(lack.label, Text(f"{number:,}", "bold" if number else "dim"), lack.value)
    return drawn


def _listed(points: Iterable[AuditGap]) -> Grid:
    drawn = Grid.grid(padding=(0, 2, 0, 0))
    drawn.add_column(no_wrap=True, overflow="fold")
    drawn.add_column(style="dim", max_width=24, overflow="fold")
    drawn.add_column(ratio=1, overflow="fold")
    for point in points:
        drawn.add_row(clean(point.id), clean(", ".join(point.parties)), clean(point.detail))
    return drawn
