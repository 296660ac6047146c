"""CSV: a file with the claims, or a folder with a file for each kind of record."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from claimcli.core.problems import ClaimcliError
from claimcli.core.schema import SECTIONS
from claimcli.exchange.records import (
    Exported,
    ExportedFile,
    ExportOptions,
    Imported,
    ImportOptions,
    Loss,
    LossKind,
    Selection,
)
from claimcli.exchange.sheets.delimited import read_csv
from claimcli.exchange.sheets.formulas import protect_formula
from claimcli.exchange.sheets.imported_sheets import SHEET_OPTIONS, read_sheets
from claimcli.exchange.sheets.rows import RecordTable, record_tables

EXTENSIONS = (".csv",)
READ_EXTENSIONS = (".csv", ".tsv", ".tab", ".txt")
OPTIONS = (*SHEET_OPTIONS, "separator", "encoding")
HAS_FOLDERS = True


def read(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Return the records in CSV files, or in those of a folder."""
    named = [one for file in files for one in (_in_folder(file) if file.is_dir() else [file])]
    return read_sheets([read_csv(file, options) for file in named], options)


def _in_folder(folder: Path) -> list[Path]:
    """Return the files of a folder that have the names of sections, in the order of those."""
    found = [folder / f"{section}.csv" for section in SECTIONS]
    if files := [file for file in found if file.is_file()]:
        return files
    hint = f"name the files, or give them the names {', '.join(file.name for file in found)}"
    raise ClaimcliError(f"the folder '{folder}' has no CSV files that are recognised", hint)


def write(selection: Selection, options: ExportOptions) -> Exported:
    """Return the claims as a CSV file, and for a folder other records as further files."""
    claims, *others = record_tables(selection)
    written = [claims, *others] if options.folder else [claims]
    losses = [loss for table in written for loss in (*table.losses, *_line_break_losses(table))]
    if not options.folder:
        losses += [loss for table in others for loss in _left_out(table)]
    files = (ExportedFile(f"{table.name}.csv", _csv(table)) for table in written)
    return Exported(tuple(files), tuple(losses), count=len(selection.claims))


def _csv(table: RecordTable) -> bytes:
    """Return a table in UTF-8 with all texts in quotation marks, since they are no numbers."""
    lines = [",".join(column.name for column in table.columns)]
    lines += [",".join(map(_field, row)) for row in table.rows]
    return "".join(f"{line}\n" for line in lines).encode()


def _field(text: str) -> str:
    if not text:
        return ""
    doubled = protect_formula(text).replace('"', '""').replace("\r\n", "\n")
    return f'"{doubled}"'


def _line_break_losses(table: RecordTable) -> Iterator[Loss]:
    for row in table.rows:
        for column, text in zip(table.columns, row, strict=True):
            if "\r\n" in text:
                detail = "a line break of two characters is one of one character"
                yield Loss(
                    f"{table.kind} {row[0]}", column.name, LossKind.APPROXIMATED, detail=detail
                )


def _left_out(table: RecordTable) -> Iterator[Loss]:
    detail = "the file has only claims; a folder has all records"
    for row in table.rows:
        yield Loss(f"{table.kind} {row[0]}", "all fields", LossKind.DROPPED, detail=detail)
