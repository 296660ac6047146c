"""Files written whole or not at all, and changed only as they were read."""

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
    """Write a file that then holds all of ``data`` or what it held; its permissions stay.

    A device or a pipe is written to, not replaced. Raises OSError.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    with _beside(path, data) as whole:
        whole.replace(path)


def create_file(path: Path, data: bytes) -> None:
    """Write a file that was not there, whole or not at all, and the folders above it.

    Raises OSError, among them FileChangedError where there is something of that name.
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
    """Give a file beside the one of a path that holds all of ``data``, taken away afterwards."""
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
    """Return how the name begins of what is to replace a file: as that of no other file's."""
    return f".{path.name[:40]}.{zlib.crc32(os.fsencode(path.name)):08x}."


def _sweep(path: Path) -> None:
    """Take away what killed processes had begun to write, while the lock of the file is held."""
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
    """A file is no longer what it was when it was read."""


def reason_not_written(error: OSError) -> str:
    """Return in words why a file was not written."""
    if isinstance(error, FileChangedError):
        return "it was changed meanwhile; run it again"
    return error.strerror or type(error).__name__


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file or a folder: of that which has the name while the lock is held.

    Where the system has no locks, nothing is held. Raises OSError.
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
