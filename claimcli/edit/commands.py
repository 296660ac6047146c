"""The commands that write records: which record, which file of the dossier, and which edit."""

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
    position_notes,
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

MAX_ID_WORDS = 4
"""Maximum number of words of a statement in an id."""
_CONTENT_WORD = re.compile(
    r"\b(?!(?:all|an?|and|are|as|at|be|been|by|for|from|had|has|have|in|into|is|its?|of|on|or|that|the"
    r"|their|there|this|to|was|were|will|with)\b)[a-z0-9]+"
)
"""Words that are not mere function words."""


class EditTarget(Struct, frozen=True):
    """The dossier to change, and the file of it that the user selected, if any."""

    paths: Sequence[Path]
    file: Path | None = None
    options: LoadOptions = LoadOptions()
    dry_run: bool = False

    def apply(self, plan: Callable[[sqlite3.Connection, DataFiles], Plan]) -> FileChange:
        """Make a change with :func:`claimcli.edit.transaction.change_dossier`."""
        return change_dossier(self.paths, plan, self.options, dry_run=self.dry_run)


def add(target: EditTarget, record: Mapping[str, Value]) -> FileChange:
    """Add a claim, by default to the file with most claims on its issue.

    Without an id it gets one from its statement. Raises ClaimcliError if the claim is invalid.
    """

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:
        return _plan_claim(target, db, files, record, record.get("issue"))

    return target.apply(plan)


def respond(
    target: EditTarget, claim: str, kind: Kind, record: Mapping[str, Value], *, apart: bool = False
) -> FileChange:
    """Add an answer below the claim that it answers, or with ``apart`` as a separate claim.

    Also as a separate claim if another answer, numbered by its place, would get another id. Raises
    ClaimcliError if there is no such claim, and as :func:`add` does.
    """

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:
        answered = require_claim(db, claim)
        reference = answered if kind is Kind.DENIES else {"claim": answered, "kind": kind.value}
        separate = {**record, "responds_to": reference}
        if apart or target.file:
            return _plan_claim(
                target, db, files, separate, record.get("issue") or issue_of(db, answered)
            )
        kind_field = {} if kind is Kind.DENIES else {"kind": kind.value}
        whole = ordered_claim({**_named(db, record), **kind_field})
        thread = "rebuttals" if kind.opposes else "responses"

        def edit(text: str) -> EditedText:
            try:
                return add_response(text, answered, thread, whole)
            except IdChangeError:
                return add_record(text, "claim", ordered_claim(_with_id(db, _named(db, separate))))

        return Plan(
            file_of(db, "claim", answered), edit, notes=_notes(db, whole, issue_of(db, answered))
        )

    return target.apply(plan)


def set_record(
    target: EditTarget, name: str, kind: str | None, wanted: Sequence[str]
) -> FileChange:
    """Set fields of a record, each given as ``field=value``, ``field+=value`` or ``field-=value``.

    Raises ClaimcliError if there is no such record or field.
    """

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:  # noqa: ARG001 - as all plans
        meant, own = resolve_record(db, name, kind)
        assignments = [parse_assignment(text, meant) for text in wanted]
        edit = partial(set_fields, kind=meant, name=own, wanted=assignments)
        given = {one.field: one.value for one in assignments if one.value}
        issue = issue_of(db, own) if meant == "claim" and "position" in given else None
        return Plan(file_of(db, meant, own), edit, notes=tuple(_position_notes(db, given, issue)))

    return target.apply(plan)


class OpenedRecord(Struct, frozen=True):
    """A record to be edited in an editor: its kind, id and file, and its lines."""

    kind: str
    name: str
    path: str
    excerpt: RecordExcerpt


def open_record(target: EditTarget, name: str, kind: str | None) -> OpenedRecord:
    """Return the lines of a record. Raises ClaimcliError if it cannot be edited."""
    files = find_files(target.paths)

    def use(db: sqlite3.Connection) -> OpenedRecord:
        meant, own = resolve_record(db, name, kind)
        path = files.path(*file_of(db, meant, own))
        text = read_file_text(path)
        with file_errors(path):
            return OpenedRecord(meant, own, path, extract_record(text, meant, own))

    return with_index(files, use, target.options)


def save_record(target: EditTarget, record: OpenedRecord, shown: str) -> FileChange:
    """Replace the lines of a record by those from an editor.

    Raises ClaimcliError if they are invalid, or if the record was changed meanwhile.
    """

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:  # noqa: ARG001 - as all plans
        require_record(db, record.kind, record.name)
        edit = partial(
            replace_record, kind=record.kind, name=record.name, excerpt=record.excerpt, shown=shown
        )
        return Plan(file_of(db, record.kind, record.name), edit)

    return target.apply(plan)


def resolve_record(db: sqlite3.Connection, name: str, kind: str | None) -> tuple[str, str]:
    """Return kind and id of the record that ``id`` or ``kind:id`` refers to.

    Raises ClaimcliError if the id is unknown, or if records of several kinds have the id.
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
    """Return the fields of a claim that have a value, in their order in a file."""
    return {name: record[name] for name in RESPONSE.names if record.get(name)}


def id_from_statement(statement: str, otherwise: str) -> str:
    """Return an id made of a few words of a statement, else ``otherwise``."""
    plain = unicodedata.normalize("NFKD", statement.casefold()).encode("ascii", "ignore").decode()
    words = _CONTENT_WORD.findall(plain.replace("'", ""))
    return "-".join(word[:30] for word in words[:MAX_ID_WORDS]) or otherwise


def _plan_claim(
    target: EditTarget,
    db: sqlite3.Connection,
    files: DataFiles,
    record: Mapping[str, Value],
    issue: Value | None,
) -> Plan:
    whole = _with_id(db, _named(db, record))
    place = _place(target, db, files, str(issue) if issue else None)
    path = Path(files.path(*place))
    edit = partial(add_record, kind="claim", record=ordered_claim(whole))
    return Plan(place, edit, start=_heading(path), notes=_notes(db, whole, issue))


def _with_id(db: sqlite3.Connection, record: Mapping[str, Value]) -> dict[str, Value]:
    """Return a claim with a unique id: its own, or one made of its statement."""
    if "id" in record:
        if is_taken(db, "claim", str(record["id"])):
            raise ClaimcliError(f"a second claim '{record['id']}'", "give it another id with --id")
        return dict(record)
    party = next(iter(_listed(record.get("party", []))), "claim")
    name = free_id(db, id_from_statement(str(record.get("statement", "")), f"{party}-1"))
    return {**record, "id": name}


def _named(db: sqlite3.Connection, record: Mapping[str, Value]) -> dict[str, Value]:
    """Return a claim with party names replaced by party ids."""
    parties = [resolve_party(db, str(word)) for word in _listed(record.get("party", []))]
    return {**record, "party": parties[0] if len(parties) == 1 else parties}


def _notes(
    db: sqlite3.Connection, record: Mapping[str, Value], issue: Value | None
) -> tuple[str, ...]:
    """Return notes on names that are new or unusual; ``issue`` is inherited or the record's own."""
    parties = map(str, _listed(record.get("party", [])))
    issues = map(str, _listed(record.get("issue", [])))
    return (
        *similar_name_notes(db, "party", parties),
        *similar_name_notes(db, "issue", issues),
        *_position_notes(db, record, issue),
    )


def _position_notes(
    db: sqlite3.Connection, record: Mapping[str, Value], issue: Value | None
) -> list[str]:
    position, own = record.get("position"), record.get("issue") or issue
    return position_notes(db, str(own), str(position)) if position and own else []


def _listed(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list | tuple) else [value]


def _place(
    target: EditTarget, db: sqlite3.Connection, files: DataFiles, issue: str | None
) -> FileKey:
    """Return the file for a new claim."""
    if target.file:
        return _named_file(target.file, files)
    if issue and (place := main_file_on_issue(db, issue)):
        return place
    first = os.path.realpath(target.paths[0])
    root = next(n for n, name in enumerate(files.roots) if os.path.realpath(name) == first)
    name = issue if issue and ID.fullmatch(issue) else "claims"
    return (root, f"claims/{name}.yaml" if Path(first).is_dir() else "")


def _named_file(file: Path, files: DataFiles) -> FileKey:
    """Return the key of a file of the dossier. Raises ClaimcliError otherwise."""
    real = Path(os.path.realpath(file))
    for root, path, *_ in files.stamps:
        if os.path.realpath(files.path(root, path)) == str(real):
            return (root, path)
    if real.exists() and not real.is_file():
        raise ClaimcliError(f"'{file}' is not a file", "name a file that ends in .yaml")
    if not real.name.lower().endswith(SUFFIXES):
        raise ClaimcliError(f"'{file}' ends neither in .yaml nor in .yml", "add the ending")
    for root, folder in enumerate(files.real):
        if Path(folder).is_dir() and real.is_relative_to(folder):
            below = real.relative_to(folder)
            if any(part.startswith(".") for part in below.parts):
                raise ClaimcliError(f"'{file}' is hidden, and would not be read", "rename it")
            return (root, below.as_posix())
    where = next((r for r in files.roots if Path(r).is_dir()), files.roots[0])
    raise ClaimcliError(f"'{file}' is not in a folder of the dossier", f"name one in '{where}'")


def _heading(path: Path) -> str:
    """Return the line that tells editors the path of the schema, "" if there is no schema."""
    folder = Path(os.path.realpath(path.parent))
    for above in (folder, *folder.parents):
        if (above / SCHEMA_FILE).is_file():
            return schema_line(folder / path.name, above)
    return ""
