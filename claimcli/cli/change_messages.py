"""What writing commands report: the location of a change, or its patch."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from claimcli.cli.output import say, write, write_bytes
from claimcli.cli.session import Session
from claimcli.dossier.config import working_folder
from claimcli.formats.patch import patch


def report_change(change: Any, done: str, session: Session, *, dry_run: bool) -> None:
    """Report a change to a record, and write its id; with ``dry_run``, write the patch instead."""
    for note in change.notes:
        say(note)
    location = f"{change.path}:{change.line}"
    nothing = f"{location}: nothing to change in '{change.record.id}'"
    if dry_run:
        show_changes(change.changed, session)
        say("nothing was written" if change.changed else nothing)
    else:
        say(f"{location}: {done}" if change.changed else nothing)
        write(f"{change.record.id}\n")


def report_changes(
    change: Any, done: str, ids: Iterable[str], session: Session, *, dry_run: bool
) -> None:
    """Report a change of several records, and write ids, or with ``dry_run`` the patch."""
    for note in change.notes:
        say(note)
    if dry_run:
        show_changes(change.changed, session)
        say("nothing was written")
        return
    paths = [file.path for file in change.changed]
    where = paths[0] if len(paths) == 1 else f"{len(paths):,} files"
    say(f"{where}: {done}")
    write("".join(f"{name}\n" for name in ids))


def confirm_unverified(error: Any) -> None:
    """Show the quotes of an UnverifiedQuotesError and ask whether to write them.

    Raises the error if this is not a terminal, and Declined if the answer is no.
    """
    from claimcli.cli.prompts.questions import Declined, agrees, stoppable
    from claimcli.cli.prompts.terminal import can_ask

    if not can_ask():
        raise error
    for message in error.messages:
        say(message)
    with stoppable():
        if not agrees("write it as it is"):
            raise Declined


def show_changes(files: Iterable[Any], session: Session) -> None:
    """Write the changes of files as one patch."""
    top = session.configuration().path
    patches = (patch(patch_name(file.path, top), file.before, file.after) for file in files)
    show_patch(b"".join(patches), session.color)


def patch_name(path: str, configuration: Path | None) -> str:
    """Return the name of a file in a patch: its path from this folder or that of claimcli.toml.

    A file in neither folder has its absolute path.
    """
    full = os.path.abspath(path)  # noqa: PTH100 - do not resolve links
    for folder in (working_folder(), configuration.parent if configuration else None):
        if folder and Path(full).is_relative_to(folder):
            return str(Path(full).relative_to(folder))
    return full


def show_patch(text: bytes, color: str, output: Path | None = None) -> None:
    """Write a patch unchanged, or drawn for a terminal, with control characters made visible."""
    from claimcli.cli.presenter import is_drawn

    if not is_drawn(color, output):
        write_bytes(text, output)
        return
    from claimcli.cli.screen.console import settings
    from claimcli.cli.screen.highlight import highlight_patch

    shown = text.decode("utf-8", "backslashreplace")
    write(highlight_patch(shown, settings(color)))
