"""Jobs in processes of this machine; rows between two steps are files in a temporary folder.

The tasks of a step are parts of a table, or buckets of whole groups, whose number depends on the
data alone, so that the result is the same with any number of processes.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import replace

from claimcli.batches.corpus import Corpus, StoredPart, store_part
from claimcli.batches.engine import GroupFunction, MapFunction, PairFunction, step_name
from claimcli.batches.engines.buckets import split
from claimcli.batches.engines.local_rows import LocalRows
from claimcli.batches.engines.processes import Workers
from claimcli.batches.parts import (
    BATCH_ROWS,
    PartWriter,
    TablePart,
    chunks,
    conform,
    parquet_parts,
)

MAX_SPREAD = 256
"""Tasks for the rows of a small table."""


class LocalEngine:
    """Runs the steps of jobs in processes. ``spill`` is a folder for rows between two steps."""

    def __init__(self, corpus: Corpus, workers: Workers, spill: Path) -> None:
        self.corpus = corpus
        self.workers = workers
        self.spill = spill
        self._names = (f"{number:05d}" for number in count())

    def table(self, name: str, columns: Sequence[str]) -> LocalRows:
        """Return some columns of a table of the corpus."""
        schema = self.corpus.schema(name, columns)
        files = self.corpus.files(name)
        return LocalRows(schema, tuple(p for f in files for p in parquet_parts(f, columns)))

    def spread(self, table: pa.Table) -> LocalRows:
        """Return the rows of a small table in parts of one or a few rows."""
        size = -(-table.num_rows // MAX_SPREAD)
        with PartWriter(self.spill / f"{next(self._names)}.arrow", table.schema) as writer:
            starts = range(0, table.num_rows, size or 1)
            numbers = [
                writer.write(batch)
                for start in starts
                for batch in table.slice(start, size).combine_chunks().to_batches()
            ]
            parts = tuple(writer.part([number]) for number in numbers)
            return LocalRows(table.schema, parts, spread=True)

    def map(self, rows: LocalRows, function: MapFunction, schema: pa.Schema) -> LocalRows:
        """Apply a function to each part, as soon as another step needs the rows."""
        return replace(rows, steps=(*rows.steps, (function, schema)))

    def group(
        self, rows: LocalRows, keys: Sequence[str], function: GroupFunction, schema: pa.Schema
    ) -> LocalRows:
        """Apply a function to each bucket."""
        buckets = self._split(rows, keys, rows.buckets)
        tasks = [(number, bucket) for number, bucket in enumerate(buckets) if bucket.parts]
        names = _bucket_names(function, [number for number, _ in tasks], len(buckets))
        return self._run(partial(_group, function, schema), tasks, names, schema)

    def pair(
        self,
        left: LocalRows,
        right: LocalRows,
        keys: Sequence[str],
        function: PairFunction,
        schema: pa.Schema,
    ) -> LocalRows:
        """Apply a function to the buckets of two tables with the same keys."""
        number = max(left.buckets, right.buckets)
        pairs = zip(self._split(left, keys, number), self._split(right, keys, number), strict=True)
        tasks = [(n, pair) for n, pair in enumerate(pairs) if any(rows.parts for rows in pair)]
        names = _bucket_names(function, [n for n, _ in tasks], number)
        return self._run(partial(_pair, function, schema), tasks, names, schema)

    def keep(self, rows: LocalRows) -> LocalRows:
        """Return the same rows in files."""
        if not rows.steps:
            return rows
        tasks = rows.tasks()
        names = [task.parts[0].name for task in tasks]
        return self._run(_write_rows, list(enumerate(tasks)), names, rows.schema)

    def divide(self, rows: LocalRows, column: str, values: Sequence[str]) -> dict[str, LocalRows]:
        """Return the rows with each value of a column, in files."""
        step = partial(_divide, column, self._folder())
        tasks = rows.tasks()
        divided = self.workers.run(
            step, list(enumerate(tasks)), [task.parts[0].name for task in tasks]
        )
        return {
            value: LocalRows(
                rows.schema, tuple(parts[value] for parts in divided if value in parts)
            )
            for value in values
        }

    def union(self, parts: Sequence[LocalRows]) -> LocalRows:
        """Return the rows of several tables with the same columns as one table."""
        kept = [self.keep(rows) for rows in parts]
        for rows in kept:
            if not rows.schema.equals(kept[0].schema):
                raise TypeError(f"different columns: {kept[0].schema} and {rows.schema}")
        return LocalRows(kept[0].schema, tuple(part for rows in kept for part in rows.parts))

    def collect(self, rows: LocalRows) -> pa.Table:
        """Return the rows as a table."""
        return self.keep(rows).table()

    def store(self, rows: LocalRows, folder: Path) -> list[StoredPart]:
        """Write the rows to Parquet files in a folder, small parts together."""
        tasks = self.keep(rows).tasks() or [LocalRows(rows.schema, ())]
        step = partial(_store, str(folder))
        return self.workers.run(step, list(enumerate(tasks)), [folder.name] * len(tasks))

    def _folder(self) -> str:
        return str(self.spill / next(self._names))

    def _run(
        self,
        step: Callable[..., TablePart],
        tasks: Sequence[Any],
        names: Sequence[str],
        schema: pa.Schema,
    ) -> LocalRows:
        """Run tasks, large ones first, and return their rows in the order of the tasks."""
        ordered = sorted(range(len(tasks)), key=lambda n: -_row_count(tasks[n][1]))
        parts = self.workers.run(
            partial(step, self._folder()),
            [tasks[n] for n in ordered],
            [names[n] for n in ordered],
        )
        by_task = sorted(zip(ordered, parts, strict=True), key=lambda pair: pair[0])
        return LocalRows(schema, tuple(part for _, part in by_task if part.rows))

    def _split(self, rows: LocalRows, keys: Sequence[str], number: int) -> list[LocalRows]:
        """Return the rows of each bucket."""
        if number == 1:
            return [rows]
        step = partial(_split, tuple(keys), number, self._folder())
        tasks = rows.tasks()
        split_parts = self.workers.run(
            step, list(enumerate(tasks)), [task.parts[0].name for task in tasks]
        )
        return [
            LocalRows(rows.schema, tuple(parts[n] for parts in split_parts if n in parts))
            for n in range(number)
        ]


def _row_count(rows: LocalRows | Sequence[LocalRows]) -> int:
    """Return the number of rows in the files of a task."""
    listed = (rows,) if isinstance(rows, LocalRows) else rows
    return sum(part.rows for one in listed for part in one.parts)


def _bucket_names(function: Any, buckets: Sequence[int], number: int) -> list[str]:
    name = step_name(function)
    return [f"{name}, part {bucket + 1} of {number}" for bucket in buckets]


def _write_rows(folder: str, task: tuple[int, LocalRows]) -> TablePart:
    number, rows = task
    return _spill(rows.batches(), rows.schema, folder, number)


def _group(
    function: GroupFunction, schema: pa.Schema, folder: str, task: tuple[int, LocalRows]
) -> TablePart:
    number, rows = task
    table = rows.table()
    results = conform(function(table), schema) if table.num_rows else ()
    return _spill(results, schema, folder, number)


def _pair(
    function: PairFunction,
    schema: pa.Schema,
    folder: str,
    task: tuple[int, tuple[LocalRows, LocalRows]],
) -> TablePart:
    number, sides = task
    left, right = (rows.table() for rows in sides)
    results = conform(function(left, right), schema) if left.num_rows or right.num_rows else ()
    return _spill(results, schema, folder, number)


def _spill(
    rows: Iterable[pa.RecordBatch], schema: pa.Schema, folder: str, number: int
) -> TablePart:
    """Write batches to a file of a step."""
    with PartWriter(Path(folder) / f"{number:05d}.arrow", schema) as writer:
        for batch in rows:
            for start in range(0, batch.num_rows, BATCH_ROWS):
                writer.write(batch.slice(start, BATCH_ROWS))
        return writer.part()


def _split(
    keys: tuple[str, ...], number: int, folder: str, task: tuple[int, LocalRows]
) -> dict[int, TablePart]:
    """Write rows to a file in the order of their buckets."""
    file, rows = task
    pieces: dict[int, list[int]] = {}
    with PartWriter(Path(folder) / f"{file:05d}.arrow", rows.schema) as writer:
        for table in chunks(rows.batches(), rows.schema):
            for bucket, part in split(table, keys, number):
                for batch in part.combine_chunks().to_batches():
                    pieces.setdefault(bucket, []).append(writer.write(batch))
        return {bucket: writer.part(batches) for bucket, batches in pieces.items()}


def _divide(column: str, folder: str, task: tuple[int, LocalRows]) -> dict[str, TablePart]:
    """Write rows to a file, and return a part for each value of a column."""
    file, rows = task
    pieces: dict[str, list[int]] = {}
    with PartWriter(Path(folder) / f"{file:05d}.arrow", rows.schema) as writer:
        for batch in rows.batches():
            for value in batch[column].unique().to_pylist():
                part = batch.filter(pc.equal(batch[column], value))
                pieces.setdefault(value, []).append(writer.write(part))
        return {value: writer.part(batches) for value, batches in pieces.items()}


def _store(folder: str, task: tuple[int, LocalRows]) -> StoredPart:
    number, rows = task
    path = Path(folder) / f"part-{number:05d}.parquet"
    return store_part(path, rows.batches(), rows.schema)
