"""Read the dossiers of a folder into the tables of a corpus."""

from collections.abc import Iterator, Mapping
from os import fsdecode, fsencode
from pathlib import Path

import pyarrow as pa

from claimcli.batches.dossier_folders import DossierFolder, dossier_folders
from claimcli.batches.dossier_tables import dossier_tables, schemas
from claimcli.batches.engine import Counts, Engine, JobOptions, Rows
from claimcli.core.problems import ExitCode, Severity

TABLES: tuple[str, ...] = ()
COUNTED = {"problems": "severity"}
PIECE_BYTES = 8 * 1024 * 1024
"""Bytes of a piece of a table, at most, unless one row is larger."""
_FOLDERS = pa.schema({"dossier": pa.string(), "path": pa.binary()})
_PIECES = pa.schema({"table": pa.string(), "rows": pa.binary()})
"""The name of a table, and some of its rows as an Arrow stream."""


def run(engine: Engine, options: JobOptions) -> Mapping[str, Rows]:
    """Return the tables of all dossiers. Each dossier is read as a whole by one process."""
    folders = dossier_folders(Path(options.folder))
    names, paths = [one.name for one in folders], [fsencode(one.path) for one in folders]
    spread = engine.spread(pa.table([names, paths], schema=_FOLDERS))
    every = schemas()
    pieces = engine.divide(engine.map(spread, read_dossiers, _PIECES), "table", tuple(every))
    return {name: engine.map(pieces[name], unpack, schema) for name, schema in every.items()}


def exit_code(counts: Counts) -> int:
    """Return 1 if there are errors or warnings, as ``claimcli check`` does."""
    severe = (Severity.ERROR, Severity.WARNING)
    return ExitCode.FINDINGS if any(counts["problems"].get(one) for one in severe) else 0


def read_dossiers(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the tables of dossiers in pieces; rows name dossiers and their folders."""
    for batch in batches:
        for row in batch.to_pylist():
            folder = DossierFolder(row["dossier"], fsdecode(row["path"]))
            for name, table in dossier_tables(folder):
                yield from _packed(name, table)


def _packed(name: str, table: pa.Table) -> Iterator[pa.RecordBatch]:
    """Yield a table in pieces, one in each batch."""
    count = -(-table.nbytes // PIECE_BYTES)
    size = max(1, -(-table.num_rows // max(1, count)))
    for start in range(0, table.num_rows, size):
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table.slice(start, size))
        rows = pa.array([sink.getvalue().to_pybytes()], pa.binary())
        yield pa.RecordBatch.from_arrays([pa.array([name]), rows], schema=_PIECES)


def unpack(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a table from its pieces."""
    for batch in batches:
        for piece in batch["rows"]:
            yield from pa.ipc.open_stream(piece.as_buffer())
