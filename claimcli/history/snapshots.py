"""Snapshot: the files of a dossier in one state; and which files differ between two of them."""

import re
import stat
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from claimcli.dossier.content import MAX_BYTES
from claimcli.dossier.files import find_files
from claimcli.dossier.reader import RecordBatch, read_file


class Snapshot(Struct, frozen=True):
    """The files of a dossier in one state, by path; files with equal content have equal keys.

    ``read`` reads a file, ``display_path`` returns its path for users, and ``search(ids, paths)``
    returns the paths of files that mention one of the ids. ``notes`` say what is left out.
    """

    label: str
    files: Mapping[str, str]
    read: Callable[[str], Iterator[RecordBatch]]
    display_path: Callable[[str], str]
    search: Callable[[Collection[str], Collection[str]], set[str]]
    notes: tuple[str, ...] = ()


class ChangedFiles(Struct, frozen=True):
    """The changed files of two snapshots, and the unchanged ones: path before to path after.

    A file that was only moved is unchanged.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    same: Mapping[str, str]


def changed_files(before: Snapshot, after: Snapshot) -> ChangedFiles:
    """Return which files changed: files at the same path are compared first, then moved files."""
    same = {path: path for path, key in before.files.items() if after.files.get(path) == key}
    left = [path for path in sorted(before.files) if path not in same]
    right = [path for path in sorted(after.files) if path not in same]
    moved: dict[str, list[str]] = defaultdict(list)
    for path in reversed(right):
        moved[after.files[path]].append(path)
    for path in left:
        if elsewhere := moved.get(before.files[path]):
            same[path] = elsewhere.pop()
    matched = set(same.values())
    return ChangedFiles(
        tuple(path for path in left if path not in same),
        tuple(path for path in right if path not in matched),
        same,
    )


_ID = re.compile(rb"[a-z0-9][a-z0-9._-]*")


def mentions(data: bytes, ids: Collection[bytes]) -> bool:
    """Return whether a text contains one of the ids, or a backslash, which can escape parts of ids.

    An id is a whole word: no other character of ids precedes or follows it.
    """
    return b"\\" in data or not set(ids).isdisjoint(_ID.findall(data))


def read_content(place: str | Path) -> bytes | None:
    """Return the content of a file, None if it cannot be read or is too large."""
    path = Path(place)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            return None
        return path.read_bytes()
    except OSError:
        return None


def folder_snapshot(folder: Path) -> Snapshot:
    """Return the files of a folder, by their paths in it."""
    data = find_files([folder])
    places = {path: Path(data.path(root, path)) for root, path, *_ in data.stamps}

    def read(path: str) -> Iterator[RecordBatch]:
        return read_file(places[path])

    def search(ids: Collection[str], paths: Collection[str]) -> set[str]:
        encoded = {name.encode() for name in ids}
        return {path for path in paths if mentions(read_content(places[path]) or b"", encoded)}

    files = {path: _digest(place) for path, place in places.items()}
    return Snapshot(str(folder), files, read, lambda path: str(places[path]), search)


def _digest(place: Path) -> str:
    content = read_content(place)
    return f"unreadable {place}" if content is None else sha256(content).hexdigest()
