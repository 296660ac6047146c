"""The YAML files under some folders, with the stamps that say whether they changed."""

import os
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path

from msgspec import Struct

from claimcli.problems import ClaimcliError, ExitCode

SUFFIXES = (".yaml", ".yml")

Stamp = tuple[int, str, int, int, int]
"""Number of the root, path below it ("" for the root itself), size, mtime in ns, inode."""


class Found(Struct, frozen=True):
    """All files under the roots, in order of root and path; each file once, by its first name.

    ``roots`` are as the user knows them, ``real`` are their true places, in order of which the
    roots are numbered.
    """

    roots: tuple[str, ...]
    real: tuple[str, ...]
    stamps: tuple[Stamp, ...]

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        return sum(stamp[2] for stamp in self.stamps)

    def path(self, root: int, path: str) -> str:
        """Return a file's path as the user knows it."""
        return os.path.join(self.roots[root], path) if path else self.roots[root]  # noqa: PTH118 - ten thousand times a start


def find_files(paths: Iterable[str | Path]) -> Found:
    """Return the files: a file named is taken as it is, a folder is searched to any depth.

    Hidden files and folders are passed over; a folder that cannot be entered counts as a file
    that cannot be read. Raises ClaimcliError where a path does not exist.
    """
    given = [os.fspath(path) for path in paths]
    for path in given:
        if not os.path.lexists(path):
            raise ClaimcliError(
                f"no file or folder '{path}'", "look at the path", code=ExitCode.UNREADABLE
            )
    pairs = sorted({os.path.realpath(path): path for path in reversed(given)}.items())
    roots = tuple(Path(path).as_posix() for _, path in pairs)
    seen: set[tuple[int, int]] = set()
    stamps: list[Stamp] = []
    for number, root in enumerate(roots):
        stamps += _under(number, root, seen)
    return Found(roots, tuple(real for real, _ in pairs), tuple(stamps))


def _under(number: int, root: str, seen: set[tuple[int, int]]) -> list[Stamp]:
    """Return the stamps of a root's files in order; at each start all of them are looked at."""
    found: list[Stamp] = []
    for path, place in _places(root):
        try:
            stat = os.stat(place) if isinstance(place, str) else place.stat()  # noqa: PTH116
        except OSError:
            found.append((number, path, 0, 0, 0))
            continue
        file = stat[1:3]  # inode and device; 0 where a system has no inodes
        if file in seen and file[0]:
            continue
        seen.add(file)
        found.append((number, path, stat.st_size, stat.st_mtime_ns, file[0]))
    return sorted(found, key=itemgetter(1))


def _places(root: str) -> Iterator[tuple[str, str | os.DirEntry[str]]]:
    """Yield the path of each file below a root, and what tells of it; or of the root itself."""
    if not os.path.isdir(root):  # noqa: PTH112 - a string here
        yield "", root
        return
    todo = [""]
    while todo:
        folder = todo.pop()
        try:
            entries = list(os.scandir(f"{root}/{folder}"))
        except OSError:
            yield folder.rstrip("/"), ""
            continue
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            if entry.is_dir(follow_symlinks=False):
                todo.append(f"{folder}{name}/")
            elif name.lower().endswith(SUFFIXES):
                yield f"{folder}{name}", entry
