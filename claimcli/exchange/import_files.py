"""The files that an import writes, and the edits of their texts."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from claimcli.core.problems import ClaimcliError, Problem
from claimcli.core.schema import RECORD_KINDS, SECTIONS
from claimcli.dossier.files import SUFFIXES, DataFiles
from claimcli.dossier.index.lookup import FileKey
from claimcli.dossier.reader import RecordBatch, read_text
from claimcli.edit.assignments import Assignment
from claimcli.edit.canonical_edits import keep_canonical
from claimcli.edit.fmt.new_text import new_text
from claimcli.edit.new_records import heading, named_file
from claimcli.edit.record_edits import (
    EditedText,
    InvalidEditError,
    append_records,
    cannot_edit,
    value_content,
)
from claimcli.edit.set_fields import set_fields_of_records
from claimcli.edit.transaction import FileEdit
from claimcli.syntax.edit.values import Value
from claimcli.syntax.nodes import MappingNode, Node, ScalarNode
from claimcli.syntax.parser import parse_entries

MAX_RECORDS = 500
"""Records in one file of a large import, so that later edits of the file are fast."""
Updates = Mapping[tuple[str, str], Sequence[Assignment]]


class AddedRecord(Struct, frozen=True):
    """A new record; ``write`` returns its fields when they are written."""

    kind: str
    write: Callable[[], Mapping[str, Value]]

    @property
    def fields(self) -> Mapping[str, Value]:
        """The fields in their order."""
        return self.write()


def places_for(
    db: sqlite3.Connection, files: DataFiles, output: Path, name: str, count: int
) -> Iterator[tuple[FileKey, int]]:
    """Yield the files for so many new records of an import, each with its number of records.

    ``output`` is a YAML file or the folder to write to; ``name`` is that of the import. Up to
    :data:`MAX_RECORDS` records go to the file NAME.yaml, more to NAME-001.yaml and so on.
    Raises ClaimcliError if a file is not one of the dossier.
    """
    if output.suffix.lower() in SUFFIXES or output.is_file():
        yield named_file(output, files), count
        return
    single = output / f"{name}.yaml"
    numbers = _numbers(output, name)
    if not numbers and count + _records_in(db, files, single) <= MAX_RECORDS:
        yield named_file(single, files), count
        return
    number = max(numbers, default=1)
    while count > 0:
        file = output / f"{name}-{number:03}.yaml"
        room = min(MAX_RECORDS - _records_in(db, files, file), count)
        if room > 0:
            yield named_file(file, files), room
            count -= room
        number += 1


def _numbers(folder: Path, name: str) -> list[int]:
    """Return the numbers of the files that earlier imports of a name wrote to a folder."""
    matches = (
        re.fullmatch(rf"{re.escape(name)}-([0-9]{{3,9}})\.yaml", path.name)
        for path in (folder.iterdir() if folder.is_dir() else ())
    )
    return [int(match[1]) for match in matches if match]


def _records_in(db: sqlite3.Connection, files: DataFiles, file: Path) -> int:
    """Return the number of records in a file of the dossier, 0 if it does not exist."""
    if not file.exists():
        return 0
    query = (
        "SELECT (SELECT count(*) FROM claims WHERE claims.file = f.file)"
        " + (SELECT count(*) FROM _registry r WHERE r.file = f.file)"
        " FROM files f WHERE root = ? AND path = ?"
    )
    row = db.execute(query, named_file(file, files)).fetchone()
    return int(row[0]) if row else 0


def file_edits(
    files: DataFiles,
    added: Iterable[tuple[FileKey, Sequence[AddedRecord]]],
    updates: Mapping[FileKey, Updates],
) -> list[FileEdit]:
    """Return the edits that add records to files and set fields of others, one for each file."""
    new = dict(added)
    edits = []
    for place in dict.fromkeys((*updates, *new)):
        start = heading(Path(files.path(*place)))
        edit = partial(_edit, start=start, new=new.get(place, ()), updates=updates.get(place, {}))
        edits.append(FileEdit(place, edit, start))
    return edits


def _edit(text: str, *, start: str, new: Sequence[AddedRecord], updates: Updates) -> EditedText:
    if text == start and not updates:
        return _new_file(start, new)
    return keep_canonical(partial(_edit_existing, new=new, updates=updates))(text)


def _edit_existing(text: str, *, new: Sequence[AddedRecord], updates: Updates) -> EditedText:
    edited = set_fields_of_records(text, updates) if updates else None
    for kind in RECORD_KINDS:
        if records := [one.fields for one in new if one.kind == kind]:
            edited = append_records(edited.text if edited else text, kind, records)
    if edited is None:
        raise cannot_edit("the file")
    return edited


def _new_file(start: str, new: Sequence[AddedRecord]) -> EditedText:
    """Return the text of a new file. Raises ClaimcliError if it would be read as something else."""
    sections = {
        section: [one.fields for one in new if one.kind == kind.name]
        for section, kind in SECTIONS.items()
    }
    text = start + new_text(sections)
    expected = {
        (section, record["id"]): value_content(record)
        for section, records in sections.items()
        for record in records
    }
    for entry in parse_entries(text, ""):
        if isinstance(entry, Problem):
            raise InvalidEditError(entry)
        written = node_content(entry.node)
        if expected.pop((entry.section.text, written["id"]), None) != written:
            raise cannot_edit(f"the new {entry.section.text}")
    if expected:
        raise cannot_edit("the new file")
    return EditedText(text, None, LazyReadings(text))


class LazyReadings(Struct, frozen=True):
    """The readings of a text that is read each time they are needed, which takes less memory."""

    text: str

    def __iter__(self) -> Iterator[RecordBatch]:
        return read_text(self.text)


def node_content(node: Node) -> Any:
    """Return the texts, lists and dicts in a node."""
    if isinstance(node, ScalarNode):
        return node.text.strip()
    if isinstance(node, MappingNode):
        return {key.text: node_content(value) for key, value in node.entries}
    return [node_content(item) for item in node.items]


def import_name(file: Path) -> str:
    """Return the name of the files with the records of an imported file."""
    return re.sub(r"[^a-z0-9._]+", "-", file.stem.lower()).strip("-._")[:60] or "imported"


def default_folder(paths: Sequence[Path]) -> Path:
    """Return where an import writes to by default: the first folder, or the first file."""
    folder = next((path for path in map(Path, paths) if path.is_dir()), None)
    if folder is None and not paths:
        raise ClaimcliError("no data folder to import into", "name one with --data")
    return folder or Path(paths[0])
