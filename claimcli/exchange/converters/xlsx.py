"""Excel workbooks: a sheet for each kind of record."""

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from claimcli.core.text.escaping import FORMULA_SIGNS
from claimcli.dossier.runtime import import_extra
from claimcli.exchange.records import (
    Exported,
    ExportedFile,
    ExportOptions,
    Loss,
    LossKind,
    Selection,
)
from claimcli.exchange.sheets.columns import Column
from claimcli.exchange.sheets.imported_sheets import WORKBOOK_OPTIONS as OPTIONS
from claimcli.exchange.sheets.imported_sheets import read_workbooks as read
from claimcli.exchange.sheets.rows import RecordTable, record_tables

__all__ = ["EXTENSIONS", "OPTIONS", "read", "write"]
EXTENSIONS = (".xlsx",)
READ_EXTENSIONS = (".xlsx", ".xlsm")
_CREATED = datetime(2000, 1, 1)
"""The date in the properties of every workbook, so that equal records give equal bytes."""
_LONG = {"statement", "quote", "translation", "note", "question", "title"}
_WIDTHS = (10, 36)
"""The smallest and the largest width of other columns, in characters."""
_LONG_WIDTH = 60
_LINE_HEIGHT = 15
"""In points; LibreOffice does not compute the heights of rows when it opens a file."""
_MOST_LINES = 20
_NOT_EXACT = re.compile(r"_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_|[\ufffe\uffff]")
"""Texts that the format, or the libraries for it, cannot express."""


def write(selection: Selection, options: ExportOptions) -> Exported:
    """Return a workbook of which all cells are texts."""
    del options
    xlsxwriter = import_extra("xlsxwriter", "sheets")
    tables = record_tables(selection)
    data = io.BytesIO()
    workbook = xlsxwriter.Workbook(data, {"constant_memory": True})
    workbook.set_properties({"created": _CREATED})
    formats = _formats(workbook)
    for table in tables:
        _add_sheet(workbook, table, formats)
    workbook.close()
    losses = (loss for table in tables for loss in (*table.losses, *_inexact(table)))
    file = ExportedFile("dossier.xlsx", data.getvalue())
    return Exported((file,), tuple(losses), count=len(selection.claims))


def _formats(workbook: Any) -> dict[str, Any]:
    """Return the formats of cells. Ids and dates that are typed later stay texts, too."""
    text = {"text_wrap": True, "valign": "top"}
    return {
        "head": workbook.add_format({"bold": True, "bg_color": "#E8EDF2", "bottom": 1}),
        "long": workbook.add_format(text),
        "short": workbook.add_format({**text, "num_format": "@"}),
        "formula": workbook.add_format({**text, "quote_prefix": True}),
    }


def _add_sheet(workbook: Any, table: RecordTable, formats: dict[str, Any]) -> None:
    sheet = workbook.add_worksheet(table.name)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(table.rows) + 1}"})
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    kinds = ["long" if _is_long(column) else "short" for column in table.columns]
    widths = [_width(table, number, column) for number, column in enumerate(table.columns)]
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, widths[number], formats[kinds[number]])
        sheet.write_string(0, number, column.name, formats["head"])
    for line, row in enumerate(table.rows, 1):
        if (lines := max(map(_line_count, row, widths))) > 1:
            sheet.set_row(line, _LINE_HEIGHT * min(lines, _MOST_LINES))
        for number, text in enumerate(row):
            if text:
                kind = "formula" if text.startswith(FORMULA_SIGNS) else kinds[number]
                sheet.write_string(line, number, text, formats[kind])


def _is_long(column: Column) -> bool:
    return (column.part or column.field) in _LONG


def _width(table: RecordTable, number: int, column: Column) -> int:
    """Return the width of a column by its longest line among the first rows."""
    if _is_long(column):
        return _LONG_WIDTH
    texts = (row[number] for row in table.rows[:1000])
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    least, most = _WIDTHS
    return min(most, max(least, len(column.name) + 4, longest + 1))


def _line_count(text: str, width: int) -> int:
    """Return about how many lines a cell has in a column of a width."""
    if len(text) < width and "\n" not in text:
        return 1
    return sum(1 + len(line) // width for line in text.split("\n"))


def _inexact(table: RecordTable) -> Iterator[Loss]:
    for row in table.rows:
        for column, text in zip(table.columns, row, strict=True):
            if _NOT_EXACT.search(text):
                detail = "has characters that a workbook cannot express"
                name = f"{table.kind} {row[0]}"
                yield Loss(name, column.name, LossKind.APPROXIMATED, detail=detail)
