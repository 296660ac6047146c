import signal
import sqlite3
from math import isfinite
from typing import Annotated

from claimcli.cli.options import FormatOption, OutputOption, argument, option
from claimcli.cli.session import Session
from claimcli.core.table import Table

QueryArgument = Annotated[str, argument("SELECT", "The query; see 'claimcli help sql'.")]
MOST_HEAP = 1_000_000_000
"""Bytes of memory that SQLite may use for a query."""
TimeoutOption = Annotated[float, option("--timeout SECONDS", "Stop after so long.", min=0.1)]


def sql(
    session: Session,
    question: QueryArgument,
    timeout: TimeoutOption = 60.0,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Query the index in SQL, read-only."""
    from claimcli.cli.output import warn
    from claimcli.cli.presenter import presentation
    from claimcli.core.problems import ClaimcliError
    from claimcli.dossier.index.problems import describe_unread
    from claimcli.dossier.index.sql import run_sql
    from claimcli.formats.table import PlainTable

    if not isfinite(timeout):
        raise ClaimcliError(f"--timeout: invalid time {timeout}", "write a number of seconds")

    def run(db: sqlite3.Connection) -> tuple[Table, str]:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # else Ctrl-C waits for a long step of SQLite
        db.execute(f"PRAGMA hard_heap_limit = {MOST_HEAP}")
        return run_sql(db, question, seconds=timeout), describe_unread(db)

    result, unread = session.index(run)
    presentation("sql", session.color, format_, output).show(PlainTable(result))
    if unread:
        warn(unread)
