"""The data at a commit, read from the objects of the repository."""

import os
import posixpath
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.content import MAX_BYTES
from claimcli.dossier.files import SUFFIXES
from claimcli.dossier.reader import RecordBatch, read_bytes
from claimcli.history.git_process import Objects, git
from claimcli.history.repository import Repository
from claimcli.history.snapshots import Snapshot, mentions

LINK, MODULE = "120000", "160000"
_ENTRY = re.compile(rb"(\d{6}) \w+ ([0-9a-f]{40,64})\t([^\0]+)\0")
_MAX_LINK = 4096
MAX_PATTERN = 30_000
"""Maximum length of a search pattern: half of what PCRE2 supports (64 KiB)."""


class TreeEntry(Struct, frozen=True):
    """An entry of a git tree: its mode and the name of its object."""

    mode: str
    name: str


def snapshot(repository: Repository, commit: str, label: str, objects: Objects) -> Snapshot:
    """Return the dossier's files at a commit; links are followed within the repository."""
    search_ = _FileSearch(repository, commit, objects)
    files = search_.files()

    def read(path: str) -> Iterator[RecordBatch]:
        return read_bytes(objects.read(files[path], MAX_BYTES))

    def search(ids: Collection[str], paths: Collection[str]) -> set[str]:
        matches = files_mentioning(repository, commit, ids)
        if matches is not None:
            return matches & set(paths)
        encoded = {name.encode() for name in ids}
        return {path for path in paths if mentions(objects.read(files[path], MAX_BYTES), encoded)}

    def display_path(path: str) -> str:
        return f"{label}:{path}"

    empty = () if files else (f"note: '{label}' contains no data",)
    return Snapshot(label, files, read, display_path, search, (*empty, *search_.notes))


def files_mentioning(repository: Repository, commit: str, ids: Collection[str]) -> set[str] | None:
    """Return the files of a commit for which :func:`claimcli.history.snapshots.mentions` is true.

    Git searches them. Returns None if there are too many ids for one pattern, or if git was built
    without Perl-compatible regular expressions (PCRE2).
    """
    pattern = rf"\\|(?<![a-z0-9._-])(?:{'|'.join(map(re.escape, sorted(ids)))})(?![a-z0-9._-])"
    if len(pattern) > MAX_PATTERN:
        return None
    try:
        listed = git(
            repository.top, "grep", "-l", "-z", "-P", "--text", "--full-name", "--no-textconv",
            "--no-color", "--no-recurse-submodules", "-f", "-", commit, "--",
            *filter(None, repository.roots), given=pattern.encode(), codes=(0, 1),
        )  # fmt: skip
    except ClaimcliError:
        return None
    return {os.fsdecode(line.split(b":", 1)[1]) for line in listed.split(b"\0") if line}


def tree_entries(repository: Repository, commit: str, below: Iterable[str]) -> dict[str, TreeEntry]:
    """Return the entries below some paths of a commit, by path; "" is the top."""
    limits = list(below)
    paths = () if "" in limits else ("--", *limits)
    listed = git(repository.top, "ls-tree", "-r", "-z", "--full-tree", commit, *paths)
    return {
        os.fsdecode(path): TreeEntry(mode.decode(), name.decode())
        for mode, name, path in _ENTRY.findall(listed)
    }


class _FileSearch:
    """Finds the files of a dossier in a commit, like :func:`claimcli.dossier.files.find_files`."""

    def __init__(self, repository: Repository, commit: str, objects: Objects) -> None:
        self.repository = repository
        self.commit = commit
        self.objects = objects
        self.notes: list[str] = []
        self.everything: dict[str, TreeEntry] | None = None

    def files(self) -> dict[str, str]:
        """Return the name of each file's object, by path."""
        known = tree_entries(self.repository, self.commit, self.repository.roots)
        files: dict[str, str] = {}
        entered: set[str] = set()
        todo = deque((root, root) for root in self.repository.roots)
        while todo:
            at, link = todo.popleft()
            if at in entered:
                continue
            entered.add(at)
            for path, entry in _entries_below(known, at, link):
                if entry.mode == LINK:
                    target = self._target(path, entry)
                    if target is not None:
                        known = self._everything()
                        todo.append((target, path))
                elif entry.mode == MODULE:
                    self.notes.append(f"note: the submodule '{path}' is left out")
                elif is_utf8(path):
                    files[path] = entry.name
                else:
                    self.notes.append(f"note: '{path}' is left out: its name is not UTF-8")
        return files

    def _everything(self) -> dict[str, TreeEntry]:
        if self.everything is None:
            self.everything = tree_entries(self.repository, self.commit, [""])
        return self.everything

    def _target(self, path: str, entry: TreeEntry) -> str | None:
        text = os.fsdecode(self.objects.read(entry.name, _MAX_LINK))
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), text))
        if target.startswith(("/", "../")) or target == "..":
            self.notes.append(f"note: the link '{path}' leads out of the repository: left out")
            return None
        return "" if target == "." else target


def _entries_below(
    known: Mapping[str, TreeEntry], at: str, link: str
) -> Iterator[tuple[str, TreeEntry]]:
    """Yield a dossier's entries at or below a path; ``link`` is the path that led there."""
    if at in known:
        if link == at or link.lower().endswith(SUFFIXES) or known[at].mode == LINK:
            yield at, known[at]
        return
    start = f"{at}/" if at else ""
    for path, entry in known.items():
        if path.startswith(start) and is_data(path[len(start) :], entry.mode):
            yield path, entry


def is_data(path: str, mode: str = "") -> bool:
    """Return whether a path below a root belongs to a dossier: not hidden, and YAML or a link."""
    if any(part.startswith(".") for part in path.split("/")):
        return False
    return mode in (LINK, MODULE) or path.lower().endswith(SUFFIXES)


def is_utf8(path: str) -> bool:
    """Return whether a path, as decoded from the file system, is valid UTF-8."""
    return path == path.encode("utf-8", "replace").decode("utf-8", "replace")
