"""A dossier's files as they stood at one time, and which of them differ from another time's."""

import re
import stat
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from claimcli.dossier.content import MAX_BYTES
from claimcli.dossier.reader import Reading


class Snapshot(Struct, frozen=True):
    """Files by path, each with a key that is the same for the same content and no other.

    ``read`` reads one, ``shown`` gives its path as a person can find it, ``search`` says which of
    some files mention one of some words; ``notes`` say what is left out. ``label`` names it.
    """

    label: str
    files: Mapping[str, str]
    read: Callable[[str], Iterator[Reading]]
    shown: Callable[[str], str]
    search: Callable[[Collection[str], Collection[str]], set[str]]
    notes: tuple[str, ...] = ()


class Differing(Struct, frozen=True):
    """The files of two snapshots that differ, and of those that do not, which is which.

    A file that only moved is not among those that differ.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    same: Mapping[str, str]


def differing(before: Snapshot, after: Snapshot) -> Differing:
    """Return which files differ: those at the same path are held together first."""
    same = {path: path for path, key in before.files.items() if after.files.get(path) == key}
    left = [path for path in sorted(before.files) if path not in same]
    right = [path for path in sorted(after.files) if path not in same]
    moved: dict[str, list[str]] = defaultdict(list)
    for path in reversed(right):
        moved[after.files[path]].append(path)
    for path in left:
        if elsewhere := moved.get(before.files[path]):
            same[path] = elsewhere.pop()
    came = set(same.values())
    return Differing(
        tuple(path for path in left if path not in same),
        tuple(path for path in right if path not in came),
        same,
    )


_ID = re.compile(rb"[a-z0-9][a-z0-9._-]*")


def mentions(data: bytes, words: Collection[bytes]) -> bool:
    """Return whether one of some ids stands in a text, or a backslash: YAML can spell ids with it.

    An id is a scalar of its own: no character of those that it is made of stands beside it.
    """
    return b"\\" in data or not set(words).isdisjoint(_ID.findall(data))


def content(place: str | Path) -> bytes | None:
    """Return what a file holds, None where it cannot be read or is larger than is read."""
    path = Path(place)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            return None
        return path.read_bytes()
    except OSError:
        return None
