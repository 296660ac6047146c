"""Atomic writing of files, and changes of files that nobody else changed meanwhile."""

import errno
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_UNFINISHED = ".unfinished"
_WRITABLE = 0o222


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file's content atomically; its permissions stay, and links to it.

    A device or a pipe is written to instead. Raises OSError.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    target = Path(os.path.realpath(path))
    with _beside(target, data) as whole:
        whole.replace(target)


def create_file(path: Path, data: bytes) -> None:
    """Create a file atomically, and the folders above it.

    Raises OSError, among them FileChangedError if the name is taken.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path, data) as whole:
        try:
            os.link(whole, path)
        except FileExistsError:
            raise FileChangedError(f"{path} was made meanwhile") from None
        except OSError:  # a file system without links
            if os.path.lexists(path):
                raise FileChangedError(f"{path} was made meanwhile") from None
            whole.replace(path)


@contextmanager
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    """Yield a temporary file with ``data`` in the folder of a path, deleted afterwards."""
    import tempfile

    handle, name = tempfile.mkstemp(_UNFINISHED, _prefix(path), path.parent)
    whole = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        whole.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else _new_file_mode())
        yield whole
    finally:
        whole.unlink(missing_ok=True)


def _prefix(path: Path) -> str:
    """Return a prefix for temporary files that is different for each file of a folder."""
    return f".{path.name[:40]}.{zlib.crc32(os.fsencode(path.name)):08x}."


def _sweep(path: Path) -> None:
    """Delete the temporary files of killed processes; requires the lock of the file."""
    prefix = _prefix(path)
    with os.scandir(path.parent) as beside:
        for entry in beside:
            if entry.name.startswith(prefix) and entry.name.endswith(_UNFINISHED):
                Path(entry).unlink(missing_ok=True)


def change_file(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Replace what a file holds by what ``change`` makes of it, one process at a time.

    Where the system has no locks, the file is only looked at once more before it is replaced.
    Raises OSError, among them FileChangedError, and PermissionError for a file that is read-only,
    which could be replaced all the same; and what ``change`` raises. The file then stays.
    """
    target = Path(os.path.realpath(path))
    with locked(target):
        before = target.read_bytes()
        after = change(before)
        if after == before:
            return
        if target.read_bytes() != before:
            raise FileChangedError(f"{path} was changed meanwhile")
        if not target.stat().st_mode & _WRITABLE:
            raise PermissionError(errno.EACCES, "it is read-only", str(path))
        _sweep(target)
        replace_file(target, after)


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
    try:
        import fcntl
    except ImportError:
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


def _new_file_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
