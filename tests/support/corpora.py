"""Corpora written from tables, and jobs that run on them."""

import random
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from claimcli.batches.corpus import Corpus, open_corpus, store_part, write_manifest
from claimcli.batches.engine import JobOptions
from claimcli.batches.engines.local import LocalEngine
from claimcli.batches.engines.processes import Workers
from claimcli.batches.run import run_job as run_to_folder

ENGINES = ("local",)
"""The engines that tests compare."""


def write_corpus(
    tables: Mapping[str, pa.Table], folder: Path, *, parts: int = 1, seed: int | None = None
) -> Path:
    """Write tables as a corpus of some files each, with shuffled rows if there is a seed."""
    stored = {}
    for name, table in tables.items():
        rows = _shuffled(table, seed) if seed is not None else table
        size = -(-rows.num_rows // parts)
        stored[name] = [
            store_part(
                folder / name / f"part-{number:05d}.parquet",
                rows.slice(number * size, size).to_batches(),
                rows.schema,
            )
            for number in range(parts)
        ]
    write_manifest(folder, "test", stored)
    return folder


def _shuffled(table: pa.Table, seed: int) -> pa.Table:
    order = list(range(table.num_rows))
    random.Random(seed).shuffle(order)
    return table.take(pa.array(order, pa.int64()))


def run_job(
    name: str,
    corpus: Mapping[str, pa.Table] | Path,
    engine: str = "local",
    options: JobOptions | None = None,
    *,
    parts: int = 3,
    processes: int = 1,
    seed: int | None = None,
) -> dict[str, pa.Table]:
    """Return the tables of the result of a job, with sorted rows.

    The corpus is a folder, or tables of which one is written, in ``parts`` and with rows shuffled by
    a ``seed``. A job that reads YAML files gets the folder in ``options`` or as ``corpus``.
    """
    options = options or JobOptions()
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        at = Path(temporary)
        if isinstance(corpus, Path):
            options = JobOptions(options.jaccard, options.folder or str(corpus))
            is_corpus = (corpus / "corpus.json").exists() or any(corpus.glob("*.parquet"))
            opened = open_corpus(corpus) if is_corpus else Corpus(corpus, {})
        else:
            opened = open_corpus(write_corpus(corpus, at / "corpus", parts=parts, seed=seed))
        assert engine == "local"
        workers = stack.enter_context(Workers(processes))
        run_to_folder(name, LocalEngine(opened, workers, at / "spill"), options, output=at / "out")
        result = open_corpus(at / "out")
        return {table: read_sorted(result, table) for table in result.tables}


def read_sorted(corpus: Corpus, table: str) -> pa.Table:
    """Return a table of a corpus with sorted rows."""
    rows = pa.concat_tables([pq.ParquetFile(file).read() for file in corpus.files(table)])
    order = sorted(range(rows.num_rows), key=[repr(row) for row in rows.to_pylist()].__getitem__)
    return rows.take(pa.array(order, pa.int64())).combine_chunks()
