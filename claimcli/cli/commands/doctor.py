import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import BareSession, Session


def doctor(session: BareSession, format_: FormatOption = None, output: OutputOption = None) -> None:
    """Show what claimcli finds in its environment, and what is missing.

    Exits with 1 if something is broken: settings or data that cannot be read, or errors in the
    dossier.
    """
    from claimcli.cli.doctor import BROKEN, examine
    from claimcli.cli.presenter import presentation
    from claimcli.core.problems import ExitCode

    session.protect_dossier()
    examination = examine(Session(session.options))
    presentation("doctor", session.color, format_, output).show(examination)
    if any(row.state == BROKEN for row in examination.rows):
        raise typer.Exit(ExitCode.FINDINGS)
