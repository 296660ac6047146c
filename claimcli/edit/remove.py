"""Removes records of a dossier, and the references to them if that is wanted."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from functools import partial

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.files import DataFiles
from claimcli.dossier.index.lookup import FileKey, file_of, free_id
from claimcli.dossier.index.mentions import derived_from, files_naming, text_of
from claimcli.edit.canonical_edits import keep_canonical
from claimcli.edit.commands import resolve_record
from claimcli.edit.id_changes import IdChanges, change_ids
from claimcli.edit.mentions import Name
from claimcli.edit.references import Reference, described_sources, references
from claimcli.edit.rename import derived_notes, listed, with_ids_of_file
from claimcli.edit.target import EditTarget
from claimcli.edit.transaction import Change, FileEdit, Plan, file_errors, read_file_text

MAX_LISTED = 50
"""References listed in notes and errors."""


class ReferencedError(ClaimcliError):
    """Others refer to records that are to be removed: ``references`` has a line for each."""

    def __init__(self, message: str, hint: str, references: Sequence[str]) -> None:
        super().__init__(message, hint)
        self.references = references


def remove_records(
    target: EditTarget, names: Sequence[str], kind: str | None, *, unlink: bool = False
) -> Change:
    """Remove records; ``unlink`` also removes the references to them, otherwise they are an error.

    Answers nested in a removed claim then become separate claims. Raises ClaimcliError if a record
    does not exist, or if another one would lose a reference that it needs.
    """

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:
        named = frozenset(resolve_record(db, name, kind) for name in names)
        homes = [*dict.fromkeys(file_of(db, *name) for name in sorted(named))]
        removed = named | _described_in(files, homes, named)
        found = _references(db, files, removed)
        lines = [f"{path}:{one.at[0]}:{one.at[1]}: {one.text}" for path, one in found]
        if lines and not unlink:
            raise _referenced(lines, named)
        nested = [one.owner for _, one in found if one.is_nested]
        changes = IdChanges(_separate_ids(db, nested), removed, frozenset(nested))
        for place in homes:
            changes = with_ids_of_file(files.path(*place), changes)
        edit = keep_canonical(partial(change_ids, changes=changes))
        places = files_naming(db, removed | changes.renamed.keys())
        notes = [f"note: unlinked {line}" for line in _shortened(lines)]
        notes += [*derived_notes(changes.renamed), *_text_notes(db, removed)]
        title = f"removal of {listed([f'{one} {name}' for one, name in sorted(named)])}"
        return Plan(tuple(FileEdit(place, edit) for place in places), tuple(notes), title=title)

    return target.apply(plan)


def _described_in(
    files: DataFiles, places: Iterable[FileKey], claims: Collection[Name]
) -> set[Name]:
    """Return the sources that some claims describe."""
    sources: set[Name] = set()
    for place in places:
        path = files.path(*place)
        with file_errors(path):
            sources |= described_sources(read_file_text(path), claims)
    return sources


def _references(
    db: sqlite3.Connection, files: DataFiles, removed: Collection[Name]
) -> list[tuple[str, Reference]]:
    """Return the references to some records from others, with the paths of their files."""
    found = []
    for place in files_naming(db, removed):
        path = files.path(*place)
        with file_errors(path):
            found += [(path, one) for one in references(read_file_text(path), removed)]
    return found


def _referenced(lines: Sequence[str], names: Collection[Name]) -> ReferencedError:
    kind, name = min(names)
    what = f"{kind} '{name}'" if len(names) == 1 else f"the {len(names)} records"
    refer = "1 place refers" if len(lines) == 1 else f"{len(lines):,} places refer"
    hint = "remove those records too, or the references with --unlink"
    return ReferencedError(f"{refer} to {what}", hint, _shortened(lines))


def _shortened(lines: Sequence[str]) -> list[str]:
    more = len(lines) - MAX_LISTED
    return [*lines[:MAX_LISTED], *([f"and {more:,} more"] if more > 0 else [])]


def _separate_ids(db: sqlite3.Connection, answers: Iterable[Name]) -> dict[Name, str]:
    """Return the new ids of answers that become separate claims, and the ids derived from them."""
    renamed: dict[Name, str] = {}
    for _, old in answers:
        if "/" in old:
            new = free_id(db, old.replace("/", "-"))
            for name in derived_from(db, old):
                renamed[name] = new + name[1].removeprefix(old)
            renamed["claim", old] = new
    return renamed


def _text_notes(db: sqlite3.Connection, removed: Iterable[Name]) -> list[str]:
    """Return a note for each removed source that has a text on file."""
    texts = [text_of(db, name) for kind, name in sorted(removed) if kind == "source"]
    return [f"note: the text '{text}' stays on file" for text in texts if text]
