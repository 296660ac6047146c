"""The YAML files under some folders, with the stamps that say whether they changed."""

import os
import time
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path

from msgspec import Struct

from claimcli.problems import ClaimcliError, ExitCode

SUFFIXES = (".yaml", ".yml")
_LARGEST = 2**63 - 1

Stamp = tuple[int, str, int, int, int]
"""Number of the root, path below it ("" for the root itself), size, time of the last change of the
file or of what is on record of it in ns, inode."""


class Found(Struct, frozen=True):
    """All files under the roots, in order of root and path; each file once, by its first name.

    ``roots`` are as the user knows them, ``real`` are their true places, in order of which the
    roots are numbered; ``asked`` is the time in ns before the first file was looked at.
    """

    roots: tuple[str, ...]
    real: tuple[str, ...]
    stamps: tuple[Stamp, ...]
    asked: int

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        return sum(stamp[2] for stamp in self.stamps)

    def path(self, root: int, path: str) -> str:
        """Return a file's path as the user knows it."""
        return os.path.join(self.roots[root], path) if path else self.roots[root]  # noqa: PTH118 - ten thousand times a start


def find_files(paths: Iterable[str | Path]) -> Found:
    """Return the files: a file named is taken as it is, a folder is searched to any depth.

    Hidden files and folders are passed over, links are followed. What cannot be looked at, and a
    name that is no UTF-8, counts as a file that cannot be read. Raises ClaimcliError where a path
    does not exist.
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
    asked = time.time_ns()
    for number, root in enumerate(roots):
        stamps += _under(number, root, seen)
    return Found(roots, tuple(_as_text(real) for real, _ in pairs), tuple(stamps), asked)


def _under(number: int, root: str, seen: set[tuple[int, int]]) -> Iterator[Stamp]:
    """Yield the stamps of a root's files in order, each file under its first name."""
    for path, stat in sorted(_places(root), key=itemgetter(0)):
        if stat is None:
            yield (number, path, 0, 0, 0)
            continue
        file = stat[1:3]  # inode and device; 0 where a system has no inodes
        if file in seen and file[0]:
            continue
        seen.add(file)
        changed = max(stat.st_mtime_ns, stat.st_ctime_ns)
        yield (number, path, stat.st_size, min(changed, _LARGEST), file[0] & _LARGEST)


def _places(root: str) -> Iterator[tuple[str, os.stat_result | None]]:
    """Yield the path of each file below a root, or of the root itself, and what tells of it."""
    if not os.path.isdir(root):  # noqa: PTH112 - a string here
        yield "", _stat(root)
        return
    entered: set[tuple[int, int]] = set()
    todo = [""]
    while todo:
        folder = todo.pop()
        entries = _entries(f"{root}/{folder}", entered)
        if entries is None:
            yield _as_text(folder.rstrip("/")), None
            continue
        below = []
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            if entry.is_dir():
                below.append(f"{folder}{name}/")
            elif name.lower().endswith(SUFFIXES):
                path = f"{folder}{name}"
                known = path.isascii() or _as_text(path) == path
                yield (path, _stat(entry)) if known else (_as_text(path), None)
        todo += sorted(below, reverse=True)


def _entries(folder: str, entered: set[tuple[int, int]]) -> list[os.DirEntry[str]] | None:
    """Return what stands in a folder, nothing where it was entered before; None if it is shut."""
    try:
        file = os.stat(folder)[1:3]  # noqa: PTH116 - strings, as all here
        if file in entered:
            return []
        entered.add(file)
        return list(os.scandir(folder))
    except OSError:
        return None


def _stat(place: str | os.DirEntry[str]) -> os.stat_result | None:
    try:
        return place.stat() if isinstance(place, os.DirEntry) else os.stat(place)  # noqa: PTH116
    except OSError:
        return None


def _as_text(path: str) -> str:
    """Return a path with bytes that are no UTF-8 spelled out."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
