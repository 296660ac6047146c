"""A table for all commands, and its output as tsv, csv, markdown, json and yaml."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from claimcli.core.text.escaping import for_csv, for_json, for_markdown, for_tsv
from claimcli.core.text.yaml_text import escape, hazards, is_always_text

Cell = str | int | float | None | tuple[str, ...]


class Table(Struct, frozen=True):
    """Rows with named columns; a cell with several values is a tuple.

    Screens can leave out the empty columns of a ``sparse`` table.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sparse: bool = True


def text_of(cell: Cell) -> str:
    """Return a cell as text: None as "", several values separated by ", "."""
    if cell is None:
        return ""
    return ", ".join(cell) if isinstance(cell, tuple) else str(cell)


def tsv(table: Table) -> str:
    """Return tab-separated values with a header line."""
    return "".join(
        "\t".join(for_tsv(text_of(cell)) for cell in row) + "\n"
        for row in (table.columns, *table.rows)
    )


def comma_separated(table: Table) -> str:
    """Return CSV as in RFC 4180, but with line feeds between records."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in (table.columns, *table.rows):
        writer.writerow([for_csv(text_of(cell)) for cell in row])
    return out.getvalue()


def markdown(table: Table) -> str:
    """Return a GitHub-flavoured markdown table."""
    heads = [for_markdown(column) for column in table.columns]
    lines = [heads, ["---"] * len(heads)]
    head = "".join(_markdown_row(line) for line in lines)
    body = "".join(_markdown_row([_markdown_cell(cell) for cell in row]) for row in table.rows)
    return head + body


def _markdown_cell(cell: Cell) -> str:
    return str(cell) if isinstance(cell, int | float) else for_markdown(text_of(cell))


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def to_json(value: object) -> str:
    """Return indented JSON; equal values give equal bytes."""
    return for_json(_json(value, indent=2)) + "\n"


def to_jsonl(values: Iterable[object]) -> str:
    """Return JSON values, one per line."""
    return "".join(for_json(_json(value, indent=0)) + "\n" for value in values)


def _json(value: object, *, indent: int) -> str:
    """Return JSON, on one line if ``indent`` is 0.

    The standard library writes the same, many times slower, but also accepts lone surrogates.
    """
    try:
        return msgspec.json.format(msgspec.json.encode(value), indent=indent).decode("utf-8")
    except UnicodeEncodeError:
        import json

        return json.dumps(value, ensure_ascii=False, indent=indent or None)


def to_yaml(value: object) -> str:
    """Return YAML in block style, which every YAML reader reads as the same value.

    A text that some of them take for a number, a date or a truth value is in quotation marks;
    control characters and direction marks are escaped.
    """
    import yaml

    text: str = yaml.dump(value, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=100)
    return hazards().sub(escape, text)


@cache
def _dumper() -> Any:
    import yaml

    class Dumper(yaml.CSafeDumper):
        """Writes texts that are not always text in quotation marks."""

    def represent(dumper: Any, text: str) -> Any:
        is_safe = is_always_text(text) and not hazards().search(text)
        style = None if is_safe else '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    Dumper.add_representer(str, represent)
    return Dumper
