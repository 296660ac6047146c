"""What commands that write say: where what was written, or the patch of what would be."""

from pathlib import Path
from typing import Any

from claimcli.cli.output import talk, write, write_bytes
from claimcli.formats.patch import patch


def tell_change(change: Any, what: str, color: str, *, dry_run: bool) -> None:
    """Say what was done to a record, and write its id; ``dry_run`` writes the patch instead."""
    for note in change.notes:
        talk(note)
    if dry_run:
        show_patch(patch(change.path, change.before, change.after), color)
        talk("nothing was written" if change.before != change.after else _unchanged(change))
        return
    if change.before == change.after:
        talk(_unchanged(change))
    else:
        talk(f"{change.path}:{change.line}: {what}")
    write(f"{change.record.id}\n")


def _unchanged(change: Any) -> str:
    return f"{change.path}:{change.line}: nothing to change in '{change.record.id}'"


def show_patch(text: bytes, color: str, output: Path | None = None) -> None:
    """Write a patch as it is, or for eyes with what steers a terminal spelled out."""
    from claimcli.cli.report import on_screen

    if not on_screen(color, output):
        write_bytes(text, output)
        return
    from claimcli.cli import screen, screen_patch

    shown = text.decode("utf-8", "backslashreplace")
    write(screen_patch.patch(shown, screen.settings(color)))
