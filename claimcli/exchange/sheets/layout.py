"""The columns of a sheet, and the row of their headings."""

from collections import Counter
from collections.abc import Iterator
from typing import NoReturn

from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.problems import ClaimcliError
from claimcli.core.response_kinds import Kind
from claimcli.core.schema import QUOTING, RECORD_KINDS
from claimcli.core.text.suggestions import list_some, similar
from claimcli.exchange.records import ImportOptions
from claimcli.exchange.sheets.columns import column_named
from claimcli.exchange.sheets.headings import UNKNOWN, Headings, SheetColumn
from claimcli.exchange.sheets.sheet import Sheet
from claimcli.exchange.sheets.synonyms import FIELDS_BY_HEADING, PERSON, plain_heading

KEPT = "note"
"""The field that can keep columns that are not recognised."""
_OF_CITATION = {"id", *(field.name for field in QUOTING)}


class SheetLayout(Struct, frozen=True):
    """The columns of a sheet of records of a kind, and the row of their headings.

    ``exact``: the sheet has the headings of our own exports, so that a cell means exactly its
    text; other sheets are read as people write them. ``notes`` are for the user.
    """

    sheet: Sheet
    kind: str
    heading_row: int
    columns: tuple[SheetColumn, ...]
    exact: bool = False
    notes: tuple[str, ...] = ()

    def column(self, field: str) -> SheetColumn | None:
        """Return the column of a field or role, None without one."""
        return next((column for column in self.columns if column.field == field), None)

    @property
    def describes_sources(self) -> bool:
        """Whether columns describe sources, which our own exports have in another sheet."""
        cited = (c.target.part for c in self.columns if c.target and c.target.field == "source")
        return self.kind == "claim" and not _OF_CITATION.issuperset(cited)

    def place(self, column: SheetColumn) -> int:
        """Return the number of a column in the sheet."""
        return self.sheet.first_column + column.index


def layout_of(sheet: Sheet, kind: str, options: ImportOptions) -> SheetLayout:
    """Return the columns of a sheet that is not empty.

    Raises ClaimcliError if columns are not recognised, if two have the same field, or if no column
    has a field that each record must have.
    """
    if options.keep_columns and options.keep_columns != KEPT:
        _kept(kind, options)  # raises the error
    names = {plain_heading(name): text for name, text in options.columns.items()}
    headings = Headings(sheet, kind, names)
    row = headings.row()
    found = list(headings.columns(row))
    unknown = [column for column in found if column.role == UNKNOWN]
    if unknown and options.keep_columns:
        known = {column.index: replace(column, role=_kept(kind, options)) for column in unknown}
    elif unknown and options.choose_fields:
        chosen = options.choose_fields([column.heading for column in unknown])
        more = {plain_heading(name): text for name, text in chosen.items()}
        headings = Headings(sheet, kind, {**names, **more})
        known = {one.index: headings.column(one.index, one.heading) for one in unknown}
    else:
        known = {}
    columns = tuple(_numbered([known.get(column.index, column) for column in found]))
    notes = (f"{sheet.where}: the headings are in row {row}",) if row > 1 else ()
    layout = SheetLayout(sheet, kind, row, columns, notes=notes)
    _require_known(layout)
    layout = _with_party(layout, options)
    _require_distinct(layout)
    _require_fields(layout, options)
    return replace(layout, exact=_is_exact(layout))


def _kept(kind: str, options: ImportOptions) -> str:
    if options.keep_columns != KEPT or KEPT not in RECORD_KINDS[kind].names:
        raise ClaimcliError(
            f"columns cannot be kept in '{options.keep_columns}' of {RECORD_KINDS[kind].section}",
            f"write --keep-columns {KEPT}, or leave them out with --map COLUMN=",
        )
    return KEPT


def _numbered(found: list[SheetColumn]) -> Iterator[SheetColumn]:
    """Yield the columns; one with the heading of an earlier one is about a further citation."""
    seen: Counter[tuple[str, str]] = Counter()
    for column in found:
        target = column.target
        if target and target.field == "source":
            key = (plain_heading(column.heading), target.name)
            seen[key] += 1
            if seen[key] > 1:
                number = target.number + seen[key] - 1
                again = replace(target, name=f"{target.name} ({number})", number=number)
                column = replace(column, target=again)
        yield column


def _with_party(layout: SheetLayout, options: ImportOptions) -> SheetLayout:
    """Return the layout with the column of persons as parties, or as speakers."""
    person = layout.column(PERSON)
    if layout.kind != "claim" or not (person := person or layout.column("speaker")):
        return layout
    has_party = bool(layout.column("party") or options.party)
    if has_party and person.target:
        return layout
    field = "speaker" if has_party else "party"
    used = replace(person, target=column_named("claim", field), role="")
    notes = (
        ()
        if has_party or not person.target
        else (f"{layout.sheet.where}: '{person.heading}' names the parties",)
    )
    columns = tuple(used if column is person else column for column in layout.columns)
    return replace(layout, columns=columns, notes=(*layout.notes, *notes))


def _is_exact(layout: SheetLayout) -> bool:
    """Return whether the sheet has the headings of our own exports of a kind."""
    headings = {column.heading for column in layout.columns}
    return headings >= set(RECORD_KINDS[layout.kind].required)


def _require_known(layout: SheetLayout) -> None:
    unknown = [column for column in layout.columns if column.role == UNKNOWN]
    if not unknown:
        return
    known = [*FIELDS_BY_HEADING[layout.kind], *RECORD_KINDS[layout.kind].names]
    described = []
    for column in unknown[:8]:
        near = similar(plain_heading(column.heading), known, most=1)
        field = FIELDS_BY_HEADING[layout.kind].get(near[0], near[0]) if near else ""
        described.append(f"'{column.heading}'" + (f" (perhaps {field})" if field else ""))
    where = layout.sheet.cell(layout.heading_row, layout.place(unknown[0]))
    which = "a column is" if len(unknown) == 1 else f"{len(unknown):,} columns are"
    first = unknown[0].heading
    raise ClaimcliError(
        f"{where}: {which} not recognised: {list_some(described)}",
        f"write --map '{first}=FIELD', or --map '{first}=' to leave it out, "
        f"or --keep-columns {KEPT}; 'claimcli help fields' lists the fields",
    )


def _require_distinct(layout: SheetLayout) -> None:
    seen: dict[str, SheetColumn] = {}
    for column in layout.columns:
        if column.field and column.field not in (KEPT, *Kind) and column.field in seen:
            other = seen[column.field]
            where = layout.sheet.cell(layout.heading_row, layout.place(column))
            raise ClaimcliError(
                f"{where}: '{other.heading}' and '{column.heading}' are both '{column.field}'",
                f"give one of them another field with --map '{column.heading}=FIELD', "
                f"or leave it out with --map '{column.heading}='",
            )
        seen[column.field] = column


def _require_fields(layout: SheetLayout, options: ImportOptions) -> None:
    for field in RECORD_KINDS[layout.kind].required:
        if field != "id" and not layout.column(field) and not (field == "party" and options.party):
            _refuse_missing(layout, field)


def _refuse_missing(layout: SheetLayout, field: str) -> NoReturn:
    headings = [f"'{column.heading}'" for column in layout.columns]
    raise ClaimcliError(
        f"{layout.sheet.row(layout.heading_row)}: no column has the {field} of a {layout.kind}: "
        f"{list_some(headings)}",
        f"name it with --map COLUMN={field}" + (", or write --party" if field == "party" else ""),
    )
