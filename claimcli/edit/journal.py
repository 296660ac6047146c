"""Writes the files of a change, all or none, and keeps the change in the journal for ``undo``."""

import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.atomic import FileChangedError, move_staged, require_access, stage, sync
from claimcli.dossier.config import CONFIG
from claimcli.dossier.journal import (
    JOURNAL,
    LAST,
    PENDING,
    VERSION,
    JournaledChange,
    JournalEntry,
    content_of,
    digest,
    is_below,
    read_change,
    recover_locked,
    require_folder,
)


class FileWrite(Struct, frozen=True):
    """A file with its contents before and after a change; None means that there is no file."""

    path: Path
    before: bytes | None
    after: bytes | None


class ChangeTitle(Struct, frozen=True):
    """What a change is called in messages.

    Changes with the same ``group`` are undone together. ``is_undone`` is whether the change reverts
    the one with this title.
    """

    text: str
    group: str = ""
    is_undone: bool = False


def write_files(home: Path, files: Sequence[FileWrite], title: ChangeTitle) -> None:
    """Write all files of a change, or none, and keep the change as the last one of the journal.

    The folders of the journal and of the data must be locked, and no change be pending. Raises
    OSError, among them FileChangedError if a file is not as it was before; ClaimcliError if several
    files are to be written, one of them outside ``home``.
    """
    targets = {Path(os.path.realpath(f.path)): f for f in files if f.before != f.after}
    for path, file in targets.items():
        require_access(path)
        _require_unchanged(path, file)
    outside = {path for path in targets if not is_below(home, path)}
    if outside and len(targets) > 1:
        raise ClaimcliError(
            f"'{min(outside)}' is outside '{home}', so it is not changed with other files",
            f"write a {CONFIG} in a folder above all files, or change one file at a time",
        )
    entries = tuple(
        JournalEntry(os.fsencode(path.relative_to(home)), file.before, digest(file.after))
        for path, file in targets.items()
        if path not in outside
    )
    earlier = _earlier(home, title.group)
    change = JournaledChange(VERSION, title.text, entries, title.group, earlier, title.is_undone)
    if targets:
        _write(home, targets, change)


def _earlier(home: Path, group: str) -> tuple[JournalEntry, ...]:
    """Return the files of the last change if it belongs to a group."""
    with suppress(ClaimcliError, OSError):
        last = read_change(home, LAST) if group else None
        if last and last.group == group:
            return last.every
    return ()


def _write(home: Path, targets: dict[Path, FileWrite], change: JournaledChange) -> None:
    """Write all temporary files, then the journal, then only rename: that needs no space."""
    staged: dict[Path, Path] = {}
    try:
        for path, file in targets.items():
            if file.after is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                staged[path] = stage(path, file.after)
        journal = _write_pending(home, change, targets)
        try:
            for path, file in targets.items():
                _require_unchanged(path, file)
                if path in staged:
                    move_staged(staged[path], path, is_new=file.before is None)
                else:
                    path.unlink()
        except BaseException:
            recover_locked(home)
            raise
        (journal / PENDING).replace(journal / LAST)
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def _require_unchanged(path: Path, file: FileWrite) -> None:
    if content_of(path) != file.before:
        raise FileChangedError(f"{file.path} was changed meanwhile")


def _write_pending(home: Path, change: JournaledChange, paths: Iterable[Path]) -> Path:
    """Write the old contents of files to the journal, readable for nobody who may not read them."""
    journal = _journal_folder(home)
    temporary = stage(journal / PENDING, msgspec.msgpack.encode(change))
    mode = temporary.stat().st_mode
    for path in paths:
        mode &= path.stat().st_mode if path.exists() else mode
    temporary.chmod(stat.S_IMODE(mode))
    temporary.replace(journal / PENDING)
    sync(journal)
    return journal


def _journal_folder(home: Path) -> Path:
    """Return the journal's folder, created if missing; git ignores it."""
    journal = home / JOURNAL
    with suppress(FileExistsError):
        journal.mkdir()
    require_folder(journal)
    if not os.path.lexists(journal / ".gitignore"):
        stage(journal / ".gitignore", b"*\n").replace(journal / ".gitignore")
    return journal
