"""The texts of sources that stand on file beside a dossier: where they are, and their checksums."""

import stat
from hashlib import sha256
from pathlib import Path, PurePosixPath, PureWindowsPath

from msgspec import Struct

MAX_TEXT_BYTES = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
_SHOWN = 80


class TextFile(Struct, frozen=True):
    """A text on file: its path as the dossier names it, where that is, and which file it is.

    ``identity`` is the same for two paths that lead to one file.
    """

    name: str
    path: Path
    identity: tuple[int, int]


class UnreadableTextError(Exception):
    """A text cannot be read: its name, the reason as "is ..." or "cannot ...", the way out."""

    def __init__(self, name: str, reason: str, hint: str) -> None:
        self.name = name if len(name) <= _SHOWN else f"{name[: _SHOWN - 3]}..."
        self.reason = reason
        self.hint = hint
        super().__init__(f"'{self.name}' {reason}")


def find_text(name: str, *, beside: str) -> TextFile:
    """Return the text that the YAML file ``beside`` names, after making sure that it opens.

    Raises UnreadableTextError where it is not there, is absolute, no regular file, too large, or
    kept back by the system.
    """
    if _is_absolute(name):
        raise UnreadableTextError(
            name, "is an absolute path", "write it relative to the folder of this file"
        )
    path = Path(beside).parent / name
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableTextError(name, "is no regular file", "name the file with the text")
        path.open("rb").close()
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None
    if status.st_size > MAX_TEXT_BYTES:
        raise _too_large(name)
    return TextFile(name, path, (status.st_dev, status.st_ino))


def sha256_of(text: TextFile) -> str:
    """Return the SHA-256 of a text's bytes in lower-case hexadecimal.

    Reads no more than 64 MiB, a part at a time. Raises UnreadableTextError where it cannot.
    """
    digest, size = sha256(), 0
    try:
        with text.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > MAX_TEXT_BYTES:
                    raise _too_large(text.name)
                digest.update(chunk)
    except (OSError, ValueError) as error:
        raise _unreadable(text.name, error) from None
    return digest.hexdigest()


def _is_absolute(name: str) -> bool:
    """Return whether a path is absolute on any system, not just on this one."""
    return PurePosixPath(name).is_absolute() or bool(PureWindowsPath(name).root)


def _unreadable(name: str, error: OSError | ValueError) -> UnreadableTextError:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        hint = "write the path relative to the folder of this file, or put the text there"
        return UnreadableTextError(name, "is not there", hint)
    reason = getattr(error, "strerror", None) or "no path of a file"
    return UnreadableTextError(name, f"cannot be read: {reason}", "look at the path")


def _too_large(name: str) -> UnreadableTextError:
    return UnreadableTextError(
        name, "is larger than 64 MiB", "keep only what is cited, or split it"
    )
