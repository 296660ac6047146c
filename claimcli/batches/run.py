"""Finds a job, runs it on an engine, and writes its result as a corpus."""

import os
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import pyarrow.parquet as pq
from msgspec import Struct

from claimcli.batches import jobs
from claimcli.batches.corpus import Corpus, StoredPart, open_corpus, write_manifest
from claimcli.batches.engine import Engine, Job, JobOptions, Rows
from claimcli.batches.engines.local import LocalEngine
from claimcli.batches.engines.processes import TaskProgress, Workers
from claimcli.batches.engines.spark import SparkEngine
from claimcli.batches.engines.spark_context import spark_context
from claimcli.core.problems import ClaimcliError
from claimcli.core.text.suggestions import one_of
from claimcli.dossier.output_folder import new_folder

COMMAND = "corpus"


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


def find_job(name: str) -> Job:
    """Return a job by its name. Raises ClaimcliError if there is no such job."""
    module: Any = import_module(f"{jobs.__name__}.{one_of(name, jobs.job_names(), 'job')}")
    job: Job = module
    return job


class EngineChoice(Struct, frozen=True):
    """Where a job runs: in some processes, or on Spark if there is a ``master``.

    ``progress`` gets the number of finished tasks of a step, and of all.
    """

    processes: int
    master: str = ""
    progress: TaskProgress = lambda _done, _total: None


def run_on_folder(
    name: str,
    folder: Path,
    options: JobOptions,
    choice: EngineChoice,
    *,
    output: Path,
) -> JobResult:
    """Run a job on a corpus, or on a folder of YAML files, and write its result to a folder.

    Raises ClaimcliError if either cannot be used, or a part of the corpus or a process is lost;
    nothing is written then.
    """
    job = find_job(name)
    _refuse_input(folder, output)
    corpus = open_corpus(folder) if job.TABLES else Corpus(_existing(folder), {})
    for table in job.TABLES:
        corpus.files(table)
    with new_folder(output, COMMAND) as (new, scratch), ExitStack() as stack:
        if choice.master:
            context = stack.enter_context(spark_context(choice.master, scratch))
            return run_job(name, SparkEngine(corpus, context), options, output=new)
        workers = stack.enter_context(Workers(choice.processes, choice.progress))
        return run_job(name, LocalEngine(corpus, workers, scratch), options, output=new)


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise ClaimcliError(f"no folder '{folder}'", "name the folder that contains the dossiers")
    return folder


def _refuse_input(folder: Path, output: Path) -> None:
    """Raise ClaimcliError if a result would replace the folder that is read."""
    if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(output)):
        raise ClaimcliError(f"'{output}' is the input, or above it", "name another folder with -o")


def run_job(name: str, engine: StoringEngine, options: JobOptions, *, output: Path) -> JobResult:
    """Run a job and write the tables of its result, with a manifest, to an existing folder."""
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
