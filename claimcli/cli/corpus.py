"""The choices and messages of ``claimcli corpus``."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from claimcli.batches.engines import ENGINES
from claimcli.cli.session import Session
from claimcli.core.problems import ClaimcliError
from claimcli.core.text.suggestions import one_of
from claimcli.core.text.word_diff import plural
from claimcli.dossier.runtime import import_extra


def engine_choice(engine: str, master: str | None, processes: int | None) -> tuple[int, str]:
    """Return the number of processes and the master of Spark, "" for processes alone.

    Raises ClaimcliError if the options exclude each other.
    """
    from claimcli.dossier.parallel import processors

    if one_of(engine, ENGINES, "engine") == "local":
        if master:
            raise ClaimcliError("--master is only for Spark", "add --engine spark")
        return processes or processors(), ""
    if processes:
        hint = f"write --master 'local[{processes}]' instead"
        raise ClaimcliError("--processes is not for Spark", hint)
    return 1, master or "local[*]"


def run_corpus_job(
    session: Session,
    job: str,
    folder: Path,
    result: Path,
    choice: tuple[int, str],
    *,
    jaccard: float | None,
) -> int:
    """Run a job, say what was written, and return the exit code."""
    from claimcli.cli.output import say
    from claimcli.cli.progress import Progress

    if session.names_data():
        raise ClaimcliError("--data and --sample have no meaning here", "name only the folder")
    if jaccard is not None and job.lower() != "duplicates":
        raise ClaimcliError("--jaccard is only for the job 'duplicates'", "leave it out")
    if str(result) == "-":
        raise ClaimcliError("the result is many files", "name a folder with -o")
    import_extra("pyarrow", "parquet")
    from claimcli.analysis.near_duplicates import parse_jaccard
    from claimcli.batches.engine import JobOptions
    from claimcli.batches.run import EngineChoice, run_on_folder

    options = JobOptions(folder=str(folder))
    if jaccard is not None:
        options = JobOptions(parse_jaccard(jaccard), str(folder))
    with Progress(sys.stderr, counted="parts") as bar:
        engine = EngineChoice(*choice, progress=bar.show)
        done = run_on_folder(job, folder, options, engine, output=result)
    tables = (f"{table} {plural(rows, 'row')}" for table, rows in done.rows.items())
    say(f"wrote '{result}': {', '.join(tables)}")
    for line in _count_lines(done.counts):
        say(line)
    return done.exit_code


def _count_lines(counts: Mapping[str, Mapping[str, int]]) -> list[Any]:
    """Return how often the values of a table occur, in a line for each table with rows."""
    return [
        f"{table}: {', '.join(_counted(table, *pair) for pair in values.items())}"
        for table, values in counts.items()
        if values
    ]


def _counted(table: str, value: str, number: int) -> str:
    """Return a value with its number; severities of problems are nouns, which have a plural."""
    return plural(number, value) if table == "problems" else f"{number:,} {value}"
