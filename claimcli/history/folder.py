"""A folder of data, to be held against another."""

from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path

from claimcli.dossier.files import find_files
from claimcli.dossier.reader import Reading, read_file
from claimcli.history.snapshots import Snapshot, content, mentions


def snapshot(folder: Path) -> Snapshot:
    """Return the files of a folder, named by their paths in it."""
    found = find_files([folder])
    places = {path: Path(found.path(root, path)) for root, path, *_ in found.stamps}

    def read(path: str) -> Iterator[Reading]:
        return read_file(places[path])

    def search(words: Collection[str], paths: Collection[str]) -> set[str]:
        wanted = {word.encode() for word in words}
        return {path for path in paths if mentions(content(places[path]) or b"", wanted)}

    files = {path: _key(place) for path, place in places.items()}
    return Snapshot(str(folder), files, read, lambda path: str(places[path]), search)


def _key(place: Path) -> str:
    data = content(place)
    return f"unreadable {place}" if data is None else sha256(data).hexdigest()
