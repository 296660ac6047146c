"""CSV: a file with the claims, or a folder with a file for each kind of record."""

from collections.abc import Iterator

from claimcli.exchange.records import (
    Exported,
    ExportedFile,
    ExportOptions,
    Loss,
    LossKind,
    Selection,
)
from claimcli.exchange.sheets.formulas import protect_formula
from claimcli.exchange.sheets.rows import RecordTable, record_tables

EXTENSIONS = (".csv",)


def write(selection: Selection, options: ExportOptions) -> Exported:
    """Return the claims as a CSV file, and for a folder other records as further files."""
    claims, *others = record_tables(selection)
    written = [claims, *others] if options.folder else [claims]
    losses = [loss for table in written for loss in (*table.losses, *_line_break_losses(table))]
    if not options.folder:
        losses += [loss for table in others for loss in _left_out(table)]
    files = (ExportedFile(f"{table.name}.csv", _csv(table)) for table in written)
    return Exported(tuple(files), tuple(losses))


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
