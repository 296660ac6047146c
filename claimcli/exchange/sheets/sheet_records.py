"""The records in the rows of a sheet of any kind of record."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from claimcli.core.schema import PARTS, RECORD_KINDS, FieldType
from claimcli.exchange.records import ImportedRecord, ImportOptions, Loss, LossKind
from claimcli.exchange.sheets.columns import Column, join_values, row_fields
from claimcli.exchange.sheets.data_rows import DataRow, data_rows, row_notes
from claimcli.exchange.sheets.date_cells import DAY_FIRST, DateColumn, date_column
from claimcli.exchange.sheets.headings import SheetColumn
from claimcli.exchange.sheets.layout import KEPT, SheetLayout
from claimcli.exchange.sheets.sheet import CellError
from claimcli.exchange.sheets.synonyms import FIELDS_BY_HEADING, NUMBER, plain_heading

_MAIN = {
    "claim": "statement", "party": "id", "source": "title", "issue": "question", "event": "title"
}  # fmt: skip
"""The column in which one merged cell makes several rows one record."""
_ID = Column("id", "id")
_TRUE, _FALSE = ("true", "yes", "y", "x", "1"), ("false", "no", "n", "0")
_FLAGS = {**dict.fromkeys(_TRUE, "true"), **dict.fromkeys(_FALSE, "false")}
_SIGNS = {"tags": "[,;\n]", "party": "[;\n]", "aliases": "[;\n]", "speakers": "[;\n]"}
"""What separates several values in a cell, in sheets that are not our own exports."""
_ORDINARY = ("encoding utf-8", "separator comma")
"""The ends of notes that are left out about our own exports."""
_NUMBER = re.compile("[0-9]+", re.ASCII)


class CellLocations(Mapping[str, str]):
    """The locations of the fields in a row, made when they are needed."""

    __slots__ = ("_places", "_row")

    def __init__(self, row: str, places: Mapping[str, int]) -> None:
        self._row, self._places = row, places

    def __getitem__(self, field: str) -> str:
        return f"{self._row}C{self._places[field]}"

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class SheetReader:
    """Reads the rows of a sheet; collects the losses, and the mistakes in cells."""

    def __init__(self, layout: SheetLayout, options: ImportOptions) -> None:
        self.layout, self.sheet, self.kind, self.options = (
            layout,
            layout.sheet,
            layout.kind,
            options,
        )
        self.rows = data_rows(layout, _MAIN[layout.kind])
        self.errors: list[CellError] = []
        self.losses: list[Loss] = []
        self.types = {column.index: _type_of(self.kind, column) for column in layout.columns}
        self.dates = dict(self._date_columns())
        self.ids, self.labels = self._id_columns()
        self.places = self._places()
        self.links = {(row, column): url for row, column, url in self.sheet.links}
        self.used: set[tuple[int, int]] = set()
        self.steps = list(self._steps())
        self.kept = [column for column in layout.columns if column.field == KEPT]
        self.required = [f for f in RECORD_KINDS[self.kind].required if f not in ("id", "party")]

    def records(self) -> list[ImportedRecord]:
        """Return the records of the rows. Raises ClaimcliError if a cell has a mistake."""
        records = [self._record(row) for row in self.rows if not self._is_only_numbered(row)]
        if self.errors:
            self.sheet.refuse(sorted(self.errors, key=lambda one: (one.row, one.column)))
        self.losses += self._other_losses()
        return records

    def notes(self) -> Iterator[str]:
        """Yield notes for the user about how the sheet was read."""
        ordinary = _ORDINARY if self.layout.exact else ()
        yield from (note for note in self.sheet.notes if not note.endswith(ordinary))
        yield from (*self.layout.notes, *row_notes(self.layout, self.rows))
        where = self.sheet.where
        for column in self.layout.columns:
            date = self.dates.get(column.index)
            if date and date.decided_by:
                first = "day" if date.order == DAY_FIRST else "month"
                row = date.decided_by
                yield f"{where}: in '{column.heading}' the {first} is first, as R{row} shows"
            if date and date.has_serial:
                yield f"{where}: numbers in '{column.heading}' count days from {date.epoch}"

    def _record(self, row: DataRow) -> ImportedRecord:
        fields = self.fields(row)
        if note := self._note(row, str(fields.get(KEPT, ""))):
            fields[KEPT] = note
        for name in self.required:
            column = self.layout.column(name)
            if column and not fields.get(name):
                message = f"the {self.kind} in this row has no {name}"
                self.error(row, column, message, "write it, or leave the row empty")
        where = self.sheet.row(row.number)
        return ImportedRecord(self.kind, fields, where, CellLocations(where, self.places))

    def fields(self, row: DataRow) -> dict[str, Any]:
        """Return the fields of the record in a row; the note may still lack other columns."""
        return row_fields(self.kind, self.cells(row))

    def cells(self, row: DataRow) -> Iterator[tuple[Column, str]]:
        """Yield the columns of fields and their texts, dates as EDTF; notes are left out."""
        if self.ids and not self.ids.target:
            yield _ID, row.text(self.ids)
        cells, count = row.cells, len(row.cells)
        for column, target, is_text in self.steps:
            raw = cells[column.index] if column.index < count else ""
            if row.more:
                raw = self._whole(row, column)
            if raw:
                yield target, raw if is_text else self._value(row, column, raw)

    def _whole(self, row: DataRow, column: SheetColumn) -> str:
        """Return the text of a record, of whose rows only one has it, or all the same."""
        raw = row.raw(column)
        for more in row.more:
            text = more.raw(column)
            differ = text.strip() and raw.strip() and text.strip() != raw.strip()
            if differ and not (column.target and column.target.field == "source"):
                message = f"the rows of a merged cell differ in '{column.heading}'"
                self.error(more, column, message, "take the merged cell apart")
            raw = raw or text
        return raw

    def _value(self, row: DataRow, column: SheetColumn, raw: str) -> str:
        """Return the text of a cell as our own exports have it."""
        kind = self.types[column.index]
        if kind is FieldType.DATE and (not column.target or column.target.field != "source"):
            return self.date(row, column, raw)
        if self.layout.exact:
            return raw
        if kind is FieldType.FLAG:
            return _FLAGS.get(raw.strip().casefold(), raw)
        if kind is FieldType.CHOICE:
            return raw.lower()
        signs = _SIGNS.get(column.field)
        if signs and '"' not in raw:
            return join_values(filter(None, map(str.strip, re.split(signs, raw))))
        return raw

    def date(self, row: DataRow, column: SheetColumn, text: str) -> str:
        """Return the date in a text as EDTF, "" after noting that it is no date."""
        parsed = self.dates[column.index].parse(row.number, text.strip()) if text.strip() else ""
        if isinstance(parsed, str):
            return parsed
        self.errors.append(parsed)
        return ""

    def error(self, row: DataRow, column: SheetColumn, message: str, hint: str) -> None:
        """Note a mistake in a cell."""
        self.errors.append(CellError(row.number, self.layout.place(column), message, hint))

    def where(self, row: DataRow, column: SheetColumn) -> str:
        """Return the location of a cell."""
        return self.sheet.cell(row.number, self.layout.place(column))

    def lose(
        self, row: DataRow, column: SheetColumn, kind: LossKind = LossKind.DROPPED, detail: str = ""
    ) -> None:
        """Note that the text of a cell is not kept as it is."""
        self.losses.append(Loss(self.kind, column.heading, kind, self.where(row, column), detail))

    def _note(self, row: DataRow, more: str) -> str:
        """Return the note of a record, the columns that are kept there, and further lines."""
        lines = []
        for column in self.kept:
            if text := self._whole(row, column).strip():
                plain = plain_heading(column.heading)
                own = KEPT in (plain, FIELDS_BY_HEADING[self.kind].get(plain))
                lines.append(text if own else f"{column.heading}: {text}")
                if not own:
                    self.lose(row, column, LossKind.KEPT_IN_NOTE)
        return "\n".join([*lines, more] if more else lines)

    def _is_only_numbered(self, row: DataRow) -> bool:
        """Return whether a row has a number alone, as in a form that is not filled in."""
        label = self.labels
        return label is not None and not any(
            cell.strip() for index, cell in enumerate(row.cells) if index != label.index
        )

    def _steps(self) -> Iterator[tuple[SheetColumn, Column, bool]]:
        """Yield the columns of fields, and whether their texts are taken as they are."""
        for column in self.layout.columns:
            target = column.target
            if target and target.name != KEPT and (target.name != "id" or column is self.ids):
                kind = self.types[column.index]
                is_text = kind in (FieldType.ID, FieldType.TEXT, FieldType.REFERENCE)
                is_list = column.field in _SIGNS
                exact = self.layout.exact and kind is not FieldType.DATE
                yield column, target, exact or (is_text and not is_list)

    def _date_columns(self) -> Iterator[tuple[int, DateColumn]]:
        for column in self.layout.columns:
            if self.types[column.index] is FieldType.DATE:
                cells = (
                    (row.number, line.strip())
                    for row in self.rows
                    for line in row.raw(column).split("\n")
                )
                place, epoch = self.layout.place(column), self.sheet.epoch
                yield column.index, date_column(place, cells, epoch=epoch, order=column.order)

    def _id_columns(self) -> tuple[SheetColumn | None, SheetColumn | None]:
        """Return the column with ids of records, and the one by which rows refer to each other.

        Numbers are no ids, except in our own exports: the next file has the same ones.
        """
        named, numbers = self.layout.column("id"), self.layout.column(NUMBER)
        column = named or numbers
        if column is None or self.layout.exact:
            return named, None
        texts = filter(None, (row.text(column) for row in self.rows))
        return (None if all(map(_NUMBER.fullmatch, texts)) else column), numbers or column

    def _places(self) -> dict[str, int]:
        places: dict[str, int] = {}
        for column in self.layout.columns:
            if column.field:
                places.setdefault(column.field, self.layout.place(column))
                if column.target:
                    places.setdefault(column.target.field, self.layout.place(column))
        return places | ({"id": self.layout.place(self.ids)} if self.ids else {})

    def _other_losses(self) -> Iterator[Loss]:
        """Yield titles above the headings, columns that are left out, and parts of cells."""
        for number, cells in enumerate(self.sheet.rows[: self.layout.heading_row - 1], 1):
            if any(map(str.strip, cells)):
                detail = "is above the headings"
                yield Loss("", "title", LossKind.DROPPED, self.sheet.row(number), detail)
        numbered = self.labels if self.labels is not self.ids else None
        dropped = [one for one in self.layout.columns if not one.field or one is numbered]
        detail = "numbers the row"
        for column in dropped:
            for row in self.rows:
                if row.text(column) and not self._is_only_numbered(row):
                    self.lose(row, column, detail=detail if column is numbered else "")
        yield from self._cell_losses()

    def _cell_losses(self) -> Iterator[Loss]:
        """Yield cells with errors of formulas, comments, or addresses that are not used."""
        links = (place for place in self.links if place not in self.used)
        for detail, places in (
            ("the cell has an error of a formula", self.sheet.errors),
            ("the cell has a comment", self.sheet.comments),
            ("the cell leads to an address", links),
        ):
            for row, column in places:
                if row > self.layout.heading_row:
                    where = self.sheet.cell(row, column)
                    yield Loss(self.kind, "", LossKind.DROPPED, where, detail)


def _type_of(kind: str, column: SheetColumn) -> FieldType | None:
    """Return the type of the field of a column."""
    if column.target is None:
        return None
    fields = RECORD_KINDS[kind].fields
    if column.target.part:
        of = next(field.of for field in fields if field.name == column.target.field)
        fields = PARTS[of].fields
    name = column.target.part or column.target.field
    return next(field.type for field in fields if field.name == name)
