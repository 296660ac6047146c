"""Files written whole or not at all, and changed only as they were read."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Write a file that then holds all of ``data`` or what it held; its permissions stay.

    A device or a pipe is written to, not replaced. Raises OSError.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else _new_file_mode())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def create_file(path: Path, data: bytes) -> None:
    """Write a file that was not there, whole or not at all, and the folders above it.

    Raises OSError, among them FileChangedError where there is something of that name.
    """
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{path.name[:100]}.", dir=path.parent) as beside:
        whole = Path(beside) / "whole"
        replace_file(whole, data)
        try:
            os.link(whole, path)
        except FileExistsError:
            raise FileChangedError(f"{path} was made meanwhile") from None
        except OSError:  # a file system without links
            if os.path.lexists(path):
                raise FileChangedError(f"{path} was made meanwhile") from None
            whole.replace(path)


def change_file(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Replace what a file holds by what ``change`` makes of it, one process at a time.

    Where the system has no locks, the file is only looked at once more before it is replaced.
    Raises OSError, among them FileChangedError, and what ``change`` raises; the file then stays.
    """
    target = Path(os.path.realpath(path))
    with _locked(target):
        before = target.read_bytes()
        after = change(before)
        if after == before:
            return
        if target.read_bytes() != before:
            raise FileChangedError(f"{path} was changed meanwhile")
        replace_file(target, after)


class FileChangedError(OSError):
    """A file is no longer what it was when it was read."""


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file: that of the file which has the name while the lock is held."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    while True:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            held, named = os.fstat(file.fileno()), path.stat()
            if (held.st_ino, held.st_dev) == (named.st_ino, named.st_dev):
                yield
                return


def _new_file_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
