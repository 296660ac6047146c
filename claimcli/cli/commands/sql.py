"""``claimcli sql``."""

import signal
import sqlite3
from math import isfinite
from typing import Annotated

import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import Session
from claimcli.core.table import Table

QuestionArgument = Annotated[
    str, typer.Argument(metavar="SELECT", help="The question; see 'claimcli help sql'.")
]
MOST_HEAP = 1_000_000_000
"""Bytes that SQLite may have in memory while it answers."""
TimeoutOption = Annotated[
    float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="Give up after so long.")
]


def sql(
    session: Session,
    question: QuestionArgument,
    timeout: TimeoutOption = 60.0,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Ask the index in SQL; nothing can be changed in it.

    Forms: table, tsv, csv, json, jsonl, yaml, md.
    """
    from claimcli.cli.notes import as_records, show_records
    from claimcli.core.problems import ClaimcliError
    from claimcli.dossier.index.sql import ask_sql

    if not isfinite(timeout):
        raise ClaimcliError(f"--timeout: {timeout} is no time", "write a number of seconds")

    def ask(db: sqlite3.Connection) -> Table:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # one long step of SQLite ends no other way
        db.execute(f"PRAGMA hard_heap_limit = {MOST_HEAP}")
        return ask_sql(db, question, seconds=timeout)

    answer = session.index(ask)
    found = as_records(answer)
    show_records(found, form=form, output=output, color=session.color)
