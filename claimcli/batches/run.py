"""Finds a job, runs it on an engine, and writes its result as a corpus."""

from collections import Counter
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, Protocol

import pyarrow.parquet as pq
from msgspec import Struct

from claimcli.batches import jobs
from claimcli.batches.corpus import StoredPart, write_manifest
from claimcli.batches.engine import Engine, Job, JobOptions, Rows
from claimcli.core.text.suggestions import one_of


class StoringEngine(Engine, Protocol):
    """An engine that can also write rows to files."""

    def store(self, rows: Rows, folder: Path) -> list[StoredPart]:
        """Write rows to Parquet files in a folder; there is at least one."""
        ...


class JobResult(Struct, frozen=True):
    """What a job wrote: the rows of each table, the counted values, and the exit code."""

    rows: Mapping[str, int]
    counts: Mapping[str, Mapping[str, int]]
    exit_code: int = 0


def job_names() -> list[str]:
    """Return the names of all jobs."""
    return sorted(module.name for module in iter_modules(jobs.__path__))


def find_job(name: str) -> Job:
    """Return a job by its name. Raises ClaimcliError if there is no such job."""
    module: Any = import_module(f"{jobs.__name__}.{one_of(name, job_names(), 'job')}")
    job: Job = module
    return job


def run_job(name: str, engine: StoringEngine, options: JobOptions, *, output: Path) -> JobResult:
    """Run a job and write the tables of its result, with a manifest, to a new folder."""
    job = find_job(name)
    tables = job.run(engine, options)
    stored = {table: engine.store(rows, output / table) for table, rows in tables.items()}
    write_manifest(output, name, stored)
    counted: Mapping[str, str] = getattr(job, "COUNTED", {})
    counts = {
        table: _count(output / table, parts, counted[table])
        for table, parts in stored.items()
        if table in counted
    }
    rows = {table: sum(part.rows for part in parts) for table, parts in stored.items()}
    exit_code = job.exit_code(counts) if hasattr(job, "exit_code") else 0
    return JobResult(rows, counts, exit_code)


def _count(folder: Path, parts: list[StoredPart], column: str) -> dict[str, int]:
    """Return how often each value of a column occurs in the files of a table."""
    counts: Counter[str] = Counter()
    for part in parts:
        with pq.ParquetFile(folder / part.file) as file:
            for batch in file.iter_batches(columns=[column], use_threads=False):
                for row in batch.column(0).value_counts().to_pylist():
                    counts[str(row["values"])] += row["counts"]
    return dict(sorted(counts.items()))
