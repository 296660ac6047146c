"""Changes files of a dossier, if the dossier has no new error afterwards.

A change locks the folders of the dossier, so that a second process sees what the first one wrote.
All files of a change are written completely, or none.
"""

import errno
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.records import Record, Source
from claimcli.dossier.atomic import FileChangedError
from claimcli.dossier.content import MAX_BYTES
from claimcli.dossier.files import DataFiles, find_files
from claimcli.dossier.index.lookup import FileKey
from claimcli.dossier.open import LoadOptions, with_index
from claimcli.dossier.runtime import garbage_collection_paused
from claimcli.edit.journal import ChangeTitle, FileWrite, locked_dossier, write_files
from claimcli.edit.new_errors import EditedFiles, existing_error, refuse_new_errors
from claimcli.edit.record_edits import EditedText, InvalidTextError

_MARK = b"\xef\xbb\xbf"
"""The byte order mark, which stays."""
_TRIES = 5
"""Number of attempts if a program that does not lock the folder changes a file meanwhile."""


class FileEdit(Struct, frozen=True):
    """A file to change, the edit of its text, and the initial text if the file is new."""

    place: FileKey
    edit: Callable[[str], EditedText]
    start: str = ""


class Attachment(Struct, frozen=True):
    """A new file that is not YAML, such as the text of a source."""

    path: Path
    data: bytes


class Plan(Struct, frozen=True):
    """The edits of a change, notes for the user, and further files that the change creates.

    Several edits of one file are applied one after another. The first edit is that of the record
    that the change is reported for. ``title`` is what ``undo`` calls the change, with "{}" for the
    kind and id of that record. ``sources`` are the ids of further sources whose texts are checked;
    ``quotes`` is whether the change can add quotes to compare with texts.
    """

    edits: tuple[FileEdit, ...]
    notes: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    title: str = "{}"
    sources: frozenset[str] = frozenset()
    quotes: bool = True


class FileChange(Struct, frozen=True):
    """The change of one file: its bytes before, or None if it is new, and its bytes afterwards.

    ``record`` is the record that was added or changed, if there is only one.
    """

    path: str
    before: bytes | None
    after: bytes
    record: Record | None = None


class Change(Struct, frozen=True):
    """A change of several files, in the order of the plan, with notes for the user."""

    files: tuple[FileChange, ...]
    notes: tuple[str, ...] = ()
    title: str = ""

    @property
    def record(self) -> Record:
        """The first record that was added or changed. Raises StopIteration for a mere removal."""
        return next(file.record for file in self.files if file.record)

    @property
    def path(self) -> str:
        """The path of the file of that record."""
        return next(file.path for file in self.files if file.record)

    @property
    def line(self) -> int:
        """The line of that record after the change."""
        return self.record.location.record[0]

    @property
    def changed(self) -> tuple[FileChange, ...]:
        """The files whose bytes differ."""
        return tuple(file for file in self.files if file.before != file.after)

    @property
    def writes(self) -> tuple[FileWrite, ...]:
        """The contents to write."""
        return tuple(FileWrite(Path(file.path), file.before, file.after) for file in self.changed)


Planner = Callable[[sqlite3.Connection, DataFiles], Plan]
"""Plans a change with the index and the files of the dossier."""


def change_dossier(
    paths: Sequence[str | Path],
    plan: Planner,
    options: LoadOptions = LoadOptions(),  # noqa: B008 - frozen
    *,
    dry_run: bool = False,
) -> Change:
    """Change files as ``plan`` says; ``dry_run`` writes nothing.

    Raises ClaimcliError if a file has errors, would have errors, or cannot be written, and whatever
    ``plan`` and its edits raise; no file has changed then.
    """
    try:
        with locked_dossier(paths) as home, garbage_collection_paused():
            for _ in range(_TRIES):
                change = _make_change(paths, plan, options)
                try:
                    if not dry_run:
                        write_files(home, change.writes, ChangeTitle(change.title))
                except FileChangedError:
                    continue
                return change
    except OSError as error:
        raise write_error(error) from None
    raise ClaimcliError(f"'{change.files[0].path}' keeps changing", "try again later")


def read_error(error: OSError) -> ClaimcliError:
    """Return the error of a file that cannot be read."""
    message = f"cannot read '{error.filename}': {error.strerror or error}"
    return ClaimcliError(message, "check its permissions", code=ExitCode.UNREADABLE)


def write_error(error: OSError) -> ClaimcliError:
    """Return the error of a file that cannot be written."""
    reason = error.strerror or str(error)
    where = f" '{error.filename}'" if error.filename else ""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    hint = "make room on the disk" if full else "check the folder and its permissions"
    return ClaimcliError(f"cannot write{where}: {reason}", hint, code=ExitCode.UNREADABLE)


def _make_change(paths: Sequence[str | Path], plan: Planner, options: LoadOptions) -> Change:
    files = find_files(paths)
    use = partial(_apply_plan, files=files, plan=plan, options=options)
    try:
        return with_index(files, use, options)
    except sqlite3.OperationalError:  # another process writes to the cached index
        return with_index(files, use, replace(options, cache=lambda: None))


def _apply_plan(
    db: sqlite3.Connection, files: DataFiles, plan: Planner, options: LoadOptions
) -> Change:
    """Return a planned change, if it causes no error."""
    planned = plan(db, files)
    edits: dict[FileKey, list[FileEdit]] = {}
    for edit in planned.edits:
        edits.setdefault(edit.place, []).append(edit)
    changes: list[FileChange] = []
    texts: dict[FileKey, EditedText] = {}
    for place, several in edits.items():
        change, text = _edited(files.path(*place), several)
        changes.append(change)
        if change.before != change.after:
            texts[place] = text
    if texts:
        # the texts that are attached are not on the disk yet
        sources = frozenset() if planned.attachments else _sources(planned, texts.values())
        refuse_new_errors(db, EditedFiles(files, texts, sources, options.limits_of_texts(files)))
    name = next((_name(one.record) for one in changes if one.record), "records")
    attached = map(_attached, planned.attachments)
    return Change((*changes, *attached), planned.notes, planned.title.replace("{}", name))


def _sources(planned: Plan, texts: Iterable[EditedText]) -> frozenset[str]:
    """Return the ids of the sources that are added or changed."""
    edited = (text.record.id for text in texts if isinstance(text.record, Source))
    return frozenset((*planned.sources, *edited))


def _name(record: Record) -> str:
    return f"{type(record).__name__.lower()} '{record.id}'"


def _attached(file: Attachment) -> FileChange:
    """Return the change that creates a file. Raises ClaimcliError if its name is taken."""
    before = file.path.read_bytes() if file.path.exists() else None
    if before not in (None, file.data):
        raise ClaimcliError(f"'{file.path}' exists already with other content", "move it away")
    return FileChange(str(file.path), before, file.data)


def _edited(path: str, edits: Sequence[FileEdit]) -> tuple[FileChange, EditedText]:
    """Return the change of a file by one edit after another, and its text with the first record."""
    before = _read_bytes(path) if Path(path).exists() else None
    mark = _MARK if before and before.startswith(_MARK) else b""
    with file_errors(path):
        text = edits[0].start if before is None else _decode(before)
        results = []
        for edit in edits:
            results.append(edit.edit(text))
            text = results[-1].text
    after = mark + text.encode()
    if len(after) > MAX_BYTES:
        raise ClaimcliError(f"'{path}' would be larger than 64 MiB", "name another with --file")
    record = next((result.record for result in results if result.record), None)
    last = results[-1]
    if record and last.record is not record:
        record = _same_record(record, last)  # a later edit may have moved it
    return FileChange(path, before, after, record), replace(last, record=record)


def _same_record(record: Record, text: EditedText) -> Record | None:
    records = (one for reading in text.readings for one in reading.records)
    return next((one for one in records if (type(one), one.id) == (type(record), record.id)), None)


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
        raise existing_error(path, error.problem) from None
