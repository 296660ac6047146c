"""What the headings of a sheet mean: names of columns in our own exports, or synonyms of fields."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.core.response_kinds import Kind
from claimcli.core.schema import CITATION, RECORD_KINDS
from claimcli.core.text.suggestions import did_you_mean
from claimcli.exchange.sheets.columns import Column, column_named
from claimcli.exchange.sheets.date_cells import DAY_FIRST, MONTH_FIRST
from claimcli.exchange.sheets.sheet import Sheet
from claimcli.exchange.sheets.synonyms import (
    FIELDS_BY_HEADING,
    NUMBER,
    PERSON,
    VERDICT,
    VERDICT_PARTY,
    plain_heading,
)

MAX_TITLE_ROWS = 30
"""Rows in which the headings are searched."""
UNKNOWN = "?"
"""The role of a column that is not recognised."""
_VERDICT_BY = f"{VERDICT} by "


class SheetColumn(Struct, frozen=True):
    """A column of a sheet: its place in a row, its heading, and what it is used for.

    ``target`` is the column of our own exports that it is equal to, else None. ``role`` is then a
    kind of response to the claims that it names, ``verdict``, ``verdict.party`` or ``number``; ""
    if it is not imported, ``note`` if it is kept there. ``order`` is that of day and month, ``by``
    is who gave the verdicts.
    """

    index: int
    heading: str
    target: Column | None = None
    role: str = ""
    order: str = ""
    by: str = ""

    @property
    def field(self) -> str:
        """The name of the field, or the role."""
        return self.target.name if self.target else self.role


class Headings(Struct, frozen=True):
    """The meaning of headings of a sheet of a kind of record.

    ``names`` has the fields that the user gave to columns, by plain heading or letters.
    """

    sheet: Sheet
    kind: str
    names: Mapping[str, str]

    def row(self) -> int:
        """Return the row with most headings that are recognised, else the first with most cells."""

        def recognised(row: tuple[int, list[str]]) -> tuple[int, int]:
            words = [cell for cell in row[1] if cell.strip()]
            return sum(self.meaning(cell) is not None for cell in words), len(words)

        return max(enumerate(self.sheet.rows[:MAX_TITLE_ROWS], 1), key=recognised)[0]

    def meaning(self, heading: str) -> str | None:
        """Return the field that a heading means, "" to leave the column out, None if unknown."""
        plain = plain_heading(heading)
        if plain in self.names:
            return self.names[plain]
        if column := _target(self.kind, heading.strip()):
            return column.name
        return FIELDS_BY_HEADING[self.kind].get(plain)

    def columns(self, row: int) -> Iterator[SheetColumn]:
        """Yield the columns that have cells or a heading in a row; their letters without one."""
        headings = self.sheet.rows[row - 1]
        below = self.sheet.rows[row:]
        filled = {index for cells in below for index, cell in enumerate(cells) if cell}
        for index in range(max(len(headings), max(filled, default=-1) + 1)):
            heading = headings[index].strip() if index < len(headings) else ""
            if heading or index in filled:
                letters = _letters(self.sheet.first_column + index)
                column = self.column(index, " ".join(heading.split()) or letters)
                empty = column.role == UNKNOWN and index not in filled
                yield SheetColumn(index, column.heading) if empty else column

    def column(self, index: int, heading: str) -> SheetColumn:
        """Return what a column is used for. Raises ClaimcliError for unknown fields."""
        letters = plain_heading(_letters(self.sheet.first_column + index))
        meaning = self.names.get(letters, self.meaning(heading))
        if meaning is None:
            return SheetColumn(index, heading, role=UNKNOWN)
        field, _, order = (part.strip() for part in meaning.partition(":"))
        if order not in ("", DAY_FIRST, MONTH_FIRST):
            hint = f"write {DAY_FIRST} or {MONTH_FIRST}"
            raise ClaimcliError(f"no order of dates '{order}'", hint)
        if target := _target(self.kind, field):
            return SheetColumn(index, heading, target, order=order)
        if field.startswith(_VERDICT_BY) and self.kind == "claim":
            by = field.removeprefix(_VERDICT_BY).strip()
            return SheetColumn(index, heading, role=VERDICT, by=by)
        if field and field not in _roles(self.kind):
            known = [*RECORD_KINDS[self.kind].names, *_roles(self.kind)]
            hint = did_you_mean(field, known, f"write one of {', '.join(known)}")
            raise ClaimcliError(f"no field '{field}' for the column '{heading}'", hint)
        return SheetColumn(index, heading, role=field)


def _target(kind: str, name: str) -> Column | None:
    """Return the column of a name: one of our own exports, or a field of a source, or None."""
    if column := column_named(kind, name):
        return column
    stem, dot, part = name.lower().replace("-", "_").partition(".")
    source = column_named(kind, stem) if kind == "claim" and dot else None
    if source and source.field == "source" and source.part == "id" and part in CITATION.names:
        return Column(name.lower(), "source", part, source.number)
    return None


def _roles(kind: str) -> tuple[str, ...]:
    return (*Kind, PERSON, VERDICT, VERDICT_PARTY, NUMBER) if kind == "claim" else ()


def _letters(number: int) -> str:
    """Return the name of a column in spreadsheet programs, such as AB."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
