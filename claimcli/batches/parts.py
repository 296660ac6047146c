"""Parts of tables: rows of a file, read in batches, and files that batches are written to.

Results of a job are Parquet files. Rows between two steps are Arrow files, of which a part has some
record batches. No more than about :data:`ENOUGH` bytes of a part are in memory.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct

from claimcli.core.problems import ClaimcliError, ExitCode

ENOUGH = 32 * 1024 * 1024
"""Bytes of a row group, or of rows that are split into groups at once."""
MAX_ROWS = 32_768
"""Rows of a row group, so that also short rows are divided among processes."""
MAX_GROUP = 1024 * 1024 * 1024
"""Bytes of a row group that is accepted, when unpacked; claimcli writes much smaller ones."""
BATCH_BYTES = 8 * 1024 * 1024
BATCH_ROWS = 16_384


class TablePart(Struct, frozen=True):
    """Rows of a file: row groups of a Parquet file by number, or messages of an Arrow stream.

    A message is a record batch, and given by its place in the file. ``columns`` are those to be
    read of a Parquet file; ``size`` is the size of the rows in bytes.
    """

    path: str
    pieces: tuple[int, ...]
    rows: int
    size: int
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The last two parts of the path, for messages."""
        return "/".join(Path(self.path).parts[-2:])


def parquet_parts(path: Path, columns: Sequence[str]) -> Iterator[TablePart]:
    """Yield the row groups of a Parquet file, several small ones together."""
    with reading(path):
        metadata = pq.read_metadata(path)
    groups: list[int] = []
    rows = size = 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        if group.total_byte_size > MAX_GROUP:
            message = f"'{path}' has a row group of more than {MAX_GROUP // 1024**2:,} MiB"
            hint = "write it with smaller row groups"
            raise ClaimcliError(message, hint, code=ExitCode.UNREADABLE)
        if groups and (size + group.total_byte_size > ENOUGH or rows + group.num_rows > MAX_ROWS):
            yield TablePart(str(path), tuple(groups), rows, size, tuple(columns))
            groups, rows, size = [], 0, 0
        groups.append(number)
        rows += group.num_rows
        size += group.total_byte_size
    if rows:
        yield TablePart(str(path), tuple(groups), rows, size, tuple(columns))


def batches(parts: Iterable[TablePart], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield the rows of parts. Raises ClaimcliError if a file is lost or damaged."""
    for part in parts:
        with reading(part.path):
            pieces = _parquet_batches(part) if part.columns else _arrow_batches(part, schema)
        while True:
            with reading(part.path):
                piece = next(pieces, None)
            if piece is None:
                break
            with reading(part.path):  # also if values do not have the expected type
                rows = list(conform(piece, schema))
            yield from rows


def _parquet_batches(part: TablePart) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(part.path, page_checksum_verification=True) as file:
        rows = max(1, min(BATCH_ROWS, BATCH_BYTES * part.rows // max(part.size, 1)))
        for batch in file.iter_batches(
            rows, row_groups=part.pieces, columns=list(part.columns), use_threads=False
        ):
            batch.validate(full=True)  # other programs can write texts that are not UTF-8
            yield batch


def _arrow_batches(part: TablePart, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    with pa.OSFile(part.path) as file:
        for place in part.pieces:
            file.seek(place)
            message = pa.ipc.read_message(file)
            if message.type == "schema":  # which is before the first batch
                message = pa.ipc.read_message(file)
            yield pa.ipc.read_record_batch(message, schema)


def conform(rows: Any, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield a table or batch in batches with the columns and types of a schema."""
    if not rows.schema.equals(schema):
        if isinstance(rows, pa.RecordBatch):
            rows = pa.Table.from_batches([rows])
        rows = rows.select(schema.names).cast(schema)
    if isinstance(rows, pa.RecordBatch):
        yield rows
    else:
        yield from rows.to_batches()


class PartWriter:
    """Writes batches to an Arrow stream in a file, which is created with the first one."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path = path
        self.schema = schema
        self.written: list[tuple[int, int, int]] = []
        self._file: Any = None
        self._writer: Any = None

    def __enter__(self) -> "PartWriter":
        return self

    def write(self, batch: pa.RecordBatch) -> int:
        """Write a batch, and return its number."""
        with writing():
            if self._writer is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._file = pa.OSFile(str(self.path), "wb")
                self._writer = pa.ipc.new_stream(self._file, self.schema)
            place = self._file.tell()
            self._writer.write_batch(batch)
        self.written.append((place, batch.num_rows, batch.nbytes))
        return len(self.written) - 1

    def part(self, numbers: Sequence[int] | None = None) -> TablePart:
        """Return some batches of the file, or all, as a part."""
        chosen = self.written if numbers is None else [self.written[n] for n in numbers]
        places, rows, sizes = zip(*chosen, strict=True) if chosen else ((), (), ())
        return TablePart(str(self.path), places, sum(rows), sum(sizes))

    def __exit__(self, *_: object) -> None:
        if self._writer is not None:
            with writing():
                self._writer.close()
                self._file.close()


def write_parquet(path: Path, rows: Iterable[pa.RecordBatch], schema: pa.Schema) -> int:
    """Write batches to a Parquet file, and return the number of rows."""
    count = 0
    settings: dict[str, Any] = {"compression": "zstd", "write_page_checksum": True}
    with writing(), pq.ParquetWriter(path, schema, **settings) as writer:
        for table in chunks(rows, schema, most=MAX_ROWS):
            writer.write_table(table, row_group_size=max(1, table.num_rows))
            count += table.num_rows
    return count


def chunks(
    rows: Iterable[pa.RecordBatch], schema: pa.Schema, *, most: int | None = None
) -> Iterator[pa.Table]:
    """Yield batches together in tables of about ENOUGH bytes, and at most so many rows."""
    limit = most or sys.maxsize
    pending: list[pa.RecordBatch] = []
    count = size = 0
    for batch in _small(rows):
        if pending and (size + batch.nbytes > ENOUGH or count + batch.num_rows > limit):
            yield pa.Table.from_batches(pending, schema)
            pending, count, size = [], 0, 0
        pending.append(batch)
        count += batch.num_rows
        size += batch.nbytes
    if pending:
        yield pa.Table.from_batches(pending, schema)


def _small(rows: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield batches, large ones in slices."""
    for batch in rows:
        step = max(1, min(BATCH_ROWS, BATCH_BYTES * batch.num_rows // max(batch.nbytes, 1)))
        for start in range(0, batch.num_rows, step):
            yield batch.slice(start, step)


@contextmanager
def reading(path: Path | str) -> Iterator[None]:
    """Turn errors while a file is read into ClaimcliError that names it."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or str(error).partition("\n")[0]
        raise ClaimcliError(
            f"'{path}' cannot be read: {reason}",
            "write the corpus again, or restore the file",
            code=ExitCode.UNREADABLE,
        ) from None


@contextmanager
def writing() -> Iterator[None]:
    """Give errors of Arrow, while a file is written, the message of the operating system."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, os.strerror(error.errno)) from error
