"""Two states of a dossier held against each other, with no more files read than that takes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing

from msgspec import Struct

from claimcli.analysis.changes import Changes, changes
from claimcli.core.problems import Problem
from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier
from claimcli.dossier.index.build import build_in_memory
from claimcli.dossier.index.functions import run_with_functions
from claimcli.dossier.index.load import load
from claimcli.dossier.index.rows import FileRows, FileToRead
from claimcli.dossier.parallel import file_rows
from claimcli.dossier.reader import Reading
from claimcli.dossier.runtime import garbage_collection_paused
from claimcli.history.affected import words_of
from claimcli.history.snapshots import Snapshot, differing

_NOT_READ = ("unknown-claim", "unknown-source")
"""What these rules miss may stand in a file that did not change."""

Files = dict[str, list[Reading]]


class ReadFailures(Struct, frozen=True):
    """What could not be read of one state: how many records, how many errors, and the first."""

    label: str
    unread: int
    errors: int
    first: Problem


class Comparison(Struct, frozen=True):
    """What changed, what could not be read, and how many files were: of each state those that
    differ, and ``beside`` them those that are the same in both."""

    changes: Changes
    gaps: tuple[ReadFailures, ...]
    before: int
    after: int
    beside: int


def compare(before: Snapshot, after: Snapshot) -> Comparison:
    """Return what changed from one state to the other.

    The files that differ are read. Whether a claim is contested can hang on claims in others: those
    that mention what a change touches are read too, and no more.
    """
    with garbage_collection_paused():
        return _compared(before, after)


def _compared(before: Snapshot, after: Snapshot) -> Comparison:
    files = differing(before, after)
    left = {path: list(before.read(path)) for path in files.before}
    right = {path: list(after.read(path)) for path in files.after}
    rest = dict(files.same)
    asked: set[str] = set()
    while True:
        old, new = dossier_of(left, before.shown), dossier_of(right, after.shown)
        words = words_of(old, new) - asked
        found = before.search(words, rest.keys()) if words and rest else set()
        if not found:
            break
        asked |= words
        for path in sorted(found):
            left[path] = right[rest.pop(path)] = list(before.read(path))
    gaps = [_gap(before.label, old), _gap(after.label, new)]
    return Comparison(
        changes(old, new),
        tuple(gap for gap in gaps if gap),
        len(files.before),
        len(files.after),
        len(left) - len(files.before),
    )


def dossier_of(
    files: Mapping[str, Iterable[Reading]],
    path_of: Callable[[str], str],
    request: Request = Request(scope=Scope.ALL),  # noqa: B008 - frozen
) -> Dossier:
    """Return the dossier that was read from some files, through an index in memory.

    ``path_of`` returns the path of a file as users know it.
    """
    paths = sorted(files)

    def read(wanted: Iterable[FileToRead]) -> Iterator[FileRows]:
        for file in wanted:
            yield from file_rows(file.file, files[file.path])

    with closing(build_in_memory(paths, read)) as db:
        return run_with_functions(
            db,
            lambda _, path: path,
            lambda db: load(db, request, lambda file: path_of(paths[file - 1])),
        )


def _gap(label: str, dossier: Dossier) -> ReadFailures | None:
    problems = [p for p in dossier.problems if p.severity == "error" and p.rule not in _NOT_READ]
    if not problems:
        return None
    first = min(problems, key=lambda problem: problem.order)
    return ReadFailures(label, dossier.unread, len(problems), first)
