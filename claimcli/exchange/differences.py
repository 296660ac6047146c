"""How imported records differ from those on file, and the assignments that update these."""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from claimcli.core.dates import Date
from claimcli.core.records import Claim, Record
from claimcli.core.response_kinds import Kind
from claimcli.core.schema import QUOTING, RECORD_KINDS, REPORTS, REQUEST, SOURCE, FieldType
from claimcli.dossier.index.rows import decode_claim, decode_record
from claimcli.dossier.value_parsers import short_text
from claimcli.edit.assignments import Assignment
from claimcli.exchange.answer_trees import compact
from claimcli.exchange.import_items import ImportItem, listed
from claimcli.syntax.edit.values import Value

_QUOTING = tuple(field.name for field in QUOTING)
_DESCRIBING = tuple(name for name in SOURCE.names if name != "id")


class Difference(Struct, frozen=True):
    """A field that differs: its path, as in an assignment, and both values."""

    path: tuple[str, ...]
    before: Any
    after: Value | None

    @property
    def text(self) -> str:
        """The values for a message."""
        before = f"'{_shown(self.before)}'" if self.before else "empty"
        return f"'{'.'.join(self.path)}' is {before} on file, '{_shown(self.after)}' here"

    @property
    def shortened(self) -> str:
        """What to say of a list that loses values, "" for other fields."""
        before, after = (listed(one) if one else [] for one in (self.before, self.after))
        if not (isinstance(self.before, list) and len(after) < len(before)):
            return ""
        field, were = ".".join(self.path), _shown(before)
        return f"'{field}' had {len(before):,} values and has {len(after):,} now; it was '{were}'"

    @property
    def assignment(self) -> Assignment:
        """The assignment that sets the imported value."""
        return Assignment(self.path, "=", self.after)


class StoredRecord(Struct, frozen=True):
    """A record on file: its fields as those of :class:`ImportItem`, and the citations' sources.

    ``nested`` is whether it is written in the claim that it answers first.
    """

    fields: Mapping[str, Any]
    described: Mapping[str, Mapping[str, Any]]
    nested: bool = False
    both_keys: bool = False


def stored_record(db: sqlite3.Connection, kind: str, name: str) -> StoredRecord:
    """Return the record on file with a kind and id, which must exist."""
    if kind != "claim":
        query = "SELECT record FROM _registry WHERE kind = ? AND id = ?"
        (data,) = db.execute(query, (kind, name)).fetchone()
        return StoredRecord(_values(decode_record(kind, data, "")), {})
    query = "SELECT i.record, c.issue FROM claims c JOIN _claims i USING (claim) WHERE c.id = ?"
    data, issue = db.execute(query, (name,)).fetchone()
    claim = decode_claim(data, "", issue, (None, None, None))
    described = {
        cited.source: stored_record(db, "source", cited.source).fields
        for cited in claim.citations
        if cited.source.startswith(f"{name}/")
    }
    first = next(iter(claim.responds_to), None)
    nested = first is not None and first.location.record == claim.location.record
    both = claim.location.has("source") and claim.location.has("sources")
    return StoredRecord(_claim_values(claim), described, nested, both)


def _claim_values(claim: Claim) -> dict[str, Any]:
    fields = _values(claim)
    fields["party"] = list(claim.parties)
    if claim.reports:
        fields["reports"] = _part(claim.reports, REPORTS.names)
    fields["source"] = [{"id": c.source, **_part(c, _QUOTING)} for c in claim.citations]
    fields["responds_to"] = [{"claim": a.claim, "kind": a.kind.value} for a in claim.responds_to]
    fields["asked"] = [_part(request, REQUEST.names) for request in claim.asked]
    return fields


def _values(record: Record) -> dict[str, Any]:
    """Return the fields of a record that have a value and are not records themselves."""
    names = (
        field.name
        for field in RECORD_KINDS[type(record).__name__.lower()].fields
        if field.type not in (FieldType.RECORD, FieldType.THREAD)
    )
    return _part(record, (name for name in names if hasattr(record, name)))


def _part(part: Any, names: Any) -> dict[str, Any]:
    values = ((name, getattr(part, name)) for name in names)
    return {name: _value(value) for name, value in values if value}


def _value(value: Any) -> Any:
    if isinstance(value, Date):
        return value.text
    if value is True:
        return "true"
    return [_value(one) for one in value] if isinstance(value, tuple) else value


def differences(record: ImportItem, stored: StoredRecord) -> list[Difference]:
    """Return the fields of an imported record that differ from the record on file.

    Fields that the imported record does not have are not compared.
    """
    result: list[Difference] = []
    for name, value in record.fields.items():
        if name != "id":
            compare = _COMPARED.get(name, _compare) if record.kind == "claim" else _compare
            result += compare(name, value, stored)
    return result


def _compare(name: str, value: Any, stored: StoredRecord) -> Iterator[Difference]:
    before = stored.fields.get(name)
    same = value == before or (value == "false" and not before)
    if not same and not (isinstance(value, str) and value.lower() == before == "true"):
        yield Difference((name,), before, value)


def _compare_party(name: str, value: Any, stored: StoredRecord) -> Iterator[Difference]:
    if listed(value) != stored.fields[name]:
        yield Difference((name,), compact_list(stored.fields[name]), value)


def compact_list(values: list[Any]) -> Any:
    """Return the one value of a list, else the list."""
    return values[0] if len(values) == 1 else values


def _compare_reports(name: str, value: Any, stored: StoredRecord) -> Iterator[Difference]:
    before = stored.fields.get(name)
    if not before:
        yield Difference((name,), None, value)
        return
    for part, text in value.items():
        if text != before.get(part):
            yield Difference((name, part), before.get(part), text)


def _compare_requests(name: str, value: Any, stored: StoredRecord) -> Iterator[Difference]:
    if value != stored.fields[name]:
        yield Difference((name,), stored.fields[name], compact_list(value))


def _compare_answers(name: str, value: Any, stored: StoredRecord) -> Iterator[Difference]:
    """Compare what a claim answers; the claim that contains a nested answer stays the same."""
    after = [{"claim": one["claim"], "kind": one.get("kind") or Kind.DENIES} for one in value]
    before = list(stored.fields[name])
    if after == before:
        return
    if stored.nested and after[0]["claim"] == before[0]["claim"]:
        if after[0]["kind"] != before[0]["kind"]:
            yield Difference(("kind",), before[0]["kind"], str(after[0]["kind"]))
        before, after = before[1:], after[1:]
        if after == before:
            return
    written = compact({name: after})[name]
    yield Difference((name,), compact({name: before})[name] or None, written or None)


def _compare_citations(name: str, value: Any, stored: StoredRecord) -> Iterator[Difference]:
    before = stored.fields[name]
    pairs = list(zip(before, value, strict=False))
    same = [_same_source(old, new, stored) for old, new in pairs]
    if len(before) == len(value) and all(same) and not stored.both_keys:
        for number, (old, new) in enumerate(pairs, 1):
            path = (name, str(number)) if len(value) > 1 else (name,)
            yield from _compare_citation(path, old, new, stored)
        return
    if (
        len(before) == len(value)
        and not any(one for o, n in pairs for one in _compare_citation((), o, n, stored))
        and all(same)
    ):
        return
    merged = [_merged(before, new, stored) for new in value]
    key, written = next(iter(compact({name: merged}).items()))
    yield Difference((key,), next(iter(compact({name: before}).values())), written)


def _same_source(old: Mapping[str, Any], new: Mapping[str, Any], stored: StoredRecord) -> bool:
    """Return whether two citations are of one source, which the claim may describe."""
    described = stored.described.get(old["id"])
    if "title" in new:
        return described is not None if "id" not in new else new["id"] == old["id"]
    return bool(new.get("id") == old["id"])


def _compare_citation(
    path: tuple[str, ...], old: Mapping[str, Any], new: Mapping[str, Any], stored: StoredRecord
) -> Iterator[Difference]:
    known = {**stored.described.get(old["id"], {}), **old}
    for part, text in new.items():
        if part != "id" and text != known.get(part):
            yield Difference((*path, part), known.get(part), text)


def _merged(
    before: list[Mapping[str, Any]], new: Mapping[str, Any], stored: StoredRecord
) -> dict[str, Any]:
    """Return an imported citation with the other fields of the one on file of that source."""
    old = next((one for one in before if one["id"] == new.get("id")), None)
    if old is None:
        return dict(new)
    described = stored.described.get(old["id"], {})
    kept = {k: v for k, v in {**described, **old}.items() if k != "id" or not described}
    return {**kept, **{k: v for k, v in new.items() if k != "id"}}


_COMPARED = {
    "party": _compare_party,
    "reports": _compare_reports,
    "asked": _compare_requests,
    "responds_to": _compare_answers,
    "source": _compare_citations,
}


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return short_text(", ".join(f"{name}: {_shown(below)}" for name, below in value.items()))
    return short_text(
        ", ".join(map(_shown, value)) if isinstance(value, list | tuple) else str(value)
    )
