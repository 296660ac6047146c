"""OpenDocument spreadsheets, as LibreOffice saves them."""

from claimcli.exchange.sheets.imported_sheets import read_workbooks as read

__all__ = ["EXTENSIONS", "read"]
EXTENSIONS = (".ods",)
