"""The records in tables of Parquet files, in the shape of YAML."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.core.schema import RECORD_KINDS
from claimcli.core.text.suggestions import did_you_mean
from claimcli.exchange.parquet.reader import ParquetRows
from claimcli.exchange.parquet.schema import DERIVED, ArrowColumn, ArrowTable, arrow_tables
from claimcli.exchange.records import Imported, ImportedRecord, Loss, LossKind

_PARTY = next(column for column in DERIVED if column.name == "party")
_CLAIM_PARTY = next(field for field in RECORD_KINDS["claim"].fields if field.name == "party")
_OWNER = "/"


class _TableRow(Struct, frozen=True):
    """A row as a record: its fields, its location, and the columns of the fields by name."""

    fields: dict[str, Any]
    where: str
    names: Mapping[str, str]


class _Cells(Mapping[str, str]):
    """The locations of the fields of a record and its parts, made when they are needed.

    ``rows`` are the rows that the record is in, with the beginnings of the names of their fields,
    such as ``source.2.``.
    """

    __slots__ = ("_rows",)

    def __init__(self, rows: Sequence[tuple[str, _TableRow]]) -> None:
        self._rows = rows

    def __getitem__(self, name: str) -> str:
        for start, row in self._rows:
            column = row.names.get(name.removeprefix(start)) if name.startswith(start) else None
            if column:
                return f"{row.where}:{column}"
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (f"{start}{name}" for start, row in self._rows for name in row.names)

    def __len__(self) -> int:
        return sum(len(row.names) for _, row in self._rows)


def records_of_tables(files: Sequence[ParquetRows]) -> Imported:
    """Return the records in files, whose tables may each be divided into several.

    Raises ClaimcliError, with the row, for parts of claims that are in no file, and if the rows are
    of several dossiers.
    """
    _require_one_dossier(files)
    tables = arrow_tables()
    parts = _parts([file for file in files if tables[file.properties.table].part_of])
    records = [
        _record(table, row, parts)
        for table in tables.values()
        if not table.part_of
        for file in files
        if file.properties.table == table.name
        for row in _rows(file, table)
    ]
    _require_no_parts_left(parts, [one.fields.get("id") for one in records if one.kind == "claim"])
    losses = [
        Loss(tables[file.properties.table].kind, name, LossKind.DROPPED, file.where, "is no field")
        for file in files
        for name in file.properties.unknown
    ]
    return Imported(tuple(records), tuple(losses))


_Parts = dict[str, dict[str, list[tuple[int, _TableRow]]]]
"""The rows of parts with their numbers, by the id of the claim and by the claim's field."""


def _parts(files: Sequence[ParquetRows]) -> _Parts:
    parts: _Parts = defaultdict(lambda: defaultdict(list))
    for file in files:
        table = arrow_tables()[file.properties.table]
        for row in _rows(file, table):
            number = row.fields.pop(f"{_OWNER}number", None) or 0
            parts[row.fields.pop(f"{_OWNER}claim", "")][table.part_of].append((number, row))
    return parts


def _record(table: ArrowTable, row: _TableRow, parts: _Parts) -> ImportedRecord:
    """Return the record of a row; a claim takes its parts out of ``parts``."""
    own = parts.pop(str(row.fields.get("id") or ""), {}) if table.kind == "claim" else {}
    fields, rows = dict(row.fields), [("", row)]
    for name, numbered in own.items():
        numbered.sort(key=lambda one: one[0])  # stable: rows without a number stay in order
        fields[name] = [part.fields for _, part in numbered]
        for place, (_, part) in enumerate(numbered, 1):
            rows.append((f"{name}." if place == 1 else f"{name}.{place}.", part))
    return ImportedRecord(table.kind, fields, row.where, _Cells(rows))


def _rows(file: ParquetRows, table: ArrowTable) -> Iterator[_TableRow]:
    """Yield the rows of a file as fields, of which those without a value are left out."""
    known = {column.name: column for column in (*table.columns, _PARTY)}
    columns = [known[name] for name in file.properties.columns]
    names = {_field_name(column): column.name for column in columns}
    for number, values in enumerate(file.rows, 1):
        fields: dict[str, Any] = {}
        for column, value in zip(columns, values, strict=True):
            if column.name != "dossier" and value not in (None, "", [], False):
                _put(fields, column, value)
        yield _TableRow(fields, file.row(number), names)


def _put(fields: dict[str, Any], column: ArrowColumn, value: Any) -> None:
    if isinstance(value, list):
        value = [one for one in value if one is not None]
        value = value[0] if len(value) == 1 and column.field == _CLAIM_PARTY else value
    name = _field_name(column)
    if column.within:
        fields.setdefault(column.within, {})[name.partition(".")[2]] = value
    else:
        fields[name] = "true" if value is True else value


def _field_name(column: ArrowColumn) -> str:
    """Return the name of a column's field, such as ``reports.party``.

    That of ``claim`` and ``number``, which say where a part belongs, begins with a sign.
    """
    if column.field is None:
        return column.name if column == _PARTY else f"{_OWNER}{column.name}"
    name = column.field.name
    return f"{column.within}.{name}" if column.within else name


def _require_one_dossier(files: Sequence[ParquetRows]) -> None:
    first: tuple[str, str] | None = None
    for file in files:
        if "dossier" not in file.properties.columns:
            continue
        place = file.properties.columns.index("dossier")
        for number, row in enumerate(file.rows, 1):
            name = row[place] or ""
            first = first or (name, file.row(number))
            if name != first[0]:
                message = (
                    f"{file.row(number)} is of the dossier '{name}', {first[1]} of '{first[0]}'"
                )
                raise ClaimcliError(message, "import the rows of one dossier at a time")


def _require_no_parts_left(parts: _Parts, claims: Sequence[Any]) -> None:
    for claim, fields in parts.items():
        for _, row in next(iter(fields.values())):
            if not claim:
                message = f"{row.where} names no claim"
                raise ClaimcliError(message, "write the id of its claim in the column 'claim'")
            hint = did_you_mean(claim, filter(None, claims), "import it together with its claim")
            raise ClaimcliError(f"{row.where}: no claim '{claim}' in the files", hint)
