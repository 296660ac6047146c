"""Atomic writing of files, and locks of files and folders."""

import errno
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # a system without these locks
    fcntl = None  # type: ignore[assignment]

_UNFINISHED = ".unfinished"


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file's content atomically; its owner, permissions, attributes and links to it stay.

    A device or a pipe is written to instead. Raises OSError, also if the user may not write to the
    file although the folder permits to replace it.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    target = Path(os.path.realpath(path))
    require_access(target)
    with _beside(target, data) as whole:
        whole.replace(target)


def create_file(path: Path, data: bytes) -> None:
    """Create a file atomically, and the folders above it.

    Raises OSError, among them FileChangedError if the name is taken.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path, data) as whole:
        move_staged(whole, path, is_new=True)


def stage(path: Path, data: bytes) -> Path:
    """Return a new temporary file next to a path, with ``data`` and the path's access rights."""
    file, whole = _written_beside(path, data)
    file.close()
    return whole


def move_staged(staged: Path, path: Path, *, is_new: bool) -> None:
    """Put a temporary file in the place of another, or of none if ``is_new``.

    Raises OSError, among them FileChangedError if the name of a new file is taken.
    """
    if not is_new:
        staged.replace(path)
        return
    try:
        os.link(staged, path)
    except FileExistsError:
        raise FileChangedError(f"{path} was made meanwhile") from None
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileChangedError(f"{path} was made meanwhile") from None
        staged.replace(path)


def sync(folder: Path) -> None:
    """Wait until the names of a folder's files are on the disk, if the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(path: Path) -> None:
    """Delete the temporary files that killed processes left of a file.

    A process locks its temporary file, so one without a lock was left. Does nothing on systems
    without locks.
    """
    if fcntl is None:
        return
    prefix = _prefix(path)
    with suppress(OSError), os.scandir(path.parent) as beside:
        for entry in beside:
            if entry.name.startswith(prefix) and entry.name.endswith(_UNFINISHED):
                with suppress(OSError):  # it is locked, or not ours
                    _delete_unlocked(entry.path)


def _delete_unlocked(path: str) -> None:
    """Delete a regular file. Raises OSError if another process locks it."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.unlink(path)  # noqa: PTH108 - a string
    finally:
        os.close(handle)


def require_access(path: Path) -> None:
    """Raise PermissionError if a file exists and the user may not write to it."""
    effective = os.access in os.supports_effective_ids
    if path.exists() and not os.access(path, os.W_OK, effective_ids=effective):
        raise PermissionError(errno.EACCES, "you may not write to it", str(path))


@contextmanager
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    """Yield a temporary file with ``data`` in the folder of a path, deleted afterwards."""
    file, whole = _written_beside(path, data)
    try:
        if fcntl is None:
            file.close()  # such systems do not rename an open file
        yield whole
    finally:
        file.close()
        whole.unlink(missing_ok=True)


def _written_beside(path: Path, data: bytes) -> tuple[BinaryIO, Path]:
    """Return a new temporary file with ``data``, open and locked, and its path."""
    sweep(path)
    handle, whole = _locked_temporary_file(path)
    file = os.fdopen(handle, "wb")
    try:
        file.write(data)
        file.flush()
        if path.exists():
            _copy_access(path, whole)
        else:
            whole.chmod(_new_file_mode())
        os.fsync(handle)
    except BaseException:
        with suppress(OSError):  # the disk is full
            file.close()
        whole.unlink(missing_ok=True)
        raise
    return file, whole


def _locked_temporary_file(path: Path) -> tuple[int, Path]:
    """Return a new file in the folder of a path, open and locked."""
    import tempfile

    while True:
        handle, name = tempfile.mkstemp(_UNFINISHED, _prefix(path), path.parent)
        if fcntl is None:
            return handle, Path(name)
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, Path(name)
        os.close(handle)  # another process deleted it before it was locked


def _prefix(path: Path) -> str:
    """Return a prefix for temporary files that is different for each file of a folder."""
    return f".{path.name[:40]}.{zlib.crc32(os.fsencode(path.name)):08x}."


def _copy_access(old: Path, new: Path) -> None:
    """Give a new file the owner, group, permissions, ACL and attributes of an old one.

    What is not permitted is left out. If the group cannot be kept, the new file's group gets the
    permissions that others have, since it is another group.
    """
    before = old.stat()
    mode = stat.S_IMODE(before.st_mode)
    if not _copy_owner(before, new):
        mode = mode & ~(stat.S_ISUID | stat.S_ISGID | stat.S_IRWXG) | (mode & stat.S_IRWXO) << 3
    if hasattr(os, "listxattr"):
        with suppress(OSError):  # a file system without attributes
            _copy_attributes(old, new)
    new.chmod(mode)  # after the ACL, whose mask it sets


def _copy_owner(before: os.stat_result, new: Path) -> bool:
    """Set the owner and group of a file if permitted; return whether it has that group."""
    now = new.stat()
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
        for owner in (before.st_uid, -1):
            with suppress(OSError):
                os.chown(new, owner, before.st_gid)
                break
    return new.stat().st_gid == before.st_gid


def _copy_attributes(old: Path, new: Path) -> None:
    """Copy extended attributes, among them ACLs, and remove those inherited from the folder."""
    names = os.listxattr(old)
    for name in os.listxattr(new):
        if name not in names:
            with suppress(OSError):
                os.removexattr(new, name)
    for name in names:
        with suppress(OSError):
            os.setxattr(new, name, os.getxattr(old, name))


class FileChangedError(OSError):
    """A file has changed since it was read."""


def reason_not_written(error: OSError) -> str:
    """Return why a file was not written, for a message."""
    if isinstance(error, FileChangedError):
        return "it was changed meanwhile; run it again"
    return error.strerror or type(error).__name__


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of the file or folder that has this name while the lock is held.

    Does nothing on systems without locks. Raises OSError.
    """
    if fcntl is None:
        yield
        return
    while True:
        handle = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            held, named = os.fstat(handle), path.stat()
            if (held.st_ino, held.st_dev) == (named.st_ino, named.st_dev):
                yield
                return
        finally:
            os.close(handle)


def is_locked(path: Path) -> bool:
    """Return whether a file or folder is locked; True if that cannot be known."""
    if fcntl is None:
        return True
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _new_file_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
