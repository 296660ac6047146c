"""Records as tables: a sheet for each kind of record, a row for each record."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Record
from claimcli.core.schema import RECORD_KINDS, FieldType
from claimcli.exchange.records import Loss, LossKind, Selection
from claimcli.exchange.sheets.columns import Column, columns, join_pairs, join_values, numbered
from claimcli.exchange.sheets.sheet import MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS
from claimcli.exchange.threads import flag_losses, in_threads, internal_by_nesting


class RecordTable(Struct, frozen=True):
    """A table of the records of one kind, and the losses; empty columns are left out."""

    kind: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    losses: tuple[Loss, ...] = ()

    @property
    def name(self) -> str:
        """The name of the sheet: the key that lists such records in a YAML file."""
        return RECORD_KINDS[self.kind].section


def record_tables(selection: Selection) -> list[RecordTable]:
    """Return a sheet of the claims, and one for each other kind of record that there is.

    Raises ClaimcliError if a sheet is too large, or a text that a record must have.
    """
    claims = list(in_threads(selection.claims))
    nested = internal_by_nesting(selection)
    found = [
        _table("claim", [_claim_cells(claim, nested) for claim in claims], flag_losses(nested))
    ]
    for kind in RECORD_KINDS:
        records: Sequence[Record] = getattr(selection, RECORD_KINDS[kind].section)
        if records and kind != "claim":
            found.append(_table(kind, [_cells(kind, record) for record in records]))
    return found


def _table(
    kind: str, records: Sequence[Mapping[str, str]], losses: Iterable[Loss] = ()
) -> RecordTable:
    used = {name for record in records for name, text in record.items() if text}
    used.update(RECORD_KINDS[kind].required)
    numbers = [int(name.partition(".")[0].rpartition(" ")[2]) for name in used if " " in name]
    most = max(numbers, default=1)
    named = [c for c in columns(kind, citations=most, requests=most) if c.name in used]
    if len(records) >= MAX_ROWS or len(named) > MAX_COLUMNS:
        section = RECORD_KINDS[kind].section
        raise ClaimcliError(
            f"{len(records):,} {section} with {len(named):,} columns are too many for a sheet, "
            f"which has {MAX_ROWS:,} rows and {MAX_COLUMNS:,} columns",
            "select some of the claims with a query",
        )
    rows, too_long = [], list(losses)
    for record in records:
        texts = [record.get(column.name, "") for column in named]
        for place, text in enumerate(texts):
            if len(text) > MAX_CHARACTERS // 2 and _length(text) > MAX_CHARACTERS:
                too_long.append(_too_long(kind, record["id"], named[place], text))
                texts[place] = ""
        rows.append(tuple(texts))
    return RecordTable(kind, tuple(named), tuple(rows), tuple(too_long))


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _too_long(kind: str, name: str, column: Column, text: str) -> Loss:
    """Return the loss of a text. Raises ClaimcliError if the record must have it."""
    reason = f"{_length(text):,} characters, of which a cell has at most {MAX_CHARACTERS:,}"
    if column.field in RECORD_KINDS[kind].required:
        message = f"the {column.name} of {kind} '{name}' has {reason}"
        raise ClaimcliError(message, "shorten it, or select other claims with a query")
    return Loss(f"{kind} {name}", column.name, LossKind.DROPPED, detail=reason)


def _cells(kind: str, record: Record) -> dict[str, str]:
    """Return the cells of a record that is no claim, by column."""
    return {
        field.name: _cell(field.type, getattr(record, field.name))
        for field in RECORD_KINDS[kind].fields
    }


def _cell(type_: FieldType, value: Any) -> str:
    """Return the value of a field as the text of a cell, "" without a value."""
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, tuple):
        return join_pairs(value) if type_ is FieldType.PAIR else join_values(value)
    return "" if value is None else str(value)


_OF_CLAIM = tuple(
    (field.name, {"party": "parties"}.get(field.name, field.name), field.type)
    for field in RECORD_KINDS["claim"].fields
    if field.type not in (FieldType.RECORD, FieldType.THREAD)
)
"""The columns of a claim that contain one field, with the attribute and the type of each."""


def _claim_cells(claim: Claim, nested: frozenset[str]) -> dict[str, str]:
    """Return the cells of a claim; ``nested`` are claims inside an internal one."""
    cells = {name: _cell(kind, getattr(claim, of)) for name, of, kind in _OF_CLAIM}
    if claim.id in nested:
        cells["internal"] = "true"
    cells["responds_to"] = join_values(answer.claim for answer in claim.responds_to)
    cells["kind"] = join_values(answer.kind.value for answer in claim.responds_to)
    if claim.reports:
        cells |= _part_cells("reports.", claim.reports)
    for number, request in enumerate(claim.asked, 1):
        cells |= _part_cells(f"{numbered('asked', number)}.", request)
    for number, citation in enumerate(claim.citations, 1):
        parts = _part_cells("", citation)
        cells |= {numbered(name, number): text for name, text in parts.items()}
    return cells


def _part_cells(stem: str, record: Any) -> dict[str, str]:
    """Return the cells of a record inside a claim."""
    return {
        f"{stem}{name}": _cell(FieldType.TEXT, getattr(record, name))
        for name in record.__struct_fields__
        if name != "location"
    }
