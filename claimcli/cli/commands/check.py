from pathlib import Path
from typing import Annotated

import typer

from claimcli.cli.inputs import given_path
from claimcli.cli.options import FormatOption, Many, OutputOption, argument, option
from claimcli.cli.session import Session

PathsArgument = Annotated[
    list[Path] | None, argument("[PATH]...", "Files or folders to check.", parser=given_path)
]
ReportOption = Annotated[
    Many, option("--report FORMAT=FILE", "Also write another format. Repeatable.")
]
SelectOption = Annotated[
    Many, option("--select RULE,...", "Only these rules, or error, warning, info.")
]
IgnoreOption = Annotated[Many, option("--ignore RULE,...", "Not these rules.")]
FixOption = Annotated[bool, option("--fix", "Apply the safe fixes.")]
DiffOption = Annotated[
    bool, option("--diff", "Show what --fix would change, as a patch; write nothing.")
]
StdinOption = Annotated[
    Path | None,
    option(
        "--stdin-filename FILE",
        "Check only this file, with the text on standard input.",
        dir_okay=False,
    ),
]
WatchOption = Annotated[bool, option("--watch", "Check again after each change.")]


def check(
    session: Session,
    paths: PathsArgument = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    fix: FixOption = False,
    diff: DiffOption = False,
    watch: WatchOption = False,
    stdin_filename: StdinOption = None,
    report: ReportOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Report every problem with its location and a hint.

    Each names the rule it breaks; 'claimcli rule NAME' explains it. Exits with 1 if there are
    errors or warnings, with --diff if there is something to fix.
    """
    from claimcli.cli import check
    from claimcli.cli.output import choose_format
    from claimcli.formats.check import WRITERS

    check.refuse_together(
        fix=fix, diff=diff, watch=watch, stdin=stdin_filename, format=format_, output=output,
        report=report, sample=session.options.get("sample"),
    )  # fmt: skip
    reports = check.reports_of(report or (), output)
    session.protect([output, *(one.path for one in reports)], {})
    if paths:
        session.protect_dossier()
    chosen = "" if diff else choose_format(format_, output, WRITERS)
    shown = check.CheckOutput(chosen, output, reports)
    run = check.CheckRun(session, paths or (), select or (), ignore or (), name=stdin_filename)
    if watch:
        run.watch(shown)
    raise typer.Exit(run.diff(shown) if diff else run.run(shown, fix=fix))
