"""Spreadsheets as people have them, made by code."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter


def write_xlsx(
    path: Path,
    rows: Sequence[Sequence[Any]],
    *,
    sheet: str = "Sheet1",
    merged: Sequence[tuple[int, int, int, int]] = (),
    hidden: Sequence[int] = (),
    epoch: int = 1900,
    more: Sequence[tuple[str, Sequence[Sequence[Any]]]] = (),
) -> Path:
    """Write a workbook; rows and columns of merged and hidden cells count from 1."""
    book = xlsxwriter.Workbook(path, {"date_1904": epoch == 1904})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for name, cells in ((sheet, rows), *more):
        page = book.add_worksheet(name)
        for number, row in enumerate(cells):
            for place, cell in enumerate(row):
                _write_cell(page, number, place, cell, day)
        if name == sheet:
            for top, left, bottom, right in merged:
                text = cells[top - 1][left - 1]
                page.merge_range(top - 1, left - 1, bottom - 1, right - 1, text)
            for number in hidden:
                page.set_row(number - 1, None, None, {"hidden": True})
    book.close()
    return path


def _write_cell(page: Any, row: int, column: int, cell: Any, day: Any) -> None:
    if isinstance(cell, datetime):
        page.write_datetime(row, column, cell, day)
    elif cell == "=1/0":
        page.write_formula(row, column, cell, None, "#DIV/0!")
    elif cell != "":
        page.write(row, column, cell)


def write_ods(path: Path, rows: str, name: str = "Claims") -> Path:
    """Write an OpenDocument spreadsheet with a table whose rows are given as XML."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="{name}">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        manifest = (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            "</manifest:manifest>"
        )
        archive.writestr("META-INF/manifest.xml", manifest)
    path.write_bytes(data.getvalue())
    return path
