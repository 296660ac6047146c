"""The journal of a dossier: a change writes all its files or none, and the last change is kept.

It is the folder ``.claimcli-journal`` next to the nearest ``claimcli.toml`` or journal at or above
the data, else in the data folder. While files are written, ``pending`` has their old contents; when
all are written it becomes ``last``. A process that is killed leaves ``pending``: if some of the
files are written by then, they get their old contents back before anything reads them.

A stranger's dossier may have a journal, so it can only lead to visible files next to it and below.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.escaping import one_line
from claimcli.dossier.atomic import locked, replace_file, sweep
from claimcli.dossier.config import CONFIG

JOURNAL = ".claimcli-journal"
MAX_BYTES = 2**30
PENDING = "pending"
LAST = "last"
VERSION = 1
_NO_LINK_OR_PIPE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class JournalEntry(Struct, frozen=True, array_like=True):
    """A file: its path from the folder of the journal, its content before, its digest afterwards.

    None means that there is no file.
    """

    path: bytes
    before: bytes | None
    after: bytes | None


class JournaledChange(Struct, frozen=True):
    """A change: its title, and its files.

    Changes with the same ``group`` are undone together; ``earlier`` are the files of those before.
    ``is_undone`` is whether the change reverted the one with this title. A change without entries
    cannot be undone.
    """

    version: int
    title: str
    entries: tuple[JournalEntry, ...]
    group: str = ""
    earlier: tuple[JournalEntry, ...] = ()
    is_undone: bool = False

    @property
    def every(self) -> tuple[JournalEntry, ...]:
        """All files of the group: each with its first content, and its last digest."""
        merged: dict[bytes, JournalEntry] = {}
        for entry in (*self.earlier, *self.entries):
            first = merged.get(entry.path, entry)
            merged[entry.path] = JournalEntry(entry.path, first.before, entry.after)
        return tuple(merged.values())


def journal_homes(paths: Iterable[str | Path]) -> list[Path]:
    """Return the real paths of the folders that can have the journal of data, the best first."""
    homes: dict[Path, None] = {}
    for path in paths:
        real = Path(os.path.realpath(path))
        folder = real if os.path.isdir(real) else real.parent  # noqa: PTH112 - never raises
        for home in (folder, *folder.parents):
            if _has_journal(home, folder) or os.path.isfile(home / CONFIG):  # noqa: PTH113
                homes[home] = None
                break
        homes[folder] = None
    return list(homes)


def _has_journal(home: Path, folder: Path) -> bool:
    """Return whether a folder has a journal that data in another folder below can use.

    In a folder above, which others may write to, it must belong to the user or the data's owner.
    """
    try:
        found = os.lstat(home / JOURNAL)
        owners = (os.geteuid(), os.stat(folder).st_uid)  # noqa: PTH116
        return stat.S_ISDIR(found.st_mode) and (home == folder or found.st_uid in owners)
    except (OSError, AttributeError):  # Windows has no user numbers
        return False


def home_for(paths: Iterable[str | Path]) -> Path:
    """Return the folder for the journal of data: the best one that the user may write to."""
    homes = journal_homes(paths)
    return next((home for home in homes if os.access(home, os.W_OK | os.X_OK)), homes[0])


def recover(paths: Iterable[str | Path]) -> tuple[str, ...]:
    """Revert what a killed process wrote only in part; return notes for the user.

    A note says so if it is impossible, since what can be read must still be shown.
    """
    notes = []
    for home in journal_homes(paths):
        if os.path.lexists(home / JOURNAL / PENDING):
            try:
                with locked(home):
                    notes.append(recover_locked(home))
            except (OSError, ClaimcliError) as error:
                reason = str(error) if isinstance(error, ClaimcliError) else error.strerror
                notes.append(f"warning: files may be changed in part: {reason}")
    return tuple(filter(None, notes))


def recover_locked(home: Path) -> str:
    """Do as :func:`recover` in a folder that is locked. Raises OSError and ClaimcliError."""
    pending = home / JOURNAL / PENDING
    change = read_change(home, PENDING)
    if change is None:
        return ""
    written: dict[Path, JournalEntry] = {}
    edited: list[Path] = []
    for entry in change.entries:
        path = _target(home, entry)
        sweep(path)
        now = digest(content_of(path))
        if now == entry.after:
            written[path] = entry
        elif now != digest(entry.before):
            edited.append(path)
    if written and len(written) + len(edited) == len(change.entries):
        pending.replace(home / JOURNAL / LAST)
        return f"note: an interrupted change was completed: {one_line(change.title)}"
    for path, entry in written.items():
        _restore(path, entry.before)
    pending.unlink()
    kept = "".join(f"; '{path}' was edited since, and is left as it is" for path in edited)
    return f"note: an interrupted change was reverted: {one_line(change.title)}{kept}"


def read_change(home: Path, name: str) -> JournaledChange | None:
    """Return the change in the file PENDING or LAST of a journal; None if there is no such file.

    Raises OSError, and ClaimcliError if the journal is not one that this version wrote.
    """
    path = home / JOURNAL / name
    try:
        require_folder(home / JOURNAL)
        handle = os.open(path, os.O_RDONLY | _NO_LINK_OR_PIPE)
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        data = file.read() if stat.S_ISREG(status.st_mode) and status.st_size < MAX_BYTES else b""
    try:
        change = msgspec.msgpack.decode(data, type=JournaledChange)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        change = None
    if change is None or change.version != VERSION:
        message = f"'{path}' is not a journal of this version of claimcli"
        raise ClaimcliError(message, "delete it if it is not needed", code=ExitCode.UNREADABLE)
    return change


def files_of(home: Path, change: JournaledChange) -> Iterator[tuple[Path, JournalEntry]]:
    """Yield the files of a change and of its group. Raises ClaimcliError if one is outside."""
    return ((_target(home, entry), entry) for entry in change.every)


def _target(home: Path, entry: JournalEntry) -> Path:
    """Return the path of a file of the journal. Raises ClaimcliError if it is not one below it."""
    name = os.fsdecode(entry.path)
    if b"\0" in entry.path or not is_below(home, Path(os.path.realpath(home / name))):
        message = f"'{home / JOURNAL}' names '{one_line(name)}', which it must not change"
        raise ClaimcliError(message, "delete that folder", code=ExitCode.UNREADABLE)
    return home / name


def is_below(home: Path, real: Path) -> bool:
    """Return whether a file is below a folder, and neither hidden nor in a hidden folder."""
    if not real.is_relative_to(home):
        return False
    names = real.relative_to(home).parts
    return bool(names) and not any(name.startswith(".") for name in names)


def require_folder(journal: Path) -> None:
    """Raise ClaimcliError if something else than a folder has the name of the journal."""
    if not stat.S_ISDIR(os.lstat(journal).st_mode):
        message = f"'{journal}' is not a folder"
        raise ClaimcliError(message, "delete it", code=ExitCode.UNREADABLE)


def content_of(path: Path) -> bytes | None:
    """Return the bytes of a file, None if there is no file. Raises OSError."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def digest(content: bytes | None) -> bytes | None:
    """Return the digest of a content."""
    from hashlib import blake2b  # takes longer than all else here, and most calls have no journal

    return None if content is None else blake2b(content, digest_size=32).digest()


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, content)
