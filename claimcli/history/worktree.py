"""The data in the work tree, including uncommitted changes.

A file is read only if git's index cannot tell that it is unchanged. The key of a file is the name
that git gives to its content (Pro Git, section 10.2).
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from claimcli.dossier.content import MAX_BYTES
from claimcli.dossier.files import DataFiles, find_files
from claimcli.dossier.reader import RecordBatch, read_bytes, read_file
from claimcli.history.commits import MODULE, is_data
from claimcli.history.git_index import IndexEntry, read_index
from claimcli.history.git_process import Objects
from claimcli.history.repository import Repository
from claimcli.history.snapshots import Snapshot, read_content


def snapshot(
    repository: Repository, paths: Iterable[str | Path], label: str, objects: Objects
) -> Snapshot:
    """Return the dossier's files in the work tree.

    Files outside the repository are left out, those that a sparse checkout omits are read from
    git's index. Raises ClaimcliError if a path does not exist.
    """
    known, written = read_index(repository)
    places, notes = _inside(find_files(paths), repository, known)
    sparse = {
        path: entry.name
        for path, entry in known.items()
        if not entry.checked_out and path not in places and _is_below(path, repository.roots)
    }
    algorithm = "sha256" if any(len(one.name) == 64 for one in known.values()) else "sha1"
    files = {
        path: _key(place, known.get(path), written, algorithm) for path, place in places.items()
    }

    def read(path: str) -> Iterator[RecordBatch]:
        if path in sparse:
            return read_bytes(objects.read(sparse[path], MAX_BYTES))
        return read_file(Path(places[path]))

    return Snapshot(
        label=label,
        files=files | sparse,
        read=read,
        display_path=lambda path: places.get(path, path),
        search=lambda _, paths: set(paths),
        notes=notes,
    )


def _is_below(path: str, roots: Iterable[str]) -> bool:
    return any(
        path == root or (path.startswith(start) and is_data(path[len(start) :]))
        for root in roots
        for start in (f"{root}/" if root else "",)
    )


def _inside(
    files: DataFiles, repository: Repository, known: Mapping[str, IndexEntry]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the files in the repository by their paths in it, and notes on what is left out."""
    modules = tuple(f"{path}/" for path, entry in known.items() if entry.mode == MODULE)
    places: dict[str, str] = {}
    notes: dict[str, None] = {}
    for path, shown in _places(files, os.path.realpath(repository.top)):
        if path is None:
            notes[f"note: '{shown}' is not in the repository: left out"] = None
        elif path.startswith(modules):
            module = next(name for name in modules if path.startswith(name))
            notes[f"note: the submodule '{module[:-1]}' is left out"] = None
        else:
            places[path] = shown
    return places, tuple(notes)


def _places(files: DataFiles, top: str) -> Iterator[tuple[str | None, str]]:
    """Yield each file's path below ``top`` (None if it is elsewhere), and its display path."""
    folder_of = cache(os.path.realpath)
    start = f"{top.rstrip('/')}/"
    for root, below, *_ in files.stamps:
        shown = files.path(root, below)
        folder, name = os.path.split(shown)
        real = os.path.join(folder_of(folder or "."), name)  # noqa: PTH118 - many files
        if os.path.islink(real):  # noqa: PTH114
            real = os.path.realpath(real)
        yield (real[len(start) :] if real.startswith(start) else None), shown


def _key(place: str, known: IndexEntry | None, written: int, algorithm: str) -> str:
    """Return the name that git gives to a file's content, or a unique text if it is unreadable."""
    if known and known.stamp:
        with suppress(OSError):
            if known.is_still(os.lstat(place), written):
                return known.name
    data = read_content(place)
    return f"unreadable {place}" if data is None else blob_name(data, algorithm)


def blob_name(data: bytes, algorithm: str = "sha1") -> str:
    """Return the name that git gives to the content of a file."""
    digest = hashlib.new(algorithm, b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()
