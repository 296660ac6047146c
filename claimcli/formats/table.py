"""The formats of results that are plain tables."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from msgspec import Struct

from claimcli.core.table import Table, comma_separated, markdown, to_json, to_jsonl, to_yaml, tsv


class TableResult(Protocol):
    """A result that can be written as a table, and as records with all their fields."""

    @property
    def records(self) -> tuple[dict[str, Any], ...]:
        """Each record's fields by name."""

    def table(self) -> Table:
        """Return the rows to show."""


class PlainTable(Struct, frozen=True):
    """A table whose rows are its records."""

    plain: Table

    @property
    def records(self) -> tuple[dict[str, Any], ...]:
        """Each row's cells by the names of the columns."""
        return tuple(dict(zip(self.plain.columns, r, strict=True)) for r in self.plain.rows)

    def table(self) -> Table:
        """Return the table."""
        return self.plain


WRITERS: Mapping[str, Callable[[TableResult], str]] = {
    "table": lambda result: tsv(result.table()),
    "tsv": lambda result: tsv(result.table()),
    "csv": lambda result: comma_separated(result.table()),
    "json": lambda result: to_json(list(result.records)),
    "jsonl": lambda result: to_jsonl(result.records),
    "yaml": lambda result: to_yaml(list(result.records)),
    "md": lambda result: markdown(result.table()),
}
