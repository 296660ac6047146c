"""OpenDocument spreadsheets, as LibreOffice saves them."""

from claimcli.exchange.sheets.imported_sheets import WORKBOOK_OPTIONS as OPTIONS
from claimcli.exchange.sheets.imported_sheets import read_workbooks as read

__all__ = ["EXTENSIONS", "OPTIONS", "read"]
EXTENSIONS = (".ods",)
