"""``claimcli corpus``."""

from pathlib import Path
from typing import Annotated

import typer

from claimcli.batches.jobs import job_names
from claimcli.cli.options import Text, argument, option
from claimcli.cli.session import Session

JobArgument = Annotated[str, argument("JOB", f"One of {', '.join(job_names())}.")]
InputArgument = Annotated[
    Path, argument("FOLDER", "The corpus; for 'read', the folder that contains the dossiers.")
]
ResultOption = Annotated[
    Path, option("--output -o DIR", "The folder to write; an earlier result in it is replaced.")
]
EngineOption = Annotated[
    str, option("--engine NAME", "local (processes of this machine) or spark.")
]
MasterOption = Annotated[
    Text, option("--master URL", "The Spark master, by default all processors of this machine.")
]
ProcessesOption = Annotated[
    int | None,
    option("--processes N", "How many processes, by default one a processor.", min=1, max=1024),
]
JaccardOption = Annotated[
    float | None,
    option("--jaccard X", "For 'duplicates': the least similarity, by default 0.5."),
]


def corpus(
    session: Session,
    job: JobArgument,
    folder: InputArgument,
    result: ResultOption,
    engine: EngineOption = "local",
    master: MasterOption = None,
    processes: ProcessesOption = None,
    jaccard: JaccardOption = None,
) -> None:
    """Read, verify or analyse many dossiers at once, in processes or on Spark.

    The job 'read' writes the records of many dossiers to a folder of Parquet files; the other jobs
    read such a folder, or one that 'claimcli export --format parquet' wrote. A lost file or process
    is an error, and nothing is written then. Exits as the command for one dossier would.
    """
    from claimcli.cli.corpus import engine_choice, run_corpus_job

    choice = engine_choice(engine, master, processes)
    if code := run_corpus_job(session, job, folder, result, choice, jaccard=jaccard):
        raise typer.Exit(code)
