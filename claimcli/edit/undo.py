"""Reverts the last change that claimcli made, or restores it if that was reverted."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.core.text.escaping import one_line
from claimcli.dossier.atomic import FileChangedError
from claimcli.dossier.config import working_folder
from claimcli.dossier.journal import LAST, content_of, digest, files_of, read_change
from claimcli.edit.journal import ChangeTitle, FileWrite, locked_dossier, write_files
from claimcli.edit.transaction import write_error


class Undone(Struct, frozen=True):
    """What was reverted: the title of the change, its files, and whether this restored it."""

    title: str
    files: tuple[FileWrite, ...]
    is_restored: bool


def undo(paths: Sequence[str | Path], *, dry_run: bool = False) -> Undone:
    """Revert the last change, which thereby becomes the last one to revert.

    Raises ClaimcliError if there is no change, or if one of its files has changed since.
    """
    try:
        with locked_dossier(paths) as home:
            undone = _plan(home)
            if not dry_run:
                title = ChangeTitle(undone.title, is_undone=not undone.is_restored)
                write_files(home, undone.files, title)
            return undone
    except FileChangedError as error:
        raise ClaimcliError(str(error), "try again") from None
    except OSError as error:
        raise write_error(error) from None


def _plan(home: Path) -> Undone:
    change = read_change(home, LAST)
    if change is None:
        message = "there is no change to undo"
        raise ClaimcliError(message, f"claimcli has not changed a file in '{_shown(home)}'")
    title = one_line(change.title)
    files = []
    for path, entry in files_of(home, change):
        now = content_of(path)
        if digest(now) != entry.after:
            message = f"'{_shown(path)}' has changed since the last change, '{title}'"
            raise ClaimcliError(message, "change it back by hand; nothing was undone")
        files.append(FileWrite(path, now, entry.before))
    if not files:
        message = f"the last change, '{title}', was to a file outside '{_shown(home)}'"
        raise ClaimcliError(message, "change it back by hand")
    return Undone(change.title, tuple(files), change.is_undone)


def _shown(path: Path) -> str:
    """Return the real path of a file or folder, from this folder if it is below."""
    with suppress(ClaimcliError, ValueError):
        return str(path.relative_to(working_folder().resolve()))
    return str(path)
