"""``claimcli doctor``."""

import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import BareSession, Session


def doctor(
    session: BareSession,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show what is found around the program, yes or no and why.

    Forms: table, tsv, csv, json, jsonl, yaml, md. Ends with 1 where something is broken: settings
    or data that cannot be read, or errors in the dossier.
    """
    from claimcli.cli.doctor import BROKEN, examine
    from claimcli.cli.notes import show_records
    from claimcli.core.problems import ExitCode

    found = examine(Session(session.given))
    show_records(found, form=form, output=output, color=session.color)
    if any(row.state == BROKEN for row in found.rows):
        raise typer.Exit(ExitCode.FINDINGS)
