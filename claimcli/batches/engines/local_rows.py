"""Rows of the local engine: files, and the functions that make the rows of them."""

from collections.abc import Iterable, Iterator
from itertools import chain

import pyarrow as pa
from msgspec import Struct
from msgspec.structs import replace

from claimcli.batches.engine import MapFunction
from claimcli.batches.engines.buckets import bucket_count
from claimcli.batches.parts import ENOUGH, TablePart, batches, conform

ENOUGH_FOR_STEPS = 1024 * 1024
"""Bytes of rows in one task that applies functions, so that all processes have tasks."""
MANY_TASKS = 64
"""Tasks that are enough for any number of processes; each may write a file."""
FEW_ROWS = 10_000
"""Rows that need only a few buckets."""


class LocalRows(Struct, frozen=True):
    """Rows in files with the columns ``stored``, and functions that make the rows of them.

    Each of ``steps`` is a function with the columns of its result. They run in the tasks of the
    next step. If the rows are ``spread``, each part is a task.
    """

    stored: pa.Schema
    parts: tuple[TablePart, ...]
    steps: tuple[tuple[MapFunction, pa.Schema], ...] = ()
    spread: bool = False

    @property
    def schema(self) -> pa.Schema:
        """The columns of the rows."""
        return self.steps[-1][1] if self.steps else self.stored

    @property
    def buckets(self) -> int:
        """The number of buckets for these rows."""
        rows = sum(part.rows for part in self.parts)
        size = sum(part.size for part in self.parts)
        return bucket_count(rows, size, least=64 if rows > FEW_ROWS else 16)

    def tasks(self) -> list["LocalRows"]:
        """Return these rows for each task, with fewer rows if functions are to be applied."""
        size = sum(part.size for part in self.parts)
        most = max(ENOUGH_FOR_STEPS, size // MANY_TASKS) if self.steps else ENOUGH
        groups = _together(self.parts, 0 if self.spread else most)
        return [replace(self, parts=group) for group in groups]

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Read the rows and apply the functions."""
        rows = batches(self.parts, self.stored)
        for function, schema in self.steps:
            rows = _apply(function, rows, schema)
        return rows

    def table(self) -> pa.Table:
        """Return the rows as a table."""
        return pa.Table.from_batches(self.batches(), self.schema)


def _apply(
    function: MapFunction, rows: Iterator[pa.RecordBatch], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    for first in rows:
        for result in function(chain((first,), rows)):
            yield from (batch for batch in conform(result, schema) if batch.num_rows)


def _together(parts: Iterable[TablePart], most: int) -> list[tuple[TablePart, ...]]:
    """Return adjacent parts in tuples of at most so many bytes, or of one part."""
    groups: list[list[TablePart]] = []
    size = 0
    for part in parts:
        if not groups or size + part.size > most:
            groups.append([])
            size = 0
        groups[-1].append(part)
        size += part.size
    return [tuple(group) for group in groups]
