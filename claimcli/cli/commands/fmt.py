from pathlib import Path
from typing import Annotated

import typer

from claimcli.cli.inputs import given_path
from claimcli.cli.options import Text, argument, option
from claimcli.cli.session import Session

PathsArgument = Annotated[
    list[Path] | None,
    argument(
        "[PATH]...",
        "Files or folders, or '-' for standard input; by default the whole dossier.",
        parser=given_path,
    ),
]
CheckOption = Annotated[bool, option("--check", "Write nothing; list the files that would change.")]
DiffOption = Annotated[bool, option("--diff", "Write nothing; show what would change, as a patch.")]
KeepOrderOption = Annotated[
    bool, option("--keep-order", "Leave the claims of a file in their order.")
]
StdinFilenameOption = Annotated[
    Text, option("--stdin-filename NAME", "Format standard input, under this file name.")
]


def fmt(
    session: Session,
    paths: PathsArgument = None,
    check: CheckOption = False,
    diff: DiffOption = False,
    keep_order: KeepOrderOption = False,
    stdin_filename: StdinFilenameOption = None,
) -> None:
    """Format the YAML files without changing their meaning.

    Comments stay. The keys of a record come in the order given by 'claimcli help fmt', claims in
    the order in which they were said; claims with the same time or no date stay after the claim
    they follow. Lines have at most 100 columns; quotation marks are used where needed, and around
    quotes. A file that cannot be read is left unchanged and reported; the exit code is then 3. With
    --check or --diff, it is 1 if a file would change.
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
