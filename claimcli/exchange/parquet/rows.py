"""The records of a dossier as tables of Arrow."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from operator import attrgetter
from typing import Any

from msgspec import Struct

from claimcli.analysis.roll_up import rebuts
from claimcli.core.dates import FIRST, LAST, Date
from claimcli.core.positions import position_key
from claimcli.core.records import Claim, Dossier
from claimcli.core.schema import RECORD_KINDS
from claimcli.dossier.files import path_as_text
from claimcli.dossier.runtime import import_extra
from claimcli.dossier.select import needs
from claimcli.exchange.parquet.schema import (
    ArrowColumn,
    ArrowTable,
    arrow_tables,
    table_schema,
)
from claimcli.exchange.records import Selection
from claimcli.exchange.selection import select_records
from claimcli.exchange.threads import in_threads, internal_by_nesting

BATCH_ROWS = 8192
"""Rows that are made at a time."""
_ATTRIBUTES = {
    ("claim", "party"): "parties",
    ("claim", "source"): "citations",
    ("citation", "id"): "source",
}
"""The attributes of records that are not named like their fields."""


class _Row(Struct, frozen=True):
    """A record, the id of the claim that contains it, and its number there or in its registry."""

    record: Any
    claim: str = ""
    number: int = 0


_Read = Callable[[_Row], Any]


@needs("dossier")
def tables(dossier: Dossier, *, name: str = "dossier", internal: bool = False) -> dict[str, Any]:
    """Return the records as tables of pyarrow by name: ``claims``, ``citations`` and so on.

    They have the rows of ``claimcli export --format parquet``, for the selected claims: these,
    their answers, and what they mention. ``name`` is that of the dossier, in each row. Internal
    records are left out unless ``internal`` is true. Raises ClaimcliError without pyarrow.
    """
    whole = len(dossier.claims) == len(dossier.by_id)
    return selection_tables(select_records(dossier, whole=whole, internal=internal), name=name)


def tables_of(dossier: Dossier, *, name: str) -> dict[str, Any]:
    """Return the tables of all records of a dossier, internal ones included, by name of table.

    ``name`` is that of the dossier, in each row. The dossier must be loaded as a whole.
    """
    return selection_tables(select_records(dossier, whole=True, internal=True), name=name)


def selection_tables(selection: Selection, *, name: str) -> dict[str, Any]:
    """Return the tables of some records, as :func:`tables_of` does."""
    pa = import_extra("pyarrow", "parquet")
    claims = tuple(in_threads(selection.claims))
    values = _ClaimValues(selection, name)
    return {
        table.name: pa.Table.from_batches(
            _batches(table, _rows(table, selection, claims), values), table_schema(table.name)
        )
        for table in arrow_tables().values()
    }


def _batches(table: ArrowTable, rows: Iterator[_Row], values: "_ClaimValues") -> Iterator[Any]:
    pa = import_extra("pyarrow", "parquet")
    schema = table_schema(table.name)
    readers = [(values.reader(one), one.type.arrow()) for one in table.columns]
    while chunk := list(islice(rows, BATCH_ROWS)):
        arrays = [pa.array(map(read, chunk), type=type_) for read, type_ in readers]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _rows(table: ArrowTable, selection: Selection, claims: tuple[Claim, ...]) -> Iterator[_Row]:
    """Yield the records of a table; claims have the order in which an import nests answers."""
    if table.part_of:
        parts = attrgetter(_attribute("claim", table.part_of))
        for claim in claims:
            yield from (_Row(part, claim.id, number) for number, part in enumerate(parts(claim)))
    else:
        records = getattr(selection, RECORD_KINDS[table.kind].section)
        for number, record in enumerate(claims if table.kind == "claim" else records):
            yield _Row(record, number=number)


class _ClaimValues:
    """Reads the values of columns, also of those that depend on other records."""

    def __init__(self, selection: Selection, name: str) -> None:
        self.name = path_as_text(name)
        self.dossier = selection.dossier
        self.nested = internal_by_nesting(selection)
        ordered = sorted(selection.claims, key=lambda claim: claim.order)
        self.ranks = {claim.id: rank for rank, claim in enumerate(ordered)}

    def reader(self, column: ArrowColumn) -> _Read:
        """Return the function that reads the value of a column from a row."""
        if column.field is None:
            return self._readers()[column.name]
        attribute = _attribute(column.kind, column.field.name)
        if (column.kind, attribute) == ("claim", "internal"):
            return lambda row: row.record.internal or row.record.id in self.nested
        if column.within:
            read = _part_reader(_attribute("claim", column.within), attribute)
        else:
            read = attrgetter(f"record.{attribute}")
        return _date_reader(read, column) if column.is_date else read

    def _readers(self) -> Mapping[str, _Read]:
        """Return the functions that read the columns that are no fields."""
        dossier = self.dossier
        return {
            "dossier": lambda _: self.name,
            "claim": lambda row: row.claim,
            "number": lambda row: row.number,
            "file": lambda row: path_as_text(row.record.location.path),
            "line": lambda row: row.record.location.record[0],
            "party": lambda row: row.record.party,
            "when": lambda row: _text(row.record.when),
            "when_from": lambda row: _bound(row.record.when, "from"),
            "when_to": lambda row: _bound(row.record.when, "to"),
            "dated_by": lambda row: _dated_by(row.record),
            "rank": self._rank,
            "position_key": lambda row: position_key(row.record.position) or None,
            "status": lambda row: dossier.statuses[row.record.id].value,
            "answered": lambda row: row.record.id in dossier.answered,
            "superseded_by": lambda row: dossier.superseded.get(row.record.id),
            "rebuts": lambda row: rebuts(dossier, row.record, {}),
            "withheld": lambda row: row.record.id in dossier.internal,
        }

    def _rank(self, row: _Row) -> int:
        """Return the place of a claim in the order of time, of others in their registry."""
        return self.ranks[row.record.id] if isinstance(row.record, Claim) else row.number


def _attribute(kind: str, field: str) -> str:
    return _ATTRIBUTES.get((kind, field), field)


def _part_reader(within: str, attribute: str) -> _Read:
    """Return the function that reads from the part of a claim, None without the part."""
    part, value = attrgetter(f"record.{within}"), attrgetter(attribute)

    def read(row: _Row) -> Any:
        record = part(row)
        return None if record is None else value(record)

    return read


def _date_reader(read: _Read, column: ArrowColumn) -> _Read:
    if not column.bound:
        return lambda row: _text(read(row))
    return lambda row: _bound(read(row), column.bound)


def _text(date: Date | None) -> str | None:
    return date.text if date else None


def _bound(date: Date | None, end: str) -> Any:
    """Return the first or last moment of a date, None if it has no such bound."""
    if date is None:
        return None
    moment = date.earliest if end == "from" else date.latest
    return None if moment in (FIRST, LAST) else moment


def _dated_by(claim: Claim) -> str | None:
    """Return whether its own date or that of its sources dates a claim."""
    return "said" if claim.said else "published" if claim.made_by else None
