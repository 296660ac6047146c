"""Corpora written from tables, and jobs that run on them."""

import atexit
import random
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from claimcli.batches.corpus import Corpus, open_corpus, store_part, write_manifest
from claimcli.batches.engine import JobOptions
from claimcli.batches.engines.local import LocalEngine
from claimcli.batches.engines.processes import Workers
from claimcli.batches.engines.spark import SparkEngine
from claimcli.batches.engines.spark_context import require_java, spark_context
from claimcli.batches.run import StoringEngine
from claimcli.batches.run import run_job as run_to_folder
from claimcli.core.problems import ClaimcliError


def _reason_without_spark() -> str:
    """Return why Spark cannot run here, or ''."""
    try:
        require_java()
    except ClaimcliError as error:
        return str(error)
    return ""


_REASON = _reason_without_spark()
SPARK_MARKS = (
    pytest.mark.spark,
    pytest.mark.slow,
    pytest.mark.skipif(bool(_REASON), reason=_REASON),
)
ENGINES = ("local", pytest.param("spark", marks=SPARK_MARKS))
"""The engines that tests compare, as parameters of a test."""


@cache
def _spark() -> Any:
    """Return the SparkContext of this process, which is stopped at its end."""
    stack = ExitStack()
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    context = stack.enter_context(spark_context("local[2]", folder))
    atexit.register(stack.close)
    return context


@contextmanager
def engine_of(
    kind: str, corpus: Corpus, folder: Path, *, processes: int = 1
) -> Iterator[StoringEngine]:
    """Give an engine by its name, ``local`` or ``spark``; ``folder`` is for temporary files."""
    if kind == "spark":
        yield SparkEngine(corpus, _spark())
        return
    with Workers(processes) as workers:
        yield LocalEngine(corpus, workers, folder)


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
    with tempfile.TemporaryDirectory() as temporary:
        at = Path(temporary)
        if isinstance(corpus, Path):
            options = JobOptions(options.jaccard, options.folder or str(corpus))
            is_corpus = (corpus / "corpus.json").exists() or any(corpus.glob("*.parquet"))
            opened = open_corpus(corpus) if is_corpus else Corpus(corpus, {})
        else:
            opened = open_corpus(write_corpus(corpus, at / "corpus", parts=parts, seed=seed))
        with engine_of(engine, opened, at / "spill", processes=processes) as runner:
            run_to_folder(name, runner, options, output=at / "out")
        result = open_corpus(at / "out")
        return {table: read_sorted(result, table) for table in result.tables}


def read_sorted(corpus: Corpus, table: str) -> pa.Table:
    """Return a table of a corpus with sorted rows."""
    rows = pa.concat_tables([pq.ParquetFile(file).read() for file in corpus.files(table)])
    order = sorted(range(rows.num_rows), key=[repr(row) for row in rows.to_pylist()].__getitem__)
    return rows.take(pa.array(order, pa.int64())).combine_chunks()


def table_bytes(table: pa.Table) -> bytes:
    """Return a table as bytes, without metadata; equal tables give equal bytes."""
    sink = pa.BufferOutputStream()
    plain = table.replace_schema_metadata().combine_chunks()
    with pa.ipc.new_stream(sink, plain.schema) as writer:
        writer.write_table(plain)
    data: bytes = sink.getvalue().to_pybytes()
    return data
