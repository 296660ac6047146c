"""The formats of results that are plain tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from msgspec import Struct

from claimcli.core.table import (
    Rows,
    csv_lines,
    json_lines,
    json_list,
    markdown_lines,
    tsv_lines,
    yaml_list,
)


class TableResult(Protocol):
    """A result that can be written as a table, and as records with all their fields."""

    @property
    def records(self) -> Iterable[dict[str, Any]]:
        """Each record's fields by name."""

    def table(self) -> Rows:
        """Return the rows to show."""


class PlainTable(Struct, frozen=True):
    """A table whose rows are its records."""

    plain: Rows

    @property
    def records(self) -> Iterator[dict[str, Any]]:
        """Each row's cells by the names of the columns."""
        return (dict(zip(self.plain.columns, row, strict=True)) for row in self.plain.rows)

    def table(self) -> Rows:
        """Return the table."""
        return self.plain


WRITERS: Mapping[str, Callable[[TableResult], Iterable[str]]] = {
    "table": lambda result: tsv_lines(result.table()),
    "tsv": lambda result: tsv_lines(result.table()),
    "csv": lambda result: csv_lines(result.table()),
    "json": lambda result: json_list(result.records),
    "jsonl": lambda result: json_lines(result.records),
    "yaml": lambda result: yaml_list(result.records),
    "md": lambda result: markdown_lines(result.table()),
}
"""The formats, as functions that yield the text in parts."""
