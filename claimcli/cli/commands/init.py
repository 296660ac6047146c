"""``claimcli init``."""

from pathlib import Path
from typing import Annotated

import typer

from claimcli.cli.session import BareSession

FolderArgument = Annotated[
    Path, typer.Argument(metavar="[DIR]", help="The folder; this one where none is named.")
]
IgnoreOption = Annotated[
    bool,
    typer.Option(
        "--ignore-fetched", help="Have git pass over the pages that 'claimcli fetch' downloads."
    ),
]


def init(
    session: BareSession,
    folder: FolderArgument = Path(),
    ignore_fetched: IgnoreOption = False,
) -> None:
    """Begin a dossier in a folder.

    Settings, a first file, and what editors need. With --sample NAME it is a copy of that dossier.
    What stands there stays as it is.
    """
    from claimcli.cli import command_names
    from claimcli.cli.first_steps import next_steps
    from claimcli.cli.output import talk, write
    from claimcli.core.problems import ClaimcliError
    from claimcli.dossier.open import sample
    from claimcli.edit.init import init

    if session.given.get("data"):
        raise ClaimcliError("--data says nothing here", "name the folder alone")
    name = session.given.get("sample")
    started = init(folder, sample(name) if name else None, ignore_fetched=ignore_fetched)
    for note in started.notes:
        talk(note)
    for path in started.existing:
        talk(f"stands already, and stays: {path}")
    for path in started.written:
        talk(f"wrote {path}")
    talk("next:")
    write("".join(f"  {line}\n" for line in next_steps(started, folder, command_names())))
