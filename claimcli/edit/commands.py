"""The commands that write records: which record, which file of the dossier, and which edit."""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from claimcli.core.response_kinds import Kind
from claimcli.core.text.suggestions import one_of
from claimcli.dossier.files import DataFiles, find_files
from claimcli.dossier.index.lookup import (
    KINDS,
    file_of,
    is_taken,
    issue_of,
    kind_of,
    require_claim,
    require_record,
    resolve_party,
    similar_name_notes,
)
from claimcli.dossier.open import with_index
from claimcli.edit.assignments import Assignment, parse_assignment
from claimcli.edit.canonical_edits import keep_canonical
from claimcli.edit.citations import CITED, keep_quotes
from claimcli.edit.cited_pages import Pages, cite_pages, joined
from claimcli.edit.excerpt import RecordExcerpt, extract_record, replace_record
from claimcli.edit.new_records import (
    NewRecord,
    claim_notes,
    mentioned_record,
    named_position_notes,
    ordered,
    plan_record,
    with_id,
    with_party_ids,
)
from claimcli.edit.record_edits import EditedText, IdChangeError, add_response, append_record
from claimcli.edit.set_fields import set_fields
from claimcli.edit.target import EditTarget
from claimcli.edit.text_files import NewText
from claimcli.edit.transaction import Change, FileEdit, Plan, file_errors, read_file_text
from claimcli.syntax.edit.values import Value


def add_record(
    target: EditTarget,
    kind: str,
    record: Mapping[str, Value],
    *,
    text: NewText | Path | None = None,
    pages: Pages = MappingProxyType({}),
) -> Change:
    """Add a record of a kind, by default to the file with most of them.

    A claim goes to the file with most claims on its issue. Without an id a record gets one from
    its statement, name, title or question. ``text`` is that of a source; ``pages`` are the sources
    to add of pages that a claim cites. Raises ClaimcliError if the record is invalid.
    """

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:
        claim, sources = cite_pages(target, db, files, record, pages)
        return joined(plan_record(target, db, files, NewRecord(kind, claim, text)), sources)

    return target.apply_reviewed(plan)


def respond(  # noqa: PLR0913 - an answer and its place
    target: EditTarget,
    claim: str,
    kind: Kind,
    record: Mapping[str, Value],
    *,
    apart: bool = False,
    pages: Pages = MappingProxyType({}),
) -> Change:
    """Add an answer below the claim that it answers, or with ``apart`` as a separate claim.

    Also as a separate claim if another answer, numbered by its place, would get another id. Raises
    ClaimcliError if there is no such claim, and as :func:`add_record` does.
    """

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:
        answered = require_claim(db, claim)
        reference = answered if kind is Kind.DENIES else {"claim": answered, "kind": kind.value}
        cited, sources = cite_pages(target, db, files, record, pages)
        separate = {**cited, "responds_to": reference}
        if apart or target.file:
            new = NewRecord("claim", separate)
            issue = issue_of(db, answered)
            return joined(plan_record(target, db, files, new, issue=issue), sources)
        return joined(_plan_below(db, answered, kind, cited, separate), sources)

    return target.apply_reviewed(plan)


def _plan_below(
    db: sqlite3.Connection,
    answered: str,
    kind: Kind,
    record: Mapping[str, Value],
    separate: Mapping[str, Value],
) -> Plan:
    """Plan an answer below a claim, or as the ``separate`` claim if ids would change."""
    kind_field = {} if kind is Kind.DENIES else {"kind": kind.value}
    whole = ordered("claim", {**with_party_ids(db, record), **kind_field})
    thread = "rebuttals" if kind.opposes else "responses"

    @keep_canonical
    def edit(text: str) -> EditedText:
        try:
            return add_response(text, answered, thread, whole)
        except IdChangeError:
            claim = with_id(db, "claim", with_party_ids(db, separate))
            return append_record(text, "claim", ordered("claim", claim))

    notes = claim_notes(db, whole, issue_of(db, answered))
    return Plan((FileEdit(file_of(db, "claim", answered), edit),), notes, title="add {}")


def set_record(target: EditTarget, name: str, kind: str | None, wanted: Sequence[str]) -> Change:
    """Set fields of a record, each given as ``field=value``, ``field+=value`` or ``field-=value``.

    A party, an issue or an event that is only mentioned gets a record. A source that replaces
    another one takes over its quote. Raises ClaimcliError if there is no such record or field.
    """

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:
        meant, own = resolve_record(db, name, kind, mentioned=True)
        assignments = [parse_assignment(text, meant) for text in wanted]
        if not is_taken(db, meant, own):
            return plan_record(target, db, files, mentioned_record(meant, own, assignments))
        place = file_of(db, meant, own)
        dropped: list[str] = []
        if meant == "claim" and any(one.field in CITED for one in assignments):
            assignments, dropped = keep_quotes(files.path(*place), own, assignments)
        edit = keep_canonical(partial(set_fields, kind=meant, name=own, wanted=assignments))
        given = {one.field: one.value for one in assignments if one.value}
        issue = issue_of(db, own) if meant == "claim" and "position" in given else None
        notes = (*named_position_notes(db, given, issue), *dropped)
        return Plan((FileEdit(place, edit),), notes, title="set {}")

    return target.apply_reviewed(plan)


def ask(target: EditTarget, claim: str, party: str, fields: Mapping[str, str]) -> Change:
    """Record that a party, given by id or name, was asked to comment on a claim.

    ``fields`` are the other fields of the request. Raises ClaimcliError if there is no such claim.
    """

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:  # noqa: ARG001 - as all plans
        require_claim(db, claim)
        asked = resolve_party(db, party)
        request = Assignment(("asked",), "+=", {"party": asked, **fields})
        edit = keep_canonical(partial(set_fields, kind="claim", name=claim, wanted=[request]))
        notes = similar_name_notes(db, "party", [asked])
        edits = (FileEdit(file_of(db, "claim", claim), edit),)
        return Plan(edits, tuple(notes), title="ask about {}")

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


def save_record(target: EditTarget, record: OpenedRecord, shown: str) -> Change:
    """Replace the lines of a record by those from an editor.

    Raises ClaimcliError if they are invalid, or if the record was changed meanwhile.
    """

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:  # noqa: ARG001 - as all plans
        require_record(db, record.kind, record.name)
        edit = partial(
            replace_record, kind=record.kind, name=record.name, excerpt=record.excerpt, shown=shown
        )
        place = file_of(db, record.kind, record.name)
        return Plan((FileEdit(place, keep_canonical(edit)),), title="edit {}")

    return target.apply_reviewed(plan)


def resolve_record(
    db: sqlite3.Connection, name: str, kind: str | None, *, mentioned: bool = False
) -> tuple[str, str]:
    """Return kind and id of the record that ``id`` or ``kind:id`` refers to.

    With ``mentioned`` also of a party, an issue or an event that has no record. Raises
    ClaimcliError if the id is unknown, or if records of several kinds have the id.
    """
    first, colon, rest = name.partition(":")
    if colon:
        kind, name = first, rest
    if kind is None:
        return kind_of(db, name, mentioned=mentioned), name
    known = one_of(kind, KINDS, "kind of record")
    require_record(db, known, name, mentioned=mentioned)
    return known, name
