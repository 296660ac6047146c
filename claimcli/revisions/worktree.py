"""The data as it stands in the work tree, committed or not.

Git's index says of each file what it held when git last looked, and the stamps by which to see
that it is still so; only files of which that cannot be told are read, to compute the name that
their content would have (git's hash-object; Pro Git, section 10.2). The index is read, not written.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from msgspec import Struct

from claimcli.files import Found, find_files
from claimcli.reading import Reading, read_file
from claimcli.revisions.calling import git
from claimcli.revisions.repository import Repository
from claimcli.revisions.snapshots import Snapshot, content
from claimcli.revisions.trees import MODULE

_LISTED = re.compile(rb"(\d{6}) ([0-9a-f]{40,64}) (\d)\t([^\0]+)\0((?:  [^\n]*\n)*)")
_STAMP = re.compile(
    rb"  ctime: (\d+):(\d+)\n  mtime: (\d+):(\d+)\n  dev: \d+\tino: (\d+)\n"
    rb"  uid: \d+\tgid: \d+\n  size: (\d+)\t"
)
_INODE = 0xFFFFFFFF
"""The index keeps this much of an inode's number, and of a size."""


class Known(Struct, frozen=True):
    """What the index says of a file: the name of its content, and the stamps it then had."""

    mode: str
    name: str
    stamp: tuple[int, ...] | None


def snapshot(repository: Repository, paths: Iterable[str | Path], label: str) -> Snapshot:
    """Return the dossier's files as they stand.

    Files outside of the repository, which a link can lead to, are left out, as they are at any
    revision. Raises ClaimcliError where a path does not exist.
    """
    found = find_files(paths)
    known, written = _index(repository)
    modules = tuple(f"{path}/" for path, entry in known.items() if entry.mode == MODULE)
    places: dict[str, str] = {}
    notes: dict[str, None] = {}
    for path, shown in _places(found, os.path.realpath(repository.top)):
        if path is None:
            notes[f"note: '{shown}' is not in the repository: left out"] = None
        elif path.startswith(modules):
            module = next(name for name in modules if path.startswith(name))
            notes[f"note: the submodule '{module[:-1]}' is left out"] = None
        else:
            places[path] = shown
    algorithm = "sha256" if any(len(one.name) == 64 for one in known.values()) else "sha1"
    files = {
        path: _key(place, known.get(path), written, algorithm) for path, place in places.items()
    }

    def read(path: str) -> Iterator[Reading]:
        return read_file(Path(places[path]))

    return Snapshot(label, files, read, places.__getitem__, lambda _, paths: set(paths), (*notes,))


def _index(repository: Repository) -> tuple[dict[str, Known], int]:
    """Return what the index says of each file, and when the index was written, in ns.

    The listing is one that git keeps free to change: of what cannot be read here nothing is known.
    """
    listed = git(repository.top, "ls-files", "--stage", "--debug", "-z", "--full-name")
    known = {}
    for mode, name, stage, path, more in _LISTED.findall(listed):
        stamp = _STAMP.match(more)
        if stage == b"0":
            numbers = tuple(map(int, stamp.groups())) if stamp else None
            known[os.fsdecode(path)] = Known(mode.decode(), name.decode(), numbers)
    place = os.fsdecode(git(repository.top, "rev-parse", "--git-path", "index").rstrip(b"\n"))
    try:
        return known, (repository.top / place).stat().st_mtime_ns
    except OSError:
        return known, 0


def _places(found: Found, top: str) -> Iterator[tuple[str | None, str]]:
    """Yield of each file its path below the top, None if it is not there, and how it is shown."""
    folder_of = cache(os.path.realpath)
    for root, below, *_ in found.stamps:
        shown = found.path(root, below)
        folder, name = os.path.split(shown)
        real = os.path.join(folder_of(folder or "."), name)  # noqa: PTH118 - many files
        if os.path.islink(real):  # noqa: PTH114
            real = os.path.realpath(real)
        yield (real[len(top) :].lstrip("/") if real.startswith(f"{top}/") else None), shown


def _key(place: str, known: Known | None, written: int, algorithm: str) -> str:
    """Return the name that git gives a file's content, or its own if that cannot be read."""
    if known and known.stamp:
        with suppress(OSError):
            stat = os.stat(place)  # noqa: PTH116 - many files
            if known.stamp == _stamp(stat) and stat.st_mtime_ns < written:
                return known.name
    data = content(place)
    return f"unreadable {place}" if data is None else named(data, algorithm)


def _stamp(stat: os.stat_result) -> tuple[int, ...]:
    second = 1_000_000_000
    return (
        *divmod(stat.st_ctime_ns, second), *divmod(stat.st_mtime_ns, second),
        stat.st_ino & _INODE, stat.st_size & _INODE,
    )  # fmt: skip


def named(data: bytes, algorithm: str = "sha1") -> str:
    """Return the name that git gives to a file's content."""
    digest = hashlib.new(algorithm, b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()
