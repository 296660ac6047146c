"""Compare two states of a dossier, and read no more files than needed."""

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
from claimcli.dossier.reader import RecordBatch
from claimcli.dossier.runtime import garbage_collection_paused
from claimcli.history.affected import affected_ids
from claimcli.history.snapshots import Snapshot, changed_files

_NOT_READ = ("unknown-claim", "unknown-source")
"""These rules may report records that are in unchanged files, which are not read."""

Files = dict[str, list[RecordBatch]]


class ReadFailures(Struct, frozen=True):
    """The label of a state, what is unread, the number of errors, and the first error."""

    label: str
    unread: int
    note: str
    errors: int
    first: Problem


class Comparison(Struct, frozen=True):
    """What changed, what could not be read, and how many files were read.

    ``before`` and ``after`` are numbers of changed files, ``unchanged`` of other files.
    """

    changes: Changes
    failures: tuple[ReadFailures, ...]
    before: int
    after: int
    unchanged: int


@garbage_collection_paused()
def compare(before: Snapshot, after: Snapshot) -> Comparison:
    """Return what changed from one state to the other.

    The changed files are read. Whether a claim is contested can depend on claims in other files:
    those that mention affected claims or issues are read too.
    """
    files = changed_files(before, after)
    left = {path: list(before.read(path)) for path in files.before}
    right = {path: list(after.read(path)) for path in files.after}
    rest = dict(files.same)
    searched: set[str] = set()
    while True:
        old, new = dossier_of(left, before.display_path), dossier_of(right, after.display_path)
        ids = affected_ids(old, new) - searched
        mentioning = before.search(ids, rest.keys()) if ids and rest else set()
        if not mentioning:
            break
        searched |= ids
        for path in sorted(mentioning):
            left[path] = right[rest.pop(path)] = list(before.read(path))
    failures = [_read_failures(before.label, old), _read_failures(after.label, new)]
    return Comparison(
        changes(old, new),
        tuple(one for one in failures if one),
        len(files.before),
        len(files.after),
        len(left) - len(files.before),
    )


def dossier_of(
    files: Mapping[str, Iterable[RecordBatch]],
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


def _read_failures(label: str, dossier: Dossier) -> ReadFailures | None:
    problems = [p for p in dossier.problems if p.severity == "error" and p.rule not in _NOT_READ]
    if not problems:
        return None
    first = min(problems, key=lambda problem: problem.order)
    return ReadFailures(label, dossier.unread, dossier.unread_note, len(problems), first)
