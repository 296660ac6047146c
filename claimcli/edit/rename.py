"""Gives a record another id, in every place of a dossier that names it."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.files import DataFiles
from claimcli.dossier.index.lookup import file_of, is_mentioned, is_taken
from claimcli.dossier.index.mentions import (
    contains_id,
    files_naming,
    files_with_answers_of,
    notes_naming,
)
from claimcli.dossier.value_parsers import ID, MAX_ID, id_hint
from claimcli.edit.canonical_edits import has_other_lengths, keep_canonical
from claimcli.edit.commands import resolve_record
from claimcli.edit.id_changes import IdChanges, change_ids, with_derived_ids
from claimcli.edit.mentions import Name
from claimcli.edit.target import EditTarget
from claimcli.edit.transaction import Change, FileEdit, Plan, file_errors, read_file_text

MAX_LISTED = 5
"""Records named in one note."""


def rename_record(
    target: EditTarget, name: str, kind: str | None, new: str, *, settings: Path | None = None
) -> Change:
    """Rename a record, or a party, an issue or an event without a record, wherever it is named.

    Ids derived from its id change too. Those in notes and in the file of ``settings`` do not, but
    the notes of the change say where they are. Raises ClaimcliError if there is no such record, or
    if the new id is invalid or taken.
    """

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:
        meant, own = resolve_record(db, name, kind, mentioned=True)
        wanted = new.removeprefix(f"{meant}:")
        if wanted == own:
            raise ClaimcliError(f"'{own}' has this id already", "write another one")
        _refuse_id(db, meant, wanted)
        changes = IdChanges({(meant, own): wanted}, given=(meant, own))
        home = [file_of(db, meant, own)] if is_taken(db, meant, own) else []
        for place in files_with_answers_of(db, own) if meant == "party" else home:
            changes = with_ids_of_file(files.path(*place), changes)
        places = dict.fromkeys((*home, *files_naming(db, changes.renamed)))
        edit = keep_canonical(partial(change_ids, changes=changes), has_other_lengths)
        derived = {name: to for name, to in changes.renamed.items() if name != (meant, own)}
        notes = [*derived_notes(derived), *_note_of_notes(db, own, changes.renamed)]
        notes += _settings_notes(settings, own) if settings else []
        title = f"renaming of {meant} {own} to {wanted}"
        return Plan(tuple(FileEdit(place, edit) for place in places), tuple(notes), title=title)

    return target.apply(plan)


def with_ids_of_file(path: str, changes: IdChanges) -> IdChanges:
    """Return changes with the derived ids of the records in a file. Raises ClaimcliError."""
    with file_errors(path):
        return with_derived_ids(read_file_text(path), changes)


def derived_notes(renamed: Mapping[Name, str]) -> list[str]:
    """Return a note on the records whose ids change with another one."""
    pairs = [f"'{old}' is now '{new}'" for (_, old), new in renamed.items()]
    return [f"note: {listed(pairs)}"] if pairs else []


def _note_of_notes(db: sqlite3.Connection, name: str, renamed: Mapping[Name, str]) -> Iterator[str]:
    records = [f"{kind} '{renamed.get((kind, own), own)}'" for kind, own in notes_naming(db, name)]
    if records:
        yield f"note: '{name}' is also in the notes of {listed(records)}, which are not changed"


def _settings_notes(path: Path, name: str) -> Iterator[str]:
    """Yield a note for each line of a file of settings that contains an id."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if contains_id(line, name):
            yield f"note: '{name}' is also in {path}:{number}, which is not changed"


def listed(words: Sequence[str]) -> str:
    """Return words with commas, or the first of many with the number of the others."""
    more = len(words) - MAX_LISTED
    return ", ".join([*words[:MAX_LISTED], *([f"{more:,} more"] if more > 0 else [])])


def _refuse_id(db: sqlite3.Connection, kind: str, name: str) -> None:
    """Raise ClaimcliError if a record of a kind cannot get an id."""
    if not ID.fullmatch(name) or len(name) > MAX_ID:
        raise ClaimcliError(f"'{name}' is no id", id_hint(name))
    if is_taken(db, kind, name) or is_mentioned(db, kind, name):
        raise ClaimcliError(f"there is already a {kind} '{name}'", "choose another id")
