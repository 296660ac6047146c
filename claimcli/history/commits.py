"""The data at a commit, read from git's objects."""

import os
import posixpath
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.content import MAX_BYTES
from claimcli.dossier.files import SUFFIXES
from claimcli.dossier.reader import Reading, read_bytes
from claimcli.history.git_process import Objects, git
from claimcli.history.repository import Repository
from claimcli.history.snapshots import Snapshot, mentions

LINK, MODULE = "120000", "160000"
_ENTRY = re.compile(rb"(\d{6}) \w+ ([0-9a-f]{40,64})\t([^\0]+)\0")
_LONGEST_LINK = 4096
LONGEST_PATTERN = 30_000
"""Bytes of a pattern that PCRE2 takes on any machine; it is built to take 64 KiB."""


class TreeEntry(Struct, frozen=True):
    """What stands at a path of a tree: its mode, and the name of its object."""

    mode: str
    name: str


def snapshot(repository: Repository, commit: str, label: str, objects: Objects) -> Snapshot:
    """Return the dossier's files at a commit; links are followed within the repository."""
    found = _Finding(repository, commit, objects)
    files = found.files()

    def read(path: str) -> Iterator[Reading]:
        return read_bytes(objects.read(files[path], MAX_BYTES))

    def search(words: Collection[str], paths: Collection[str]) -> set[str]:
        found = mentioning(repository, commit, words)
        if found is not None:
            return found & set(paths)
        wanted = {word.encode() for word in words}
        return {path for path in paths if mentions(objects.read(files[path], MAX_BYTES), wanted)}

    def shown(path: str) -> str:
        return f"{label}:{path}"

    notes = (*((f"note: nothing of the data is in '{label}'",) if not files else ()), *found.notes)
    return Snapshot(label, files, read, shown, search, notes)


def mentioning(repository: Repository, commit: str, words: Collection[str]) -> set[str] | None:
    """Return the files of a commit that :func:`claimcli.history.snapshots.mentions` is true of.

    Git searches them, without giving them out. None is returned where there are too many words for
    that, or where git was built without the regular expressions of Perl (PCRE2).
    """
    pattern = rf"\\|(?<![a-z0-9._-])(?:{'|'.join(map(re.escape, sorted(words)))})(?![a-z0-9._-])"
    if len(pattern) > LONGEST_PATTERN:
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


def entries(repository: Repository, commit: str, below: Iterable[str]) -> dict[str, TreeEntry]:
    """Return everything that stands below some paths of a commit, "" for its top."""
    named = list(below)
    paths = () if "" in named else ("--", *named)
    listed = git(repository.top, "ls-tree", "-r", "-z", "--full-tree", commit, *paths)
    return {
        os.fsdecode(path): TreeEntry(mode.decode(), name.decode())
        for mode, name, path in _ENTRY.findall(listed)
    }


class _Finding:
    """Finds the files of a dossier in a commit, like :func:`claimcli.dossier.files.find_files`."""

    def __init__(self, repository: Repository, commit: str, objects: Objects) -> None:
        self.repository = repository
        self.commit = commit
        self.objects = objects
        self.notes: list[str] = []
        self.everything: dict[str, TreeEntry] | None = None

    def files(self) -> dict[str, str]:
        """Return the name of the object of each file, by its path below the top."""
        known = entries(self.repository, self.commit, self.repository.roots)
        found: dict[str, str] = {}
        entered: set[str] = set()
        todo = deque((root, root) for root in self.repository.roots)
        while todo:
            at, called = todo.popleft()
            if at in entered:
                continue
            entered.add(at)
            for path, entry in _under(known, at, called):
                if entry.mode == LINK:
                    target = self._target(path, entry)
                    if target is not None:
                        known = self._everything()
                        todo.append((target, path))
                elif entry.mode == MODULE:
                    self.notes.append(f"note: the submodule '{path}' is left out")
                elif is_utf8(path):
                    found[path] = entry.name
                else:
                    self.notes.append(f"note: '{path}' is left out: its name is no UTF-8")
        return found

    def _everything(self) -> dict[str, TreeEntry]:
        if self.everything is None:
            self.everything = entries(self.repository, self.commit, [""])
        return self.everything

    def _target(self, path: str, entry: TreeEntry) -> str | None:
        text = os.fsdecode(self.objects.read(entry.name, _LONGEST_LINK))
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), text))
        if target.startswith(("/", "../")) or target == "..":
            self.notes.append(f"note: the link '{path}' leads out of the repository: left out")
            return None
        return "" if target == "." else target


def _under(known: Mapping[str, TreeEntry], at: str, called: str) -> Iterator[tuple[str, TreeEntry]]:
    """Yield what a dossier has at or below a path; ``called`` is the link that leads there."""
    if at in known:
        if called == at or called.lower().endswith(SUFFIXES) or known[at].mode == LINK:
            yield at, known[at]
        return
    start = f"{at}/" if at else ""
    for path, entry in known.items():
        if path.startswith(start) and is_data(path[len(start) :], entry.mode):
            yield path, entry


def is_data(path: str, mode: str = "") -> bool:
    """Return whether a path below a root is one of a dossier: not hidden, and YAML or a link."""
    if any(part.startswith(".") for part in path.split("/")):
        return False
    return mode in (LINK, MODULE) or path.lower().endswith(SUFFIXES)


def is_utf8(path: str) -> bool:
    """Return whether a path as the system has it is text."""
    return path == path.encode("utf-8", "replace").decode("utf-8", "replace")
