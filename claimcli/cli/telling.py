"""What commands that write say: where what was written, or the patch of what would be."""

import sys
from typing import Any

from claimcli.cli.output import talk, write
from claimcli.formats.patch import patch


def tell_change(change: Any, what: str, color: str, *, dry_run: bool) -> None:
    """Say what was done to a record, and write its id; ``dry_run`` writes the patch instead."""
    for note in change.notes:
        talk(note)
    if dry_run:
        _show(patch(change.path, change.before, change.after), color)
        talk("nothing was written" if change.before != change.after else _unchanged(change))
        return
    if change.before == change.after:
        talk(_unchanged(change))
    else:
        talk(f"{change.path}:{change.line}: {what}")
    write(f"{change.record.id}\n")


def _unchanged(change: Any) -> str:
    return f"{change.path}:{change.line}: nothing to change in '{change.record.id}'"


def _show(text: bytes, color: str) -> None:
    """Write a patch as it is, or for eyes with what steers a terminal spelled out."""
    from claimcli.cli.report import on_screen

    if not on_screen(color, None):
        sys.stdout.flush()
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()
        return
    from claimcli.cli import screen, screen_patch

    shown = text.decode("utf-8", "backslashreplace")
    write(screen_patch.patch(shown, screen.settings(color)))
