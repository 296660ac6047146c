"""Texts of sources that are kept as files beside the data."""

import hashlib
from pathlib import Path, PurePath

from claimcli.model import Source

MAX_BYTES = 64 * 1024 * 1024


def text_path(source: Source) -> Path | None:
    """Return where the text of a source is, or None where its path is no relative one.

    The path is relative to the folder of the YAML file that names it.
    """
    if not source.text or PurePath(source.text).is_absolute() or "\0" in source.text:
        return None
    return Path(source.where.path).parent / source.text


def fault(path: Path | None) -> str:
    """Return why a text cannot be read, or "" where it can."""
    try:
        if path is None:
            return "its path is not relative to this file"
        if not path.exists():
            return "there is no such file"
        if not path.is_file():
            return "it is no regular file"
        if path.stat().st_size > MAX_BYTES:
            return "it is larger than 64 MiB"
        with path.open("rb"):
            return ""
    except OSError as error:
        return f"it cannot be read: {error.strerror or type(error).__name__}"


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
