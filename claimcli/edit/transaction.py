"""Changes one file of a dossier, if the dossier has no new error afterwards.

A change locks the folders of the dossier, so that a second process sees what the first one wrote.
A file is written completely or not at all.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from claimcli import __version__
from claimcli.checks.rules import (
    changed_text,
    circular_reference,
    foreign_supersedes,
    missing_text,
    response_cycle,
)
from claimcli.core.problems import ClaimcliError, ExitCode, Problem, Severity
from claimcli.core.records import Dossier, Record, Source
from claimcli.dossier.atomic import FileChangedError, change_file, create_file, locked
from claimcli.dossier.content import MAX_BYTES
from claimcli.dossier.files import DataFiles, find_files, with_file
from claimcli.dossier.index.build import IndexBuilder
from claimcli.dossier.index.closure import load_file
from claimcli.dossier.index.lookup import FileKey
from claimcli.dossier.index.problems import load_problems
from claimcli.dossier.open import LoadOptions, path_lookup, with_index
from claimcli.dossier.parallel import read_instead
from claimcli.dossier.runtime import garbage_collection_paused
from claimcli.edit.record_edits import EditedText, InvalidTextError

_MARK = b"\xef\xbb\xbf"
"""The byte order mark, which stays."""
_LINKS = (circular_reference, foreign_supersedes, response_cycle)
_TEXTS = (missing_text, changed_text)
"""The rules that find errors, in addition to the reader."""
_TRIES = 5
"""Number of attempts if a program that does not lock the folder changes the file meanwhile."""


class Plan(Struct, frozen=True):
    """The file to change, the edit of its text, and notes for the user.

    ``start`` is the initial text of a new file.
    """

    place: FileKey
    edit: Callable[[str], EditedText]
    start: str = ""
    notes: tuple[str, ...] = ()


class FileChange(Struct, frozen=True):
    """A change of one file: its path, its bytes, and the record that was added or changed."""

    path: str
    before: bytes
    after: bytes
    record: Record
    new: bool
    notes: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """The line of the record after the change."""
        return self.record.location.record[0]


def change_dossier(
    paths: Sequence[str | Path],
    plan: Callable[[sqlite3.Connection, DataFiles], Plan],
    options: LoadOptions = LoadOptions(),  # noqa: B008 - frozen
    *,
    dry_run: bool = False,
) -> FileChange:
    """Change a file as ``plan`` says, which is given the index; ``dry_run`` writes nothing.

    Raises ClaimcliError if the file has errors, would have errors, or cannot be written, and
    whatever ``plan`` and its edit raise.
    """
    try:
        with _all_locked(paths), garbage_collection_paused():
            for _ in range(_TRIES):
                change = _make_change(paths, plan, options)
                try:
                    if not dry_run and change.before != change.after:
                        _write(change)
                except FileChangedError:
                    continue
                return change
    except OSError as error:
        raise write_error(error) from None
    raise ClaimcliError(f"'{change.path}' keeps changing", "try again later")


def read_error(error: OSError) -> ClaimcliError:
    """Return the error of a file that cannot be read."""
    message = f"cannot read '{error.filename}': {error.strerror or error}"
    return ClaimcliError(message, "check its permissions", code=ExitCode.UNREADABLE)


def write_error(error: OSError) -> ClaimcliError:
    """Return the error of a file that cannot be written."""
    reason = error.strerror or str(error)
    where = f" '{error.filename}'" if error.filename else ""
    return ClaimcliError(
        f"cannot write{where}: {reason}",
        "check the folder and its permissions",
        code=ExitCode.UNREADABLE,
    )


@contextmanager
def _all_locked(paths: Iterable[str | Path]) -> Iterator[None]:
    """Lock all folders of a dossier, always in the same order."""
    real = (Path(path).resolve() for path in paths)
    with ExitStack() as held:
        for folder in sorted({path if path.is_dir() else path.parent for path in real}):
            held.enter_context(locked(folder))
        yield


def _make_change(
    paths: Sequence[str | Path],
    plan: Callable[[sqlite3.Connection, DataFiles], Plan],
    options: LoadOptions,
) -> FileChange:
    files = find_files(paths)
    use = partial(_apply_plan, files=files, plan=plan, text_folders=options.limits_of_texts(files))
    try:
        return with_index(files, use, options)
    except sqlite3.OperationalError:  # another process writes to the cached index
        return with_index(files, use, replace(options, cache=lambda: None))


def _apply_plan(
    db: sqlite3.Connection,
    files: DataFiles,
    plan: Callable[[sqlite3.Connection, DataFiles], Plan],
    text_folders: tuple[str, ...],
) -> FileChange:
    """Return a planned change, if it causes no error."""
    planned = plan(db, files)
    path = files.path(*planned.place)
    new = not Path(path).exists()
    before = b"" if new else _read_bytes(path)
    mark = _MARK if before.startswith(_MARK) else b""
    with file_errors(path):
        written = planned.edit(planned.start if new else _decode(before))
    after = mark + written.text.encode()
    if len(after) > MAX_BYTES:
        raise ClaimcliError(f"'{path}' would be larger than 64 MiB", "name another with --file")
    if before != after:
        _refuse_errors(db, files, planned.place, written, text_folders)
    return FileChange(path, before, after, written.record, new, planned.notes)


def read_file_text(path: str) -> str:
    """Return the text of a file of the dossier. Raises ClaimcliError if it cannot be read."""
    try:
        with file_errors(path):
            return _decode(_read_bytes(path))
    except OSError as error:
        raise read_error(error) from None


def _read_bytes(path: str) -> bytes:
    if not Path(path).is_file():
        message = f"'{path}' is not a regular file"
        raise ClaimcliError(message, "move it away", code=ExitCode.UNREADABLE)
    return Path(path).read_bytes()


def _decode(data: bytes) -> str:
    return data.removeprefix(_MARK).decode()


@contextmanager
def file_errors(path: str) -> Iterator[None]:
    """Add the path of the file to errors that are raised inside."""
    try:
        yield
    except UnicodeDecodeError:
        hint = "save the file as UTF-8"
        raise ClaimcliError(f"{path} is not UTF-8", hint, code=ExitCode.UNREADABLE) from None
    except InvalidTextError as error:
        raise _existing_error(path, error.problem) from None


def _refuse_errors(
    db: sqlite3.Connection,
    files: DataFiles,
    place: FileKey,
    written: EditedText,
    text_folders: tuple[str, ...],
) -> None:
    """Raise ClaimcliError if the dossier would have new errors with the edited text of a file.

    Rules on references are run on the file's records and all records reachable from them, since a
    new cycle goes through one of them. A missing text is an error only of the record that names it.
    """
    path = files.path(*place)
    find_errors = partial(_find_errors, db, place=place, text_folders=text_folders)
    before, missing = find_errors(files, record=written.record)
    filler = IndexBuilder(partial(read_instead, path=path, batches=written.readings))
    later = with_file(files, *place, len(written.text))
    filler.update(db, later, program=__version__)
    after, missing_then = find_errors(later, record=written.record)
    db.execute("ROLLBACK")
    known = {_key(problem) for problem in (*before, *missing)}
    if new := [problem for problem in (*after, *missing_then) if _key(problem) not in known]:
        raise _new_error(new[0], path, written.record)
    here = [problem for problem in after if problem.span.path == path]
    if here and len(here) >= sum(problem.span.path == path for problem in before):
        raise _existing_error(path, here[0])


def _new_error(problem: Problem, path: str, record: Record) -> ClaimcliError:
    """Return the error of a change that causes a problem, with its location if outside the record.

    Line numbers are those after the change.
    """
    span, own = problem.span, record.location.span
    here = span.path == path and own.line <= span.line <= own.end_line
    where = "" if here else f"{span.path}:{span.line}:{span.column}: "
    return ClaimcliError(f"{where}{problem.message}", problem.help)


def _find_errors(
    db: sqlite3.Connection,
    files: DataFiles,
    *,
    place: FileKey,
    record: Record,
    text_folders: tuple[str, ...],
) -> tuple[list[Problem], list[Problem]]:
    """Return the errors of the reader and of references, and those of a record's text."""
    shown = path_lookup(db, files)
    dossier = load_file(db, place, shown)
    links = [problem for rule in _LINKS for problem in rule.check(dossier)]
    source = dossier.sources.get(record.id) if isinstance(record, Source) else None
    mine = Dossier(sources={source.id: source} if source else {}, text_folders=text_folders)
    texts = [problem for rule in _TEXTS for problem in rule.check(mine)]
    return _errors([*load_problems(db, shown), *links]), texts


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _key(problem: Problem) -> tuple[str, str, str]:
    return (problem.span.path, problem.rule, problem.message)


def _existing_error(path: str, problem: Problem) -> ClaimcliError:
    span = problem.span
    message = f"{path}:{span.line}:{span.column}: {problem.message}"
    hint = f"{problem.help}; fix it first" if problem.help else "fix it first"
    return ClaimcliError(message, hint, code=ExitCode.UNREADABLE)


def _write(change: FileChange) -> None:
    if change.new:
        create_file(Path(change.path), change.after)
        return

    def exchange(data: bytes) -> bytes:
        if data != change.before:
            raise FileChangedError(f"{change.path} was changed meanwhile")
        return change.after

    change_file(Path(change.path), exchange)
