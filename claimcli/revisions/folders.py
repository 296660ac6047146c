"""A folder of data, to be held against another."""

import re
from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path

from claimcli.files import find_files
from claimcli.reading import Reading, read_file
from claimcli.revisions.snapshots import Snapshot, content


def snapshot(folder: Path) -> Snapshot:
    """Return the files of a folder, named by their paths in it."""
    found = find_files([folder])
    places = {path: Path(found.path(root, path)) for root, path, *_ in found.stamps}

    def read(path: str) -> Iterator[Reading]:
        return read_file(places[path])

    def search(words: Collection[str], paths: Collection[str]) -> set[str]:
        return {path for path in paths if _mentions(places[path], words)}

    files = {path: _key(place) for path, place in places.items()}
    return Snapshot(str(folder), files, read, lambda path: str(places[path]), search)


def _key(place: Path) -> str:
    data = content(place)
    return f"unreadable {place}" if data is None else sha256(data).hexdigest()


def _mentions(place: Path, words: Collection[str]) -> bool:
    """Return whether an id stands in a file, or a backslash, with which YAML can spell one."""
    data = content(place) or b""
    found = (word for word in map(str.encode, words) if word in data)
    return b"\\" in data or any(_stands(word, data) for word in found)


def _stands(word: bytes, data: bytes) -> bool:
    pattern = rb"(?<![a-z0-9])" + re.escape(word) + rb"(?![a-z0-9])"
    return re.search(pattern, data) is not None
