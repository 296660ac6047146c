"""Jobs on Spark: batches of Arrow records are sent as bytes, and the JVM only moves them.

Spark's own functions on Arrow data (``mapInArrow``, ``applyInArrow``) need pandas, and convert each
value to a row and back. Here the workers read the Parquet files with pyarrow, and shuffle the same
buckets as processes of one machine. claimcli must be installed on the workers, and they must see
the folders of the corpus and of the result under the same paths.
"""

import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from claimcli.batches.corpus import Corpus, StoredPart, store_part
from claimcli.batches.engine import GroupFunction, MapFunction, PairFunction, step_name
from claimcli.batches.engines.buckets import bucket_count, split
from claimcli.batches.engines.spark_context import WorkerError, running_job
from claimcli.batches.parts import TablePart, batches, chunks, conform, parquet_parts
from claimcli.core.problems import ClaimcliError, cannot_write

T = TypeVar("T")
R = TypeVar("R")
Batches = Iterator[pa.RecordBatch]
SentRows = tuple[int, tuple[int, bytes]]
"""The number of a bucket, and some of its rows: 0 or 1 for the first or second table, and bytes."""


class SparkRows(Struct, frozen=True):
    """A distributed list of batches, with an estimate of their rows and their size in bytes.

    ``step`` is the name of the step that computes them, for messages.
    """

    schema: pa.Schema
    rdd: Any
    rows: int
    size: int
    step: str


class SparkEngine:
    """Runs the steps of jobs on Spark. ``context`` is the SparkContext."""

    def __init__(self, corpus: Corpus, context: Any) -> None:
        self.corpus = corpus
        self.context = context

    def table(self, name: str, columns: Sequence[str]) -> SparkRows:
        """Return some columns of a table of the corpus."""
        schema = self.corpus.schema(name, columns)
        parts = [p for f in self.corpus.files(name) for p in parquet_parts(f, columns)]
        rdd = self.context.parallelize(parts, max(len(parts), 1))
        read = rdd.mapPartitions(_guarded(partial(_read, schema)))
        return SparkRows(schema, read, sum(p.rows for p in parts), sum(p.size for p in parts), name)

    def spread(self, table: pa.Table) -> SparkRows:
        """Return the rows of a small table in partitions of one or a few rows."""
        most = 64 * self.context.defaultParallelism
        size = max(1, -(-table.num_rows // most))
        pieces = [_to_bytes(table.slice(start, size)) for start in range(0, table.num_rows, size)]
        rdd = self.context.parallelize(pieces, max(len(pieces), 1))
        return SparkRows(table.schema, _unpacked(rdd), table.num_rows, table.nbytes, "spread")

    def map(self, rows: SparkRows, function: MapFunction, schema: pa.Schema) -> SparkRows:
        """Apply a function to each partition."""
        rdd = rows.rdd.mapPartitions(_guarded(partial(_map, function, schema)))
        return SparkRows(schema, rdd, rows.rows, rows.size, step_name(function))

    def group(
        self, rows: SparkRows, keys: Sequence[str], function: GroupFunction, schema: pa.Schema
    ) -> SparkRows:
        """Apply a function to each bucket."""
        number = self._buckets(rows)
        sent = _send(rows, keys, number, side=0).partitionBy(number, _bucket)
        rdd = sent.mapPartitions(_guarded(partial(_group, function, rows.schema, schema)))
        return SparkRows(schema, rdd, rows.rows, rows.size, step_name(function))

    def pair(
        self,
        left: SparkRows,
        right: SparkRows,
        keys: Sequence[str],
        function: PairFunction,
        schema: pa.Schema,
    ) -> SparkRows:
        """Apply a function to the buckets of two tables with the same keys."""
        number = max(self._buckets(left), self._buckets(right))
        sides = [_send(rows, keys, number, side=side) for side, rows in enumerate((left, right))]
        sent = self.context.union(sides).partitionBy(number, _bucket)
        step = partial(_pair, function, (left.schema, right.schema), schema)
        rdd = sent.mapPartitions(_guarded(step))
        rows, size = left.rows + right.rows, left.size + right.size
        return SparkRows(schema, rdd, rows, size, step_name(function))

    def keep(self, rows: SparkRows) -> SparkRows:
        """Return the same rows, which Spark keeps in memory and on disk."""
        from pyspark import StorageLevel

        kept = rows.rdd.map(_to_bytes).persist(StorageLevel.MEMORY_AND_DISK)
        return SparkRows(rows.schema, _unpacked(kept), rows.rows, rows.size, rows.step)

    def divide(self, rows: SparkRows, column: str, values: Sequence[str]) -> dict[str, SparkRows]:
        """Return the rows with each value of a column, which Spark keeps."""
        kept = self.keep(rows)
        return {
            value: self.map(kept, partial(_with_value, column, value), rows.schema)
            for value in values
        }

    def union(self, parts: Sequence[SparkRows]) -> SparkRows:
        """Return the rows of several tables with the same columns as one table."""
        rdd = self.context.union([part.rdd for part in parts])
        rows, size = (sum(p.rows for p in parts), sum(p.size for p in parts))
        return SparkRows(parts[0].schema, rdd, rows, size, parts[0].step)

    def collect(self, rows: SparkRows) -> pa.Table:
        """Return the rows as a table."""
        with running_job(rows.step):
            found = rows.rdd.map(_to_bytes).collect()
        return pa.Table.from_batches(chain.from_iterable(map(_from_bytes, found)), rows.schema)

    def store(self, rows: SparkRows, folder: Path) -> list[StoredPart]:
        """Write the rows to Parquet files in a folder: a file for each partition with rows."""
        folder.mkdir(parents=True, exist_ok=True)
        step = _guarded_partition(partial(_store, rows.schema, str(folder)))
        with running_job(rows.step):
            stored: list[StoredPart] = rows.rdd.mapPartitionsWithIndex(step).collect()
        if not stored:
            stored = [store_part(folder / "part-00000.parquet", (), rows.schema)]
        listed = {part.file for part in stored}
        for path in folder.iterdir():
            if path.name not in listed:  # of a task that was tried again
                path.unlink()
        return sorted(stored, key=lambda part: part.file)

    def _buckets(self, rows: SparkRows) -> int:
        return bucket_count(rows.rows, rows.size, least=4 * self.context.defaultParallelism)


def _send(rows: SparkRows, keys: Sequence[str], number: int, *, side: int) -> Any:
    step = partial(_split, rows.schema, tuple(keys), number, side)
    return rows.rdd.mapPartitions(_guarded(step))


def _unpacked(rdd: Any) -> Any:
    return rdd.flatMap(_from_bytes)


def _bucket(bucket: int) -> int:
    return bucket


def _guarded(function: Callable[[Iterator[T]], Iterator[R]]) -> Callable[[Iterator[T]], Any]:
    """Return a function whose wrong use and lost files are errors that the driver recognises."""
    return partial(_run, function)


def _run(function: Callable[[Iterator[T]], Iterator[R]], items: Iterator[T]) -> Iterator[R]:
    pa.set_cpu_count(1)
    try:
        yield from function(items)
    except ClaimcliError as error:
        raise WorkerError.of(error) from None
    except OSError as error:
        hint = "check the folder of the result on the workers, and the room on their disks"
        raise WorkerError.of(cannot_write("the result", error, hint)) from None


def _guarded_partition(function: Callable[[int, Batches], Iterator[R]]) -> Any:
    return partial(_run_partition, function)


def _run_partition(
    function: Callable[[int, Batches], Iterator[R]], index: int, items: Batches
) -> Iterator[R]:
    return _run(partial(function, index), items)


def _read(schema: pa.Schema, parts: Iterator[TablePart]) -> Batches:
    return batches(parts, schema)


def _map(function: MapFunction, schema: pa.Schema, rows: Batches) -> Batches:
    first = next(rows, None)
    if first is not None:
        yield from _conform(function(chain((first,), rows)), schema)


def _conform(results: Iterable[Any], schema: pa.Schema) -> Batches:
    for result in results:
        yield from (batch for batch in conform(result, schema) if batch.num_rows)


def _split(
    schema: pa.Schema, keys: tuple[str, ...], number: int, side: int, rows: Batches
) -> Iterator[SentRows]:
    for table in chunks(rows, schema):
        for bucket, part in split(table, keys, number):
            yield bucket, (side, _to_bytes(part))


def _group(
    function: GroupFunction, before: pa.Schema, after: pa.Schema, sent: Iterator[SentRows]
) -> Batches:
    found = [batch for _, (_, data) in sent for batch in _from_bytes(data)]
    if found:
        yield from _conform((function(pa.Table.from_batches(found, before)),), after)


def _pair(
    function: PairFunction,
    before: tuple[pa.Schema, pa.Schema],
    after: pa.Schema,
    sent: Iterator[SentRows],
) -> Batches:
    found: tuple[list[pa.RecordBatch], list[pa.RecordBatch]] = ([], [])
    for _, (side, data) in sent:
        found[side].extend(_from_bytes(data))
    if any(found):
        left, right = map(pa.Table.from_batches, found, before)
        yield from _conform((function(left, right),), after)


def _store(schema: pa.Schema, folder: str, index: int, rows: Batches) -> Iterator[StoredPart]:
    first = next(rows, None)
    if first is None:
        return
    name = f"part-{index:05d}.parquet"
    temporary = Path(folder) / f".{name}.{uuid.uuid4().hex}"
    stored = store_part(temporary, chain((first,), rows), schema)
    os.replace(temporary, Path(folder) / name)  # noqa: PTH105 - also of a task tried again
    yield msgspec.structs.replace(stored, file=name)


def _with_value(column: str, value: str, rows: Batches) -> Batches:
    return (batch.filter(pc.equal(batch[column], value)) for batch in rows)


def _to_bytes(rows: Any) -> bytes:
    """Return a table or batch as a stream of Arrow."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write(rows)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _from_bytes(data: bytes) -> list[pa.RecordBatch]:
    with pa.ipc.open_stream(data) as reader:
        return list(reader)
