"""Writes the files of a change, all or none, and keeps the change in the journal for ``undo``."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.atomic import (
    FileChangedError,
    locked,
    move_staged,
    require_access,
    stage,
    sync,
)
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
    home_for,
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


@contextmanager
def locked_dossier(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Lock all folders of a dossier, always in the same order; yield the one for its journal.

    An interrupted change is reverted first. Raises OSError and ClaimcliError if that fails.
    """
    real = [Path(path).resolve() for path in paths]
    home = home_for(real)
    with ExitStack() as held:
        for folder in sorted({home, *(path if path.is_dir() else path.parent for path in real)}):
            held.enter_context(locked(folder))
        recover_locked(home)
        yield home


def write_possible(
    paths: Sequence[str | Path], files: Sequence[FileWrite], title: str
) -> dict[Path, OSError]:
    """Write those of some files that can be written, as one change; return the other errors.

    A file that is not as it was before is not written.
    """
    refused: dict[Path, OSError] = {}
    try:
        with locked_dossier(paths) as home:
            possible = []
            for file in files:
                try:
                    _require_writable(file)
                    possible.append(file)
                except OSError as error:
                    refused[file.path] = error
            outside = [file for file in possible if _is_outside(home, file)]
            for file in outside:
                write_files(home, [file], ChangeTitle(title))
            inside = [file for file in possible if file not in outside]
            write_files(home, inside, ChangeTitle(title))
    except OSError as error:
        refused |= {file.path: error for file in files if file.path not in refused}
    return refused


def write_files(home: Path, files: Sequence[FileWrite], title: ChangeTitle) -> None:
    """Write all files of a change, or none, and keep the change as the last one of the journal.

    The folders of the journal and of the data must be locked, and no change be pending. Raises
    OSError, among them FileChangedError if a file is not as it was before; ClaimcliError if several
    files are to be written, one of them outside ``home``.
    """
    targets = {Path(os.path.realpath(f.path)): f for f in files if f.before != f.after}
    for file in targets.values():
        _require_writable(file)
    outside = {path for path, file in targets.items() if _is_outside(home, file)}
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


def _require_writable(file: FileWrite) -> None:
    """Raise OSError if a file is not as it was before, or if the user may not write to it."""
    path = Path(os.path.realpath(file.path))
    require_access(path)
    _require_unchanged(path, file)


def _is_outside(home: Path, file: FileWrite) -> bool:
    """Return whether a file is outside of a folder, or hidden in it."""
    return not is_below(home, Path(os.path.realpath(file.path)))


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
