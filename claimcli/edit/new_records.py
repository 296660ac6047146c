"""The plan for a new record: its id, its fields in order, its file, and notes for the user."""

import os
import re
import sqlite3
import unicodedata
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import starmap
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.core.schema import RECORD_KINDS, RESPONSE
from claimcli.core.text.escaping import web_link
from claimcli.dossier.files import SUFFIXES, DataFiles
from claimcli.dossier.index.lookup import (
    FileKey,
    free_id,
    is_taken,
    main_file_of,
    main_file_on_issue,
    position_notes,
    resolve_party,
    similar_name_notes,
)
from claimcli.dossier.json_schema import SCHEMA_FILE
from claimcli.dossier.value_parsers import ID
from claimcli.edit.assignments import Assignment
from claimcli.edit.canonical_edits import keep_canonical
from claimcli.edit.init import schema_line
from claimcli.edit.record_edits import append_record
from claimcli.edit.target import EditTarget
from claimcli.edit.text_files import NewText, place_text
from claimcli.edit.transaction import Attachment, FileEdit, Plan
from claimcli.syntax.edit.values import Value

NAMED_BY = {
    "claim": "statement", "party": "name", "source": "title", "issue": "question", "event": "title"
}  # fmt: skip
"""The field from which a record of a kind gets its id."""
_NUMBERED = ("claim", "source")
"""Kinds of which several records can have the same words, so that a derived id gets a number."""
MAX_ID_WORDS = 4
"""Maximum number of words of a text in an id."""
_CONTENT_WORD = re.compile(
    r"\b(?!(?:all|an?|and|are|as|at|be|been|by|for|from|had|has|have|in|into|is|its?|of|on|or|that|the"
    r"|their|there|this|to|was|were|will|with)\b)[a-z0-9]+"
)
"""Words that are not mere function words."""
_WORD = re.compile(r"\b[a-z0-9]+")


class NewRecord(Struct, frozen=True):
    """A record to add: its kind, its fields, and the text to store or the text file of a source."""

    kind: str
    fields: Mapping[str, Value]
    text: NewText | Path | None = None


def plan_record(
    target: EditTarget,
    db: sqlite3.Connection,
    files: DataFiles,
    new: NewRecord,
    *,
    issue: Value | None = None,
) -> Plan:
    """Return the plan to add a record; ``issue`` is that of a claim without its own issue.

    Raises ClaimcliError if its id is taken, if the target names an unsuitable file, or if its text
    cannot be stored.
    """
    kind, is_claim = new.kind, new.kind == "claim"
    issue = new.fields.get("issue") or issue
    whole = with_id(db, kind, with_party_ids(db, new.fields) if is_claim else new.fields)
    place = _place(target, db, files, kind, str(issue) if issue else None)
    path = Path(files.path(*place))
    attachments: tuple[Attachment, ...] = ()
    if new.text is not None:
        within = target.options.limits_of_texts(files)
        placed = place_text(new.text, str(whole["id"]), folder=path.parent, within=within)
        attachments = tuple(starmap(Attachment, placed.files.items()))
        whole |= placed.fields
    edit = keep_canonical(partial(append_record, kind=kind, record=ordered(kind, whole)))
    notes = claim_notes(db, whole, issue) if is_claim else _record_notes(db, kind, whole)
    return Plan((FileEdit(place, edit, heading(path)),), notes, attachments, "add {}")


def mentioned_record(kind: str, name: str, assignments: Sequence[Assignment]) -> NewRecord:
    """Return a record for an id that is only mentioned so far.

    Raises ClaimcliError if it lacks a field that it needs, or if a value is to be removed.
    """
    fields: dict[str, Value] = {}
    for one in assignments:
        if one.value is None or one.sign == "-=" or one.field == "id":
            hint = "rename it with 'claimcli mv'" if one.field == "id" else "set other fields"
            raise ClaimcliError(f"{kind} '{name}' is mentioned but has no record", hint)
        more = _listed(fields.get(one.field, []))
        fields[one.field] = [*more, one.value] if one.sign == "+=" else one.value
    if missing := [field for field in RECORD_KINDS[kind].required if field not in {"id", *fields}]:
        message = f"{kind} '{name}' is mentioned but has no record"
        raise ClaimcliError(message, f"set its {missing[0]} too, as in '{missing[0]}=...'")
    return NewRecord(kind, {"id": name, **fields})


def ordered(kind: str, record: Mapping[str, Any]) -> dict[str, Value]:
    """Return the fields of a record that have a value, in their order in a file."""
    names = RESPONSE.names if kind == "claim" else RECORD_KINDS[kind].names
    return {name: record[name] for name in names if record.get(name)}


def id_from_text(text: str, otherwise: str) -> str:
    """Return an id made of a few words of a text, or of a web address, else ``otherwise``."""
    text = _words_of_address(text) if web_link(text) else text
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    plain = plain.replace("'", "")
    words = _CONTENT_WORD.findall(plain) or _WORD.findall(plain)  # the party "A" has no other
    return "-".join(word[:30] for word in words[:MAX_ID_WORDS]) or otherwise


def _words_of_address(url: str) -> str:
    """Return the last part of the path of an address without its suffix, else the host."""
    try:
        parts = urlsplit(url)
    except ValueError:  # such as "Invalid IPv6 URL"
        return url
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return re.sub(r"\.[a-z]{2,5}$", "", last) or (parts.hostname or "").removeprefix("www.")


def with_id(db: sqlite3.Connection, kind: str, record: Mapping[str, Value]) -> dict[str, Value]:
    """Return a record with a unique id: its own, or one made of its words.

    Raises ClaimcliError if another record has the id.
    """
    if "id" in record:
        _refuse_taken(db, kind, str(record["id"]))
        return dict(record)
    first = next(iter(_listed(record.get("party", []))), kind)
    stem = id_from_text(str(record.get(NAMED_BY[kind], "")), f"{first}-1")
    if kind not in _NUMBERED:
        _refuse_taken(db, kind, stem)
    return {**record, "id": free_id(db, stem, kind)}


def _refuse_taken(db: sqlite3.Connection, kind: str, name: str) -> None:
    if is_taken(db, kind, name):
        change = "" if kind == "claim" else f", or change it with 'claimcli set {kind}:{name} ...'"
        raise ClaimcliError(f"a second {kind} '{name}'", f"give it another id with --id{change}")


def with_party_ids(db: sqlite3.Connection, record: Mapping[str, Value]) -> dict[str, Value]:
    """Return a claim with party names replaced by party ids."""
    parties = [resolve_party(db, str(word)) for word in _listed(record.get("party", []))]
    return {**record, "party": parties[0] if len(parties) == 1 else parties}


def claim_notes(
    db: sqlite3.Connection, record: Mapping[str, Value], issue: Value | None
) -> tuple[str, ...]:
    """Return notes on names that are new or unusual; ``issue`` is inherited or the record's own."""
    parties = map(str, _listed(record.get("party", [])))
    issues = map(str, _listed(record.get("issue", [])))
    return (
        *similar_name_notes(db, "party", parties),
        *similar_name_notes(db, "issue", issues),
        *named_position_notes(db, record, issue),
    )


def _record_notes(
    db: sqlite3.Connection, kind: str, record: Mapping[str, Value]
) -> tuple[str, ...]:
    above = [str(record["part_of"])] if record.get("part_of") else []
    untitled = kind == "source" and record.get("title") == record.get("url")
    set_title = f"note: the title is the address; claimcli set source:{record['id']} title=..."
    return (
        *([set_title] if untitled else []),
        *similar_name_notes(db, kind, [str(record["id"])]),
        *similar_name_notes(db, "party", above),
    )


def named_position_notes(
    db: sqlite3.Connection, record: Mapping[str, Value], issue: Value | None
) -> list[str]:
    """Return a note if the position of a claim is not one that its issue declares."""
    position, own = record.get("position"), record.get("issue") or issue
    return position_notes(db, str(own), str(position)) if position and own else []


def _listed(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list | tuple) else [value]


def _place(
    target: EditTarget, db: sqlite3.Connection, files: DataFiles, kind: str, issue: str | None
) -> FileKey:
    """Return the file for a new record."""
    if target.file:
        return named_file(target.file, files)
    if kind != "claim":
        place, name = main_file_of(db, kind), RECORD_KINDS[kind].section
    else:
        place = main_file_on_issue(db, issue) if issue else None
        name = f"claims/{issue if issue and ID.fullmatch(issue) else 'claims'}"
    if place:
        return place
    first = os.path.realpath(target.paths[0])
    root = next(n for n, name in enumerate(files.roots) if os.path.realpath(name) == first)
    return (root, f"{name}.yaml" if Path(first).is_dir() else "")


def named_file(file: Path, files: DataFiles) -> FileKey:
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


def heading(path: Path) -> str:
    """Return the line that tells editors the path of the schema, "" if there is no schema."""
    folder = Path(os.path.realpath(path.parent))
    for above in (folder, *folder.parents):
        if (above / SCHEMA_FILE).is_file():
            return schema_line(folder / path.name, above)
    return ""
