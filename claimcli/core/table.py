"""A table for all commands, and its output as tsv, csv, markdown, json and yaml."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import Any, Protocol

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


class Rows(Protocol):
    """Named columns, and rows that may be read only once."""

    @property
    def title(self) -> str:
        """What the rows are."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""

    @property
    def rows(self) -> Iterable[tuple[Cell, ...]]:
        """The cells of each row, in the order of the columns."""


class StreamedRows(Struct, frozen=True):
    """Rows that are read while they are written."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


def text_of(cell: Cell) -> str:
    """Return a cell as text: None as "", several values separated by ", "."""
    if type(cell) is str:
        return cell
    if cell is None:
        return ""
    return ", ".join(cell) if isinstance(cell, tuple) else str(cell)


def tsv(table: Rows) -> str:
    """Return tab-separated values with a header line."""
    return "".join(tsv_lines(table))


def tsv_lines(table: Rows) -> Iterator[str]:
    """Yield the lines of :func:`tsv`."""
    for row in chain((table.columns,), table.rows):
        texts = [cell if type(cell) is str else text_of(cell) for cell in row]
        if for_tsv(line := "".join(texts)) != line:  # seldom; one check of a line is faster
            texts = list(map(for_tsv, texts))
        yield "\t".join(texts) + "\n"


def comma_separated(table: Rows) -> str:
    """Return CSV as in RFC 4180, but with line feeds between records."""
    return "".join(csv_lines(table))


class _Returned:
    """A file that returns what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(table: Rows) -> Iterator[str]:
    """Yield the records of :func:`comma_separated`."""
    import csv

    line: Any = csv.writer(_Returned(), lineterminator="\n").writerow
    for row in chain((table.columns,), table.rows):
        yield line([for_csv(text_of(cell)) for cell in row])


def markdown(table: Rows) -> str:
    """Return a GitHub-flavoured markdown table."""
    return "".join(markdown_lines(table))


def markdown_lines(table: Rows) -> Iterator[str]:
    """Yield the lines of :func:`markdown`."""
    yield markdown_row([for_markdown(column) for column in table.columns])
    yield markdown_row(["---"] * len(table.columns))
    for row in table.rows:
        yield markdown_row([_markdown_cell(cell) for cell in row])


def _markdown_cell(cell: Cell) -> str:
    return str(cell) if isinstance(cell, int | float) else for_markdown(text_of(cell))


def markdown_row(cells: Sequence[str]) -> str:
    """Return a row of a markdown table, given escaped cells."""
    return f"| {' | '.join(cells)} |\n"


def to_json(value: object) -> str:
    """Return indented JSON; equal values give equal bytes."""
    return _json(value, indent=2) + "\n"


def json_list(values: Iterable[object], *, depth: int = 0) -> Iterator[str]:
    """Yield the text of :func:`to_json` for a list of values, in parts.

    ``depth`` is the number of lists or objects that the list is inside of; its text then has no
    line feed at the end.
    """
    head = "".join(f"{'  ' * level}[\n" for level in range(depth + 1))
    start, rest = "[\n", iter(values)
    while part := list(islice(rest, 100)):  # encoding one at a time takes twice as long
        nested: object = part
        for _ in range(depth):
            nested = [nested]
        text = _json(nested, indent=2)
        yield start + text[len(head) : -len(head)]  # the end is as long as the head
        start = ",\n"
    end = "[]" if start == "[\n" else f"\n{'  ' * depth}]"
    yield end if depth else f"{end}\n"


def to_jsonl(values: Iterable[object]) -> str:
    """Return JSON values, one per line."""
    return "".join(json_lines(values))


def json_lines(values: Iterable[object]) -> Iterator[str]:
    """Yield the lines of :func:`to_jsonl`."""
    return (_json(value, indent=0) + "\n" for value in values)


def _json(value: object, *, indent: int) -> str:
    """Return JSON, on one line if ``indent`` is 0, safe to print (see :func:`for_json`).

    The standard library writes the same, many times slower, but also accepts lone surrogates.
    """
    try:
        encoded = msgspec.json.encode(value)
    except UnicodeEncodeError:
        import json

        return for_json(json.dumps(value, ensure_ascii=False, indent=indent or None))
    text = msgspec.json.format(encoded, indent=indent).decode("utf-8")
    # most of the text is ASCII; to search only the rest takes a third of the time
    rest = encoded.translate(None, _ASCII).decode("utf-8")
    return text if for_json(rest) == rest else for_json(text)


_ASCII = bytes(range(127))
"""All of ASCII but DEL, which :func:`for_json` escapes."""


def to_yaml(value: object) -> str:
    """Return YAML in block style, which every YAML reader reads as the same value.

    A text that some of them take for a number, a date or a truth value is in quotation marks;
    control characters and direction marks are escaped.
    """
    import yaml

    text: str = yaml.dump(value, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=100)
    return hazards().sub(escape, text)


def yaml_list(values: Iterable[object]) -> Iterator[str]:
    """Yield the text of :func:`to_yaml` for a list of values, a part for each value."""
    is_empty = True
    for value in values:
        is_empty = False
        yield to_yaml([value])
    if is_empty:
        yield to_yaml([])


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
