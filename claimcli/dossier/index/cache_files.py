"""The files of the cache folder: indexes, temporary files and verdicts.

The name of an index is a key, computed from the real paths of the roots, and the time of building.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from claimcli.dossier.files import DataFiles

ABANDONED_AFTER = 600
"""Seconds without a write after which an unfinished file is one that a killed process left."""
UNUSED_AFTER = 90 * 24 * 3600
"""Seconds without a read or write after which an index may be deleted when another is built."""
INDEX, BUILDING, VERDICTS = ".sqlite", ".building", ".verdicts"
_NAME = re.compile(
    r"[0-9a-f]+-[0-9a-f]+(-[0-9]+\.building|\.sqlite|\.sqlite-journal)|[0-9a-f]{16}\.verdicts"
)


def cache_key(files: DataFiles) -> str:
    """Return the start of the file names of indexes of the same roots, and maybe of others."""
    paths = "\0".join(files.real).encode()
    return f"{crc32(paths):08x}{crc32(paths[::-1]):08x}"


def newest_index(cache: Path, key: str) -> Path | None:
    """Return the newest index file of a key, if any. Raises OSError if access is refused."""
    return max((path for path in _files(cache, key) if path.suffix == INDEX), default=None)


def remove_older(cache: Path, key: str) -> None:
    """Delete all index files of a key except the newest, unused ones, and unfinished ones."""
    last = newest_index(cache, key)
    for path in removable_files(cache):
        is_older = path.name.startswith(key) and path != last and path.suffix != VERDICTS
        if is_older or _age(path) > UNUSED_AFTER:
            with suppress(OSError):
                path.unlink()


def cached_indexes(cache: Path, key: str = "") -> list[Path]:
    """Return the index files in a cache folder, of one key or all."""
    return [path for path in _files(cache, key) if path.suffix == INDEX]


def removable_files(cache: Path, key: str = "") -> list[Path]:
    """Return the index files, their temporary files except those being written, and verdicts."""
    return [
        path
        for path in _files(cache, key)
        if path.suffix != BUILDING or _age(path) > ABANDONED_AFTER
    ]


def _files(cache: Path, key: str) -> Iterator[Path]:
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in sorted(os.scandir(cache), key=lambda entry: entry.name):
            is_named = entry.name.startswith(key) and _NAME.fullmatch(entry.name)
            if is_named and entry.is_file(follow_symlinks=False):
                yield cache / entry.name


def _age(path: Path) -> float:
    """Return the seconds since a file was last read or written."""
    with suppress(OSError):
        state = path.stat()
        return time.time() - max(state.st_mtime, state.st_atime)
    return 0.0
