"""One neutral table, and its writers."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from claimcli.escaping import for_csv, for_json, for_markdown, for_tsv

Cell = str | int | None | tuple[str, ...]


class Table(Struct, frozen=True):
    """Rows under named columns; a cell that holds several values is a tuple."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def text_of(cell: Cell) -> str:
    """Return a cell as text: nothing as "", several values parted by ", "."""
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
    """Return CSV as RFC 4180 has it, but with plain line feeds between records."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in (table.columns, *table.rows):
        writer.writerow([for_csv(text_of(cell)) for cell in row])
    return out.getvalue()


def markdown(table: Table) -> str:
    """Return a GitHub-flavoured markdown table."""
    lines = [table.columns, ("---",) * len(table.columns)]
    head = "".join(_markdown_row(line) for line in lines)
    body = "".join(
        _markdown_row([for_markdown(text_of(cell)) for cell in row]) for row in table.rows
    )
    return head + body


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def to_json(value: object) -> str:
    """Return indented JSON; equal values give equal bytes."""
    import json

    return for_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def to_jsonl(values: Iterable[object]) -> str:
    """Return one JSON value a line."""
    import json

    return "".join(for_json(json.dumps(value, ensure_ascii=False)) + "\n" for value in values)


def to_yaml(value: object) -> str:
    """Return YAML in block style, which reads back as the same value."""
    import yaml

    text: str = yaml.dump(
        value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100
    )
    return text
