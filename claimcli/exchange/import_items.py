"""The records of an import while they get ids: one for each record, nested answers included."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from claimcli.core.dates import parse_date
from claimcli.core.schema import CLAIM, PARTS, RECORD_KINDS, FieldType
from claimcli.dossier.informal_dates import edtf_of
from claimcli.exchange.records import ImportedRecord

THREADS = ("rebuttals", "responses")
DATES = {
    name: tuple(field.name for field in kind.fields if field.type is FieldType.DATE)
    for name, kind in (RECORD_KINDS | PARTS).items()
}
_PARTS = {field.name: field.of for field in CLAIM.fields if field.type is FieldType.RECORD}


class ImportItem(Struct):
    """A record to import: its fields, which change until they are those to write.

    ``origin`` is the record that was read. ``id`` is the one that it gets, or that of the record on
    file that it ``matches``. ``below`` is the claim in whose answers it was read, if any. The
    citations of a claim are all in ``source``, a list of mappings, and so are ``responds_to`` and
    ``asked``.
    """

    kind: str
    fields: dict[str, Any]
    origin: ImportedRecord
    id: str = ""
    matches: bool = False
    below: "ImportItem | None" = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"{self.kind} '{self.id}'" if self.id else f"this {self.kind}"

    def cell(self, *fields: str) -> str:
        """Return the location of the first of some fields that has one, else of the record."""
        cells = self.origin.cells
        return next((cells[name] for name in fields if name in cells), self.origin.where)


def import_items(records: Sequence[ImportedRecord]) -> list[ImportItem]:
    """Return the records in the order of an import, answers after the claim that lists them."""
    return [one for record in records for one in _with_answers(record, record.fields, None)]


def _with_answers(
    origin: ImportedRecord, fields: Mapping[str, Any], above: ImportItem | None
) -> Iterator[ImportItem]:
    own = {name: value for name, value in fields.items() if value and name not in THREADS}
    kind = own.pop("kind", "") if above else ""
    record = ImportItem(origin.kind, _complete(origin.kind, own), origin, below=above)
    if above:
        answer = {"claim": reference(above), **({"kind": kind} if kind else {})}
        record.fields["responds_to"] = [answer, *record.fields.get("responds_to", [])]
    yield record
    for name in THREADS if origin.kind == "claim" else ():
        for answer in listed(fields.get(name) or []):
            kind = {} if "kind" in answer or name == "rebuttals" else {"kind": ""}
            yield from _with_answers(origin, {**kind, **answer}, record)


def reference(record: ImportItem) -> str:
    """Return the text by which other records of the import refer to a record."""
    return str(record.fields.get("id") or record.origin.where)


def listed(value: Any) -> list[Any]:
    """Return the values of a field that takes one value or several."""
    return list(value) if isinstance(value, list | tuple) else [value]


def _complete(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields with the parts of claims as lists of mappings, and with dates as EDTF."""
    if kind == "claim":
        cited = [*listed(fields.pop("source", [])), *listed(fields.pop("sources", []))]
        fields["source"] = [_mapping("id", one) for one in cited]
        for name, key in (("responds_to", "claim"), ("asked", "party")):
            fields[name] = [_mapping(key, one) for one in listed(fields.get(name, []))]
        if isinstance(reports := fields.get("reports"), Mapping):
            fields["reports"] = dict(reports)
        for name, part in _PARTS.items():
            for one in listed(fields.get(name, [])):
                if isinstance(one, dict):
                    _convert_dates(part, one)
    _convert_dates(kind, fields)
    return {name: value for name, value in fields.items() if value}


def _mapping(key: str, value: Any) -> Any:
    """Return a part of a claim as a mapping; a mere text is the value of a key."""
    if isinstance(value, Mapping):
        return {name: below for name, below in value.items() if below}
    return {key: value}


def _convert_dates(kind: str, fields: dict[str, Any]) -> None:
    for name in DATES[kind]:
        if isinstance(text := fields.get(name), str):
            try:
                parse_date(text.strip())
            except ValueError:
                fields[name] = edtf_of(text) or text
