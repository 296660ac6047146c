"""What a terminal shows: all that touches Rich. Functions return text; nothing prints."""

import io
import os
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

from claimcli.analysis.list import TABLE_FIELDS
from claimcli.core.table import Cell, Table, text_of
from claimcli.core.text.escaping import one_line, visible_lines, web_link
from claimcli.formats.show import Line

NARROW = 140
"""Columns below which a table puts one record's small fields under its id."""
_LEAST = 20
_IDS = ("id", "issue")
"""Columns in which ids stand, which are never broken."""
_LINK_ID = re.compile("\x1b\\]8;id=[^;]*;")
"""Rich gives each link a random id; the same data must give the same bytes."""

_STYLES = {"contested": "bold red", "qualified": "yellow", "agreed": "green", "confirmed": "green"}


class Settings(Struct, frozen=True):
    """How wide to draw, and whether in colour."""

    width: int
    color: bool


def settings(color: str, output: Path | None = None) -> Settings:
    """Return the settings that the options and the environment ask for.

    ``NO_COLOR`` and ``TERM=dumb`` take colour away, as does a file or a pipe; ``--color always``
    and ``FORCE_COLOR`` bring it back; ``COLUMNS`` sets the width.
    """
    environ = os.environ
    elsewhere = output is not None or not sys.stdout.isatty()
    plain = elsewhere or bool(environ.get("NO_COLOR")) or environ.get("TERM") == "dumb"
    colored = color == "always" or (
        color == "auto" and (bool(environ.get("FORCE_COLOR")) or not plain)
    )
    return Settings(max(shutil.get_terminal_size((80, 24)).columns, _LEAST), colored)


def style_of(relation: str) -> str:
    """Return the style of a status or a relation; its word stands beside it."""
    return _STYLES.get(relation, "")


def render(parts: Iterable[RenderableType], how: Settings) -> str:
    """Return what Rich draws, lines ending where their text does."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=how.width,
        height=100,  # with both given Rich does not ask the terminal again
        force_terminal=True,
        color_system="standard" if how.color else None,
        no_color=not how.color,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for part in parts:
        console.print(part)
    drawn = _LINK_ID.sub("\x1b]8;;", out.getvalue())
    return "".join(f"{line.rstrip()}\n" for line in drawn.splitlines())


def clean(text: str, style: str | Style = "") -> Text:
    """Return text from data as Rich text: one line, nothing in it obeyed."""
    return Text(one_line(text), style)


def linked(text: str, url: str | None, how: Settings) -> Text:
    """Return text that a terminal opens as a link, where the address is one of the web."""
    address = web_link(url)
    return clean(text, Style(link=address) if address and how.color else "")


def grid(table: Table, how: Settings) -> str:
    """Draw a table that fits the width; ids are never cut, statements wrap."""
    if not table.rows:
        return f"no {table.title}\n"
    columns = [
        column
        for column in table.columns
        if not table.sparse or (column != "url" and any(map(text_of, _cells(table, column))))
    ]
    if table.columns == TABLE_FIELDS:
        return render([_claims(table, how)], how)
    if table.sparse and columns[0] == "id" and breaks_words(table, columns, how.width):
        return render([_records(table, columns)], how)
    drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        numbers = all(isinstance(cell, int) for cell in _cells(table, column))
        drawn.add_column(
            column.replace("_", " "),
            no_wrap=column in _IDS,
            overflow="fold",
            justify="right" if numbers else "left",
            style="bold" if column in _IDS else "",
        )
    for row in table.rows:
        named = dict(zip(table.columns, row, strict=True))
        drawn.add_row(*(clean(text_of(named[column])) for column in columns))
    return render([drawn], how)


def breaks_words(table: Table, columns: Iterable[str], width: int) -> bool:
    """Return whether columns beside one another would have to break words."""
    needed = 0
    for column in columns:
        texts = [column.replace("_", " "), *map(text_of, _cells(table, column))]
        parts = texts if column in _IDS else [word for text in texts for word in text.split()]
        needed += 3 + max(map(cell_len, parts), default=0)
    return needed > width


def _records(table: Table, columns: list[str]) -> Grid:
    """Lay records out: the id, the numbers, and the text with the small fields under it."""
    numbers = [c for c in columns if all(isinstance(cell, int) for cell in _cells(table, c))]
    text, *small = [c for c in columns[1:] if c not in numbers]
    drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    drawn.add_column("id", no_wrap=True, overflow="fold", style="bold")
    drawn.add_column(text, ratio=1, overflow="fold")
    for column in numbers:
        drawn.add_column(column.replace("_", "\n"), justify="right")
    for row in table.rows:
        named = dict(zip(table.columns, row, strict=True))
        below = [f"{c.replace('_', ' ')} {one_line(text_of(named[c]))}" for c in small if named[c]]
        told = Text("\n").join(
            part for part in (clean(text_of(named[text])), Text("; ".join(below), "dim")) if part
        )
        drawn.add_row(clean(text_of(row[0])), told, *(str(named[c]) for c in numbers))
    return drawn


def _cells(table: Table, column: str) -> list[Cell]:
    at = table.columns.index(column)
    return [row[at] for row in table.rows]


def _claims(table: Table, how: Settings) -> Grid:
    """Lay claims out: the id with its small fields, who says it, and the whole statement."""
    narrow = how.width < NARROW
    drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    drawn.add_column("id", no_wrap=True, overflow="fold", style="bold")
    for column in () if narrow else ("said", "status"):
        drawn.add_column(column, no_wrap=True)
    drawn.add_column("who", max_width=14 if narrow else 24)
    for column in () if narrow else ("issue", "position"):
        drawn.add_column(column, max_width=24, overflow="fold")
    drawn.add_column("statement", ratio=1, overflow="fold")
    for row in table.rows:
        named = {c: one_line(text_of(v)) for c, v in zip(table.columns, row, strict=True)}
        drawn.add_row(*(_narrow_row(named) if narrow else _wide_row(named)))
    return drawn


def _wide_row(named: dict[str, str]) -> tuple[Text, ...]:
    status = Text(named["status"], style_of(named["status"]))
    fields = (Text(named[column]) for column in ("issue", "position", "statement"))
    return (Text(named["id"]), Text(named["said"]), status, _who(named), *fields)


def _narrow_row(named: dict[str, str]) -> tuple[Text, ...]:
    below = " ".join(part for part in (named["said"], named["status"]) if part)
    style = Style(bold=False) + Style.parse(style_of(named["status"]))
    first = Text.assemble(named["id"], "\n", (below, style))
    return first, _who(named), Text(named["statement"])


def _who(named: dict[str, str]) -> Text:
    return Text("\n".join(part for part in (named["party"], named["speaker"]) if part))


def cards(found: Iterable[tuple[Line, ...]], how: Settings) -> str:
    """Draw claims in full, one after another."""
    parts: list[RenderableType] = []
    for lines in found:
        parts += [*([Text("")] if parts else []), *_card(lines, how)]
    return render(parts, how)


def _card(lines: tuple[Line, ...], how: Settings) -> list[RenderableType]:
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


def diagnostics(text: str, how: Settings) -> str:
    """Colour the text of a check: severities and carets."""
    if not how.color:
        return text
    drawn = Text(visible_lines(text))
    drawn.highlight_regex(r"(?<=: )error(?=: )", "bold red")
    drawn.highlight_regex(r"(?<=: )warning(?=: )", "bold yellow")
    drawn.highlight_regex(r"(?<=: )info(?=: )", "bold cyan")
    drawn.highlight_regex(r"(?m)^ *\d* \|(?= )", "dim")
    drawn.highlight_regex(r"(?m)(?<=\| ) *\^+(?=$| --fix)", "bold red")
    drawn.highlight_regex(r"(?m)(?<=\^ )--fix writes .*$", "green")
    return render([drawn], Settings(width=100_000, color=True))
