"""Jobs in processes of this machine; rows between two steps are files in a temporary folder.

A step is carried out at once. Its tasks are parts of a table, or buckets of whole groups, whose
number depends on the data alone, so that the result is the same with any number of processes.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
from msgspec import Struct

from claimcli.batches.corpus import Corpus, StoredPart, store_part
from claimcli.batches.engine import GroupFunction, MapFunction, PairFunction, step_name
from claimcli.batches.engines.buckets import bucket_count, split
from claimcli.batches.engines.processes import Workers
from claimcli.batches.parts import (
    BATCH_ROWS,
    ENOUGH,
    PartWriter,
    TablePart,
    batches,
    chunks,
    conform,
    parquet_parts,
    rows_of,
)

MAX_SPREAD = 256
"""Tasks for the rows of a small table."""
Buckets = dict[int, TablePart]


class LocalRows(Struct, frozen=True):
    """Rows in files."""

    schema: pa.Schema
    parts: tuple[TablePart, ...]

    @property
    def buckets(self) -> int:
        """The number of buckets for these rows."""
        return bucket_count(
            sum(part.rows for part in self.parts), sum(part.size for part in self.parts)
        )


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
            return LocalRows(table.schema, tuple(writer.part([number]) for number in numbers))

    def map(self, rows: LocalRows, function: MapFunction, schema: pa.Schema) -> LocalRows:
        """Apply a function to each part."""
        step = partial(_map, function, rows.schema, schema, self._folder())
        tasks = [(number, (part,)) for number, part in enumerate(rows.parts)]
        return self._run(step, tasks, [part.name for part in rows.parts], schema)

    def group(
        self, rows: LocalRows, keys: Sequence[str], function: GroupFunction, schema: pa.Schema
    ) -> LocalRows:
        """Apply a function to each bucket."""
        buckets = self._split(rows, keys, rows.buckets)
        step = partial(_group, function, rows.schema, schema, self._folder())
        tasks = [(number, parts) for number, parts in enumerate(buckets) if parts]
        return self._run(step, tasks, _bucket_names(function, tasks, len(buckets)), schema)

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
        tasks = [(bucket, pair) for bucket, pair in enumerate(pairs) if any(pair)]
        step = partial(_pair, function, (left.schema, right.schema), schema, self._folder())
        return self._run(step, tasks, _bucket_names(function, tasks, number), schema)

    def keep(self, rows: LocalRows) -> LocalRows:
        """Return the same rows, which are in files already."""
        return rows

    def union(self, parts: Sequence[LocalRows]) -> LocalRows:
        """Return the rows of several tables with the same columns as one table."""
        first, *others = parts
        for other in others:
            if not other.schema.equals(first.schema):
                raise TypeError(f"different columns: {first.schema} and {other.schema}")
        return LocalRows(first.schema, tuple(part for rows in parts for part in rows.parts))

    def collect(self, rows: LocalRows) -> pa.Table:
        """Return the rows as a table."""
        return rows_of(rows.parts, rows.schema)

    def store(self, rows: LocalRows, folder: Path) -> list[StoredPart]:
        """Write the rows to Parquet files in a folder, small parts together."""
        tasks = list(enumerate(_together(rows.parts))) or [(0, ())]
        step = partial(_store, rows.schema, str(folder))
        return self.workers.run(step, tasks, [folder.name] * len(tasks))

    def _folder(self) -> str:
        return str(self.spill / next(self._names))

    def _run(
        self,
        step: Callable[[Any], TablePart],
        tasks: Sequence[Any],
        names: Sequence[str],
        schema: pa.Schema,
    ) -> LocalRows:
        parts = self.workers.run(step, tasks, names)
        return LocalRows(schema, tuple(part for part in parts if part.rows))

    def _split(
        self, rows: LocalRows, keys: Sequence[str], number: int
    ) -> list[tuple[TablePart, ...]]:
        """Return the parts of each bucket."""
        if number == 1:
            return [rows.parts]
        step = partial(_split, rows.schema, tuple(keys), number, self._folder())
        tasks = list(enumerate(_together(rows.parts)))
        found = self.workers.run(step, tasks, [parts[0].name for _, parts in tasks])
        return [
            tuple(buckets[bucket] for buckets in found if bucket in buckets)
            for bucket in range(number)
        ]


def _together(parts: Iterable[TablePart]) -> list[tuple[TablePart, ...]]:
    """Return adjacent parts in tuples of about ENOUGH bytes."""
    groups: list[list[TablePart]] = []
    size = 0
    for part in parts:
        if not groups or size + part.size > ENOUGH:
            groups.append([])
            size = 0
        groups[-1].append(part)
        size += part.size
    return [tuple(group) for group in groups]


def _bucket_names(function: Any, tasks: Sequence[Any], number: int) -> list[str]:
    name = step_name(function)
    return [f"{name}, part {bucket + 1} of {number}" for bucket, *_ in tasks]


Task = tuple[int, tuple[TablePart, ...]]


def _map(
    function: MapFunction, before: pa.Schema, after: pa.Schema, folder: str, task: Task
) -> TablePart:
    number, parts = task
    return _spill(function(batches(parts, before)), after, folder, number)


def _group(
    function: GroupFunction, before: pa.Schema, after: pa.Schema, folder: str, task: Task
) -> TablePart:
    number, parts = task
    return _spill((function(rows_of(parts, before)),), after, folder, number)


def _pair(
    function: PairFunction,
    before: tuple[pa.Schema, pa.Schema],
    after: pa.Schema,
    folder: str,
    task: tuple[int, tuple[tuple[TablePart, ...], tuple[TablePart, ...]]],
) -> TablePart:
    number, (left, right) = task
    result = function(rows_of(left, before[0]), rows_of(right, before[1]))
    return _spill((result,), after, folder, number)


def _spill(results: Iterable[Any], schema: pa.Schema, folder: str, number: int) -> TablePart:
    """Write tables or batches to a file of a step."""
    with PartWriter(Path(folder) / f"{number:05d}.arrow", schema) as writer:
        for result in results:
            for batch in conform(result, schema):
                for start in range(0, batch.num_rows, BATCH_ROWS):
                    writer.write(batch.slice(start, BATCH_ROWS))
        return writer.part()


def _split(
    schema: pa.Schema, keys: tuple[str, ...], number: int, folder: str, task: Task
) -> Buckets:
    """Write the rows of parts to a file in the order of their buckets."""
    file, parts = task
    numbers: dict[int, list[int]] = {}
    with PartWriter(Path(folder) / f"{file:05d}.arrow", schema) as writer:
        for table in chunks(batches(parts, schema), schema):
            for bucket, rows in split(table, keys, number):
                for batch in rows.combine_chunks().to_batches():
                    numbers.setdefault(bucket, []).append(writer.write(batch))
        return {bucket: writer.part(pieces) for bucket, pieces in numbers.items()}


def _store(schema: pa.Schema, folder: str, task: Task) -> StoredPart:
    number, parts = task
    path = Path(folder) / f"part-{number:05d}.parquet"
    return store_part(path, batches(parts, schema), schema)
