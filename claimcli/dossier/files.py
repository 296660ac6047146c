"""The YAML files under some folders, with stamps that show whether they changed."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from operator import itemgetter
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.dossier.journal import recover

SUFFIXES = (".yaml", ".yml")
_LARGEST = 2**63 - 1

Stamp = tuple[int, str, int, int, int]
"""Number of the root, path below it ("" for the root itself), size, time of the last change of the
file or of what is on record of it in ns, inode."""


_Look = Callable[[], os.stat_result]
_File = tuple[int, int]
"""Inode and device; 0 and 0 for a file without access."""


class DataFiles(Struct, frozen=True):
    """All files under the roots, in order of root and path; each file once, by its first name.

    ``roots`` are as the user knows them, ``real`` are their true places, in order of which the
    roots are numbered; ``listed_at`` is the time in ns before the first file was examined;
    ``notes`` say what was recovered of an interrupted change.
    """

    roots: tuple[str, ...]
    real: tuple[str, ...]
    stamps: tuple[Stamp, ...]
    listed_at: int
    notes: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """The number of bytes of all files."""
        return sum(stamp[2] for stamp in self.stamps)

    def path(self, root: int, path: str) -> str:
        """Return a file's path as the user named it."""
        return os.path.join(self.roots[root], path) if path else self.roots[root]  # noqa: PTH118 - ten thousand times a start


def with_sizes(files: DataFiles, sizes: Mapping[tuple[int, str], int]) -> DataFiles:
    """Return the files after files with these roots and paths were added or changed."""
    now = time.time_ns() & _LARGEST
    others = [stamp for stamp in files.stamps if stamp[:2] not in sizes]
    changed = [(root, path, size, now, 0) for (root, path), size in sizes.items()]
    return replace(files, stamps=tuple(sorted((*others, *changed))))


def find_files(paths: Iterable[str | Path]) -> DataFiles:
    """Return the files: a named file whatever its name, and those in a folder, to any depth.

    Hidden files and folders are skipped, links are followed. A file without access, or with a name
    that is not UTF-8, counts as one that cannot be read. A change that a killed process left
    incomplete is reverted before. Raises ClaimcliError if a path does not exist.
    """
    named = only_roots(paths)
    notes = recover(named.real)
    seen: set[_File] = set()
    stamps: list[Stamp] = []
    listed_at = time.time_ns()
    for number, root in enumerate(named.roots):
        stamps += _under(number, root, seen)
    return DataFiles(named.roots, named.real, tuple(stamps), listed_at, notes)


def has_files(folder: str) -> bool:
    """Return whether a folder has a file for :func:`find_files`, at any depth."""
    return next(_places(folder, set()), None) is not None


def only_roots(paths: Iterable[str | Path]) -> DataFiles:
    """Return the same as :func:`find_files`, without any files."""
    given = [os.fspath(path) for path in paths]
    for path in given:
        if not os.path.lexists(path):
            raise ClaimcliError(
                f"no file or folder '{path}'", "look at the path", code=ExitCode.UNREADABLE
            )
    pairs = sorted({os.path.realpath(path): path for path in reversed(given)}.items())
    roots = tuple(Path(path).as_posix() for _, path in pairs)
    return DataFiles(roots, tuple(path_as_text(real) for real, _ in pairs), (), 0)


def with_extra_file(files: DataFiles, path: str, size: int) -> DataFiles:
    """Return the files with one more that is not on disk: the last, as a separate root."""
    real = path_as_text(os.path.realpath(path))
    stamp = (len(files.roots), "", size, 0, 0)
    return DataFiles(
        (*files.roots, Path(path).as_posix()),
        (*files.real, real),
        (*files.stamps, stamp),
        files.listed_at,
    )


def is_data_file(files: DataFiles, path: str) -> bool:
    """Return whether a file is, or if it does not exist yet would be, one of the files.

    ``path`` is its real path. Links and hard links to it count too.
    """
    try:
        inode = os.stat(path).st_ino & _LARGEST  # noqa: PTH116
    except OSError:
        inode = 0
    names = (files.path(*stamp[:2]) for stamp in files.stamps if stamp[4] in (0, inode))
    if any(os.path.realpath(name) == path or _is_same(name, path) for name in names):
        return True
    return not inode and _would_be_found(files.roots, path)


def _is_same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)  # noqa: PTH121
    except OSError:
        return False


def _would_be_found(roots: Iterable[str], path: str) -> bool:
    """Return whether a file that does not exist is in a folder that is searched for files."""
    folder, name = os.path.split(path)
    if name.startswith(".") or not name.lower().endswith(SUFFIXES):
        return False
    try:
        stat = os.stat(folder)  # noqa: PTH116
    except OSError:
        return False
    entered: set[_File] = set()
    for root in roots:
        for _ in _places(root, entered):
            pass
    return (stat.st_ino, stat.st_dev) in entered


def _under(number: int, root: str, seen: set[_File]) -> list[Stamp]:
    """Return the stamps of a root's files in order, each file under its first name.

    This loop runs over all files at each start, so it must be fast.
    """
    stamps: list[Stamp] = []
    files: list[_File] = []
    for path, look in _places(root, set()):
        try:
            stat = look()
        except OSError:
            stamps.append((number, path, 0, 0, 0))
            files.append((0, 0))
            continue
        changed, recorded = stat.st_mtime_ns, stat.st_ctime_ns
        last = changed if changed > recorded else recorded
        stamps.append((number, path, stat[6], last & _LARGEST, stat[1] & _LARGEST))
        files.append((stat[1], stat[2]))
    if len(seen.union(files)) < len(seen) + len(files):
        return list(_once(zip(stamps, files, strict=True), seen))
    seen.update(files)
    return sorted(stamps, key=itemgetter(1))


def _once(files: Iterable[tuple[Stamp, _File]], seen: set[_File]) -> Iterator[Stamp]:
    """Yield the stamps in order: the first of each inode, and all without an inode."""
    for stamp, file in sorted(files, key=itemgetter(0)):
        if file not in seen or not file[0]:
            seen.add(file)
            yield stamp


def _places(root: str, entered: set[_File]) -> Iterator[tuple[str, _Look]]:
    """Yield the path of each file below a root, or of the root itself, and its stat function.

    Adds the folders to ``entered``, and enters none that is in it.
    """
    if not os.path.isdir(root):  # noqa: PTH112 - strings, as all here
        yield "", partial(os.stat, root)
        return
    todo = [""]
    while todo:
        folder = todo.pop()
        entries = _entries(f"{root}/{folder}", entered)
        if entries is None:
            yield path_as_text(folder.rstrip("/")), _refuse
            continue
        below: list[str] = []
        yield from _files_of(folder, entries, below)
        todo += sorted(below, reverse=True)


def _files_of(
    folder: str, entries: Iterable[os.DirEntry[str]], below: list[str]
) -> Iterator[tuple[str, _Look]]:
    """Yield the files among the entries of a folder, and add the folders to ``below``."""
    for entry in entries:
        name = entry.name
        if name[0] == ".":
            continue
        path = f"{folder}{name}"
        try:
            is_folder = entry.is_dir()
        except PermissionError:  # a link into a folder without access
            yield path_as_text(path), _refuse
            continue
        except OSError:  # a link to itself
            is_folder = False
        if is_folder:
            below.append(f"{path}/")
        elif name.endswith(SUFFIXES) or name.lower().endswith(SUFFIXES):
            known = path.isascii() or path_as_text(path) == path
            yield (path, entry.stat) if known else (path_as_text(path), _refuse)


def _entries(folder: str, entered: set[_File]) -> Iterable[os.DirEntry[str]] | None:
    """Return a folder's entries, none if it was entered before; None if access is refused."""
    try:
        stat = os.stat(folder)  # noqa: PTH116
        file = (stat.st_ino, stat.st_dev)
        if file in entered:
            return []
        entered.add(file)
        return list(os.scandir(folder))
    except OSError:
        return None


def _refuse() -> os.stat_result:
    raise OSError


def path_as_text(path: str) -> str:
    """Return a path with bytes that are not UTF-8 spelled out."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
