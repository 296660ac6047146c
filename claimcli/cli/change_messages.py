"""What commands that write say: where what was written, or the patch of what would be."""

import os
from pathlib import Path
from typing import Any

from claimcli.cli.output import talk, write, write_bytes
from claimcli.cli.session import Session
from claimcli.formats.patch import patch


def tell_change(change: Any, what: str, session: Session, *, dry_run: bool) -> None:
    """Say what was done to a record, and write its id; ``dry_run`` writes the patch instead."""
    for note in change.notes:
        talk(note)
    if dry_run:
        name = name_from(change.path, session.configuration().path)
        show_patch(patch(name, change.before, change.after), session.color)
        talk("nothing was written" if change.before != change.after else _unchanged(change))
        return
    if change.before == change.after:
        talk(_unchanged(change))
    else:
        talk(f"{change.path}:{change.line}: {what}")
    write(f"{change.record.id}\n")


def _unchanged(change: Any) -> str:
    return f"{change.path}:{change.line}: nothing to change in '{change.record.id}'"


def name_from(path: str, configuration: Path | None) -> str:
    """Return what a patch calls a file: its path from this folder or that of a claimcli.toml.

    Where it lies in neither, its path from the root of all.
    """
    full = os.path.abspath(path)  # noqa: PTH100 - links stay as they are named
    for folder in (Path.cwd(), configuration.parent if configuration else None):
        if folder and Path(full).is_relative_to(folder):
            return str(Path(full).relative_to(folder))
    return full


def show_patch(text: bytes, color: str, output: Path | None = None) -> None:
    """Write a patch as it is, or for eyes with what steers a terminal spelled out."""
    from claimcli.cli.notes import on_screen

    if not on_screen(color, output):
        write_bytes(text, output)
        return
    from claimcli.cli.screen import base, patch

    shown = text.decode("utf-8", "backslashreplace")
    write(patch.patch(shown, base.settings(color)))
