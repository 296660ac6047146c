"""A list of claims on a terminal."""

from collections.abc import Collection

from rich import box
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

from claimcli.analysis.list import TABLE_FIELDS, Listing
from claimcli.cli.screen.console import Settings, render, style_of
from claimcli.cli.screen.table import grid
from claimcli.core.table import Table, text_of
from claimcli.core.text.escaping import one_line

NARROW = 140
"""Columns below which a claim's small fields are below its id."""


def draw(result: Listing, how: Settings) -> str:
    """Draw claims with their usual fields in a layout for them, other fields as a table.

    In the layout, internal claims are marked.
    """
    table = result.table()
    if table.rows and table.columns == TABLE_FIELDS:
        return render([_claims(table, result.internal, how)], how)
    return grid(table, how)


def _claims(table: Table, internal: Collection[str], how: Settings) -> Grid:
    """Lay out claims: the id with its small fields, who says it, and the whole statement."""
    narrow = how.width < NARROW
    drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    drawn.add_column("id", no_wrap=True, overflow="fold", style="bold")
    for column in () if narrow else ("when", "status"):
        drawn.add_column(column, no_wrap=True)
    drawn.add_column("who", max_width=14 if narrow else 24)
    for column in () if narrow else ("issue", "position"):
        drawn.add_column(column, max_width=24, overflow="fold")
    drawn.add_column("statement", ratio=1, overflow="fold")
    for row in table.rows:
        named = {c: one_line(text_of(v)) for c, v in zip(table.columns, row, strict=True)}
        mark = "\ninternal" if named["id"] in internal else ""
        drawn.add_row(*(_narrow_row(named, mark) if narrow else _wide_row(named, mark)))
    return drawn


def _wide_row(named: dict[str, str], mark: str) -> tuple[Text, ...]:
    status = Text.assemble((named["status"], style_of(named["status"])), mark)
    fields = (Text(named[column]) for column in ("issue", "position", "statement"))
    return (Text(named["id"]), Text(named["when"]), status, _who(named), *fields)


def _narrow_row(named: dict[str, str], mark: str) -> tuple[Text, ...]:
    below = " ".join(part for part in (named["when"], named["status"]) if part)
    style = Style(bold=False) + Style.parse(style_of(named["status"]))
    first = Text.assemble(named["id"], "\n", (below, style), (mark, Style(bold=False)))
    return first, _who(named), Text(named["statement"])


def _who(named: dict[str, str]) -> Text:
    return Text("\n".join(part for part in (named["party"], named["speaker"]) if part))
