"""The sheets of files as records: which sheets are imported, and of what kind their records are."""

from collections.abc import Sequence
from pathlib import Path

from claimcli.core.problems import ClaimcliError
from claimcli.core.response_kinds import Kind
from claimcli.core.schema import SECTIONS
from claimcli.core.text.suggestions import did_you_mean, list_some
from claimcli.exchange.records import Imported, ImportOptions, Loss, LossKind
from claimcli.exchange.sheets.claim_records import reader_of_sheet
from claimcli.exchange.sheets.headings import MAX_TITLE_ROWS, Headings
from claimcli.exchange.sheets.layout import layout_of
from claimcli.exchange.sheets.sheet import Sheet
from claimcli.exchange.sheets.synonyms import plain_heading
from claimcli.exchange.sheets.workbook import read_workbook

SHEET_OPTIONS = ("columns", "keep_columns", "party", "issue")
"""The options that reading sheets takes, of every format."""
WORKBOOK_OPTIONS = (*SHEET_OPTIONS, "sheet")


def read_workbooks(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Return the records in workbooks. Raises ClaimcliError, with a location, for mistakes."""
    chosen: list[Sheet] = []
    losses: list[Loss] = []
    for file in files:
        sheets = read_workbook(file)
        used = _chosen(file, sheets, options)
        chosen += used
        losses += (
            Loss("", "sheet", LossKind.DROPPED, sheet.where, "the sheet is not imported")
            for sheet in sheets
            if _has_cells(sheet) and sheet not in used
        )
    return read_sheets(chosen, options, losses)


def read_sheets(
    sheets: Sequence[Sheet], options: ImportOptions, losses: Sequence[Loss] = ()
) -> Imported:
    """Return the records in sheets; those of a sheet named like a section are of its kind."""
    layouts = []
    _require_used(sheets, options)
    for sheet in sheets:
        if not _has_cells(sheet):
            raise ClaimcliError(f"{sheet.where} is empty", "name a file with rows")
        layouts.append(layout_of(sheet, _kind_of(sheet) or "claim", options))
    imported = Imported((), tuple(losses))
    for layout in layouts:
        reader = reader_of_sheet(layout, options)
        records = (*imported.records, *reader.records())
        lost = (*imported.losses, *reader.losses)
        notes = dict.fromkeys((*imported.notes, *reader.notes()))  # a file can have several sheets
        imported = Imported(records, lost, tuple(notes))
    return imported


def _has_cells(sheet: Sheet) -> bool:
    return any(cell.strip() for row in sheet.rows for cell in row)


def _kind_of(sheet: Sheet) -> str:
    """Return the kind of record that a sheet's name says, or ""."""
    kind = SECTIONS.get(sheet.name.strip().lower())
    return kind.name if kind else ""


def _chosen(file: Path, sheets: Sequence[Sheet], options: ImportOptions) -> list[Sheet]:
    """Return the sheets to import.

    These are the one that an option names, else those that are named like a section, else the only
    one that has cells and is visible, else the only one with a column of statements.
    """
    if options.sheet:
        named = [one for one in sheets if one.name.casefold() == options.sheet.casefold()]
        names = [sheet.name for sheet in sheets]
        if not named:
            hint = did_you_mean(options.sheet, names, f"the sheets are {list_some(names)}")
            raise ClaimcliError(f"{file.name} has no sheet '{options.sheet}'", hint)
        return named
    filled = [sheet for sheet in sheets if _has_cells(sheet)]
    if not filled:
        raise ClaimcliError(f"{file.name} has no cells", "name a file with rows")
    shown = [sheet for sheet in filled if sheet.visible] or filled
    if sections := [sheet for sheet in shown if _kind_of(sheet)]:
        return sections
    with_claims = [sheet for sheet in shown if _has_statements(sheet, options)]
    for candidates in (shown, with_claims):
        if len(candidates) == 1:
            return candidates
    names = [f"'{sheet.name}'" for sheet in shown]
    message = f"{file.name} has several sheets: {list_some(names)}"
    raise ClaimcliError(message, "name the one to import with --sheet")


def _has_statements(sheet: Sheet, options: ImportOptions) -> bool:
    names = {plain_heading(name): text for name, text in options.columns.items()}
    headings = Headings(sheet, "claim", names)
    return any(column.field == "statement" for column in headings.columns(headings.row()))


def _require_used(sheets: Sequence[Sheet], options: ImportOptions) -> None:
    """Raise ClaimcliError if ``--map`` names a column that no sheet has, unless it is a verdict."""
    rows = (row for sheet in sheets for row in sheet.rows[:MAX_TITLE_ROWS])
    headings = {cell.strip() for row in rows for cell in row} - {""}
    known = {plain_heading(heading) for heading in headings}
    for name, field in options.columns.items():
        is_letter = len(name) <= 3 and name.isalpha()
        if plain_heading(name) not in known and field not in tuple(Kind) and not is_letter:
            hint = did_you_mean(name, headings, "write it as in the row of headings")
            raise ClaimcliError(f"no column '{name}'", hint)
