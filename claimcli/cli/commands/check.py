"""``claimcli check``."""

from pathlib import Path
from typing import Annotated

import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import Session, given_path

PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH]...", parser=given_path, help="Files or folders to check."),
]
ReportOption = Annotated[
    list[str] | None,
    typer.Option("--report", metavar="FORM=FILE", help="Write another form too. Repeatable."),
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="RULE,...", help="Only these rules, or error, warning, info."),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="RULE,...", help="Not these rules."),
]
FixOption = Annotated[bool, typer.Option("--fix", help="Mend what needs no asking.")]
DiffOption = Annotated[
    bool, typer.Option("--diff", help="Show what --fix would change, as a patch; write nothing.")
]
StdinOption = Annotated[
    Path | None,
    typer.Option(
        "--stdin-filename",
        metavar="FILE",
        dir_okay=False,
        help="Check this file alone, its text read from standard input.",
    ),
]
WatchOption = Annotated[bool, typer.Option("--watch", help="Check again after each change.")]


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
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Report every problem with its place, the rule it breaks, and the way out.

    Forms: full, concise, json, github, sarif. 'claimcli rule NAME' explains a rule. Ends with 1
    where there are errors or warnings, with --diff where something would be mended.
    """
    from claimcli.checks import registry
    from claimcli.cli import check
    from claimcli.cli.output import pick
    from claimcli.cli.report_files import reports_of
    from claimcli.formats.check import WRITERS

    check.refuse_together(
        fix=fix, diff=diff, watch=watch, stdin=stdin_filename, form=form, output=output,
        report=report, sample=session.given.get("sample"),
    )  # fmt: skip
    reports = reports_of(report or ())
    for path in (output, *(one.path for one in reports)):
        session.spare(path, paths or ())
    rules = registry.select_rules(select or (), ignore or ())
    shown = check.Showing("" if diff else pick(form, output, WRITERS, "full"), output, reports)
    lint = check.Lint(session, paths or (), rules=rules, name=stdin_filename)
    if watch:
        lint.watch(shown)
    elif diff:
        code = lint.diff(shown)
    else:
        code = lint.run(shown, fix=fix)
    raise typer.Exit(code)
