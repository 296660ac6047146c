"""``claimcli fmt``."""

from pathlib import Path
from typing import Annotated

import typer

from claimcli.cli.session import Session, given_path

PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH]...",
        parser=given_path,
        help="Files or folders; '-' is standard input. Without any, the whole dossier.",
    ),
]
CheckOption = Annotated[
    bool, typer.Option("--check", help="Write nothing; list the files that would change.")
]
DiffOption = Annotated[
    bool, typer.Option("--diff", help="Write nothing; show what would change, as a patch.")
]
KeepOrderOption = Annotated[
    bool, typer.Option("--keep-order", help="Leave the claims of a file in their order.")
]
StdinFilenameOption = Annotated[
    str | None,
    typer.Option(
        "--stdin-filename", metavar="NAME", help="Format standard input, which is called this."
    ),
]


def fmt(
    session: Session,
    paths: PathsArgument = None,
    check: CheckOption = False,
    diff: DiffOption = False,
    keep_order: KeepOrderOption = False,
    stdin_filename: StdinFilenameOption = None,
) -> None:
    """Write the YAML files in one form; what they say stays.

    Comments stay. The keys of a record come in the order of 'claimcli help fmt', claims in the
    order in which they were said (those of one time, or with no date, stay after the one they
    follow). Lines are broken at 100 columns, quotation marks stand where they are needed and around
    quotes. A file that cannot be read is left as it stands and reported, which ends with 3. With
    --check or --diff, files that would change end with 1.
    """
    from claimcli.cli import fmt

    from_stdin = fmt.stdin_name(paths or (), stdin_filename)
    if from_stdin is None and not (paths or check or diff):
        fmt.refuse_sample(session)
    formatter = fmt.Formatter(
        session, writes=not (check or diff), shows_patch=diff, keep_order=keep_order
    )
    if from_stdin is not None:
        formatter.standard_input(from_stdin)
    else:
        formatter.files(paths or session.paths())
    if formatter.exit_code:
        raise typer.Exit(formatter.exit_code)
