"""Claims added, answered and changed: what is to be written, and into which file of a dossier."""

import os
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.core.schema import RESPONSE, Kind
from claimcli.core.text.suggestions import one_of
from claimcli.dossier.field_parsers import ID
from claimcli.dossier.files import SUFFIXES, DataFiles, find_files
from claimcli.dossier.index.lookup import (
    KINDS,
    FileKey,
    file_of,
    free_id,
    is_taken,
    issue_of,
    kind_of,
    main_file_on_issue,
    require_claim,
    require_record,
    resolve_party,
    similar_name_notes,
)
from claimcli.dossier.json_schema import SCHEMA_FILE
from claimcli.dossier.open import LoadOptions, with_index
from claimcli.edit.assignments import parse_assignment
from claimcli.edit.excerpt import RecordExcerpt, extract_record, replace_record
from claimcli.edit.init import schema_line
from claimcli.edit.record_edits import EditedText, IdChangeError, add_record, add_response
from claimcli.edit.set_fields import set_fields
from claimcli.edit.transaction import FileChange, Plan, change_dossier, file_errors, read_file_text
from claimcli.syntax.edit.values import Value

MOST_WORDS = 4
"""Words of a statement that make an id."""
_TELLING = re.compile(
    r"\b(?!(?:all|an?|and|are|as|at|be|been|by|for|from|had|has|have|in|into|is|its?|of|on|or|that|the"
    r"|their|there|this|to|was|were|will|with)\b)[a-z0-9]+"
)
"""Words that say something on their own."""


class EditTarget(Struct, frozen=True):
    """Where a claim is to be written: ``paths`` of the dossier, a file of it that is named."""

    paths: Sequence[Path]
    file: Path | None = None
    options: LoadOptions = LoadOptions()
    dry_run: bool = False

    def apply(self, plan: Callable[[sqlite3.Connection, DataFiles], Plan]) -> FileChange:
        """Make a change as :func:`claimcli.edit.transaction.change_dossier` does."""
        return change_dossier(self.paths, plan, self.options, dry_run=self.dry_run)


def add(draft: EditTarget, record: Mapping[str, Value]) -> FileChange:
    """Add a claim, to the file that holds others on its issue where none is named.

    An id is made of the statement where none is given. Raises ClaimcliError where the claim cannot
    stand as it is.
    """

    def plan(db: sqlite3.Connection, found: DataFiles) -> Plan:
        return _alone(draft, db, found, record, record.get("issue"))

    return draft.apply(plan)


def respond(
    draft: EditTarget, claim: str, kind: Kind, record: Mapping[str, Value], *, apart: bool = False
) -> FileChange:
    """Add an answer under the claim that it answers, or ``apart`` as a claim of its own.

    It stands as a claim of its own, too, where an answer without an id would be called otherwise by
    it: those are numbered as they stand.
    Raises ClaimcliError where there is no such claim, and as :func:`add` does.
    """

    def plan(db: sqlite3.Connection, found: DataFiles) -> Plan:
        target = require_claim(db, claim)
        target_value = target if kind is Kind.DENIES else {"claim": target, "kind": kind.value}
        alone = {**record, "responds_to": target_value}
        if apart or draft.file:
            return _alone(draft, db, found, alone, record.get("issue") or issue_of(db, target))
        told = {} if kind is Kind.DENIES else {"kind": kind.value}
        whole = ordered_claim({**_named(db, record), **told})
        thread = "rebuttals" if kind.opposes else "responses"

        def edit(text: str) -> EditedText:
            try:
                return add_response(text, target, thread, whole)
            except IdChangeError:
                return add_record(text, "claim", ordered_claim(_with_id(db, _named(db, alone))))

        return Plan(file_of(db, "claim", target), edit, notes=_notes(db, whole))

    return draft.apply(plan)


def set_record(draft: EditTarget, name: str, kind: str | None, wanted: Sequence[str]) -> FileChange:
    """Set fields of a record, each given as ``field=value``, ``field+=value`` or ``field-=value``.

    Raises ClaimcliError where there is no such record, or no such field.
    """

    def plan(db: sqlite3.Connection, found: DataFiles) -> Plan:  # noqa: ARG001 - as all plans
        meant, own = resolve_record(db, name, kind)
        assignments = [parse_assignment(text, meant) for text in wanted]
        edit = partial(set_fields, kind=meant, name=own, wanted=assignments)
        return Plan(file_of(db, meant, own), edit)

    return draft.apply(plan)


class OpenedRecord(Struct, frozen=True):
    """A record's own lines, as an editor is to show them: which record, in which file."""

    kind: str
    name: str
    path: str
    excerpt: RecordExcerpt


def open_record(draft: EditTarget, name: str, kind: str | None) -> OpenedRecord:
    """Return the lines of a record. Raises ClaimcliError where there is none, or none to be had."""
    found = find_files(draft.paths)

    def use(db: sqlite3.Connection) -> OpenedRecord:
        meant, own = resolve_record(db, name, kind)
        path = found.path(*file_of(db, meant, own))
        return OpenedRecord(meant, own, path, _excerpt(path, meant, own))

    return with_index(found, use, draft.options)


def _excerpt(path: str, kind: str, name: str) -> RecordExcerpt:
    text = read_file_text(path)
    with file_errors(path):
        return extract_record(text, kind, name)


def save_record(draft: EditTarget, record: OpenedRecord, shown: str) -> FileChange:
    """Put a record's lines back as an editor left them.

    Raises ClaimcliError where they cannot stand so, or were changed meanwhile.
    """

    def plan(db: sqlite3.Connection, found: DataFiles) -> Plan:  # noqa: ARG001 - as all plans
        require_record(db, record.kind, record.name)
        edit = partial(
            replace_record, kind=record.kind, name=record.name, excerpt=record.excerpt, shown=shown
        )
        return Plan(file_of(db, record.kind, record.name), edit)

    return draft.apply(plan)


def resolve_record(db: sqlite3.Connection, name: str, kind: str | None) -> tuple[str, str]:
    """Return kind and id of the record that is meant by ``id`` or ``kind:id``.

    Raises ClaimcliError where there is none, or where several kinds have one.
    """
    first, colon, rest = name.partition(":")
    if colon:
        kind, name = first, rest
    if kind is None:
        return kind_of(db, name), name
    known = one_of(kind, KINDS, "kind of record")
    require_record(db, known, name)
    return known, name


def ordered_claim(record: Mapping[str, Any]) -> dict[str, Value]:
    """Return the fields of a claim in the order in which they are written."""
    return {name: record[name] for name in RESPONSE.names if record.get(name)}


def id_from_statement(statement: str, otherwise: str) -> str:
    """Return an id that says in a few words what a claim is, else the other one."""
    plain = unicodedata.normalize("NFKD", statement.casefold()).encode("ascii", "ignore").decode()
    telling = _TELLING.findall(plain.replace("'", ""))
    found = "-".join(word[:30] for word in telling[:MOST_WORDS])
    return found or otherwise


def _alone(
    draft: EditTarget,
    db: sqlite3.Connection,
    found: DataFiles,
    record: Mapping[str, Value],
    issue: Value | None,
) -> Plan:
    whole = _with_id(db, _named(db, record))
    place = _place(draft, db, found, str(issue) if issue else None)
    path = Path(found.path(*place))
    edit = partial(add_record, kind="claim", record=ordered_claim(whole))
    return Plan(place, edit, start=_heading(path), notes=_notes(db, whole))


def _with_id(db: sqlite3.Connection, record: Mapping[str, Value]) -> dict[str, Value]:
    """Return a claim with an id that no other has: its own, or one made of its statement."""
    if "id" in record:
        if is_taken(db, "claim", str(record["id"])):
            raise ClaimcliError(f"a second claim '{record['id']}'", "give it another id with --id")
        return dict(record)
    party = _first(record.get("party", "claim"))
    name = free_id(db, id_from_statement(str(record.get("statement", "")), f"{party}-1"))
    return {**record, "id": name}


def _named(db: sqlite3.Connection, record: Mapping[str, Value]) -> dict[str, Value]:
    """Return a claim in which parties that are called by their names have their ids."""
    parties = [resolve_party(db, str(word)) for word in _listed(record.get("party", []))]
    return {**record, "party": parties[0] if len(parties) == 1 else parties}


def _notes(db: sqlite3.Connection, record: Mapping[str, Value]) -> tuple[str, ...]:
    parties = map(str, _listed(record.get("party", [])))
    issues = map(str, _listed(record.get("issue", [])))
    return (*similar_name_notes(db, "party", parties), *similar_name_notes(db, "issue", issues))


def _listed(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list | tuple) else [value]


def _first(value: Value) -> str:
    return str(next(iter(_listed(value)), "claim"))


def _place(
    draft: EditTarget, db: sqlite3.Connection, found: DataFiles, issue: str | None
) -> FileKey:
    """Return the file that a claim is to stand in."""
    if draft.file:
        return _named_file(draft.file, found)
    if issue and (place := main_file_on_issue(db, issue)):
        return place
    first = os.path.realpath(draft.paths[0])
    root = next(n for n, name in enumerate(found.roots) if os.path.realpath(name) == first)
    name = issue if issue and ID.fullmatch(issue) else "claims"
    return (root, f"claims/{name}.yaml" if Path(first).is_dir() else "")


def _named_file(file: Path, found: DataFiles) -> FileKey:
    """Return the place of a file in the dossier. Raises ClaimcliError where it is in no folder."""
    real = Path(os.path.realpath(file))
    for root, path, *_ in found.stamps:
        if os.path.realpath(found.path(root, path)) == str(real):
            return (root, path)
    if real.exists() and not real.is_file():
        raise ClaimcliError(f"'{file}' is no file", "name a file that ends in .yaml")
    if not real.name.lower().endswith(SUFFIXES):
        raise ClaimcliError(f"'{file}' ends neither in .yaml nor in .yml", "add the ending")
    for root, folder in enumerate(found.real):
        if Path(folder).is_dir() and real.is_relative_to(folder):
            below = real.relative_to(folder)
            if any(part.startswith(".") for part in below.parts):
                raise ClaimcliError(f"'{file}' is hidden, and would not be read", "rename it")
            return (root, below.as_posix())
    where = next((r for r in found.roots if Path(r).is_dir()), found.roots[0])
    raise ClaimcliError(f"'{file}' is no file of the dossier", f"name one in '{where}'")


def _heading(path: Path) -> str:
    """Return the line by which editors find the schema, where there is one; else nothing."""
    folder = Path(os.path.realpath(path.parent))
    for above in (folder, *folder.parents):
        if (above / SCHEMA_FILE).is_file():
            return schema_line(folder / path.name, above)
    return ""
