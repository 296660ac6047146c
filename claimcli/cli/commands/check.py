"""``claimcli check``."""

from pathlib import Path
from typing import Annotated

import typer

from claimcli.cli.options import FormatOption, OutputOption, Session

PathsArgument = Annotated[
    list[Path] | None, typer.Argument(metavar="[PATH]...", help="Files or folders to check.")
]
FORMS = ("full", "concise", "json")


def check(
    session: Session,
    paths: PathsArgument = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Report every problem with its place, the rule it breaks, and the way out.

    Forms: full, concise, json. Ends with 1 where there are errors or warnings.
    """
    from claimcli import checks
    from claimcli.cli.output import pick, talk, write
    from claimcli.cli.report import on_screen
    from claimcli.formats import diagnostics
    from claimcli.problems import ExitCode, Severity

    chosen = pick(form, output, FORMS, "full")
    dossier = session.open(paths=paths or ())
    problems = checks.run(dossier)
    text = diagnostics.WRITERS[chosen](problems, dossier)
    if chosen == "full" and on_screen(session.color, output):
        from claimcli.cli import screen

        text = screen.diagnostics(text, screen.settings(session.color))
    write(text, output)
    if chosen != "json":
        talk(diagnostics.summary(problems, dossier))
    if any(problem.severity is not Severity.INFO for problem in problems):
        raise typer.Exit(ExitCode.FINDINGS)
