"""Old Excel workbooks, from before 2007."""

from claimcli.exchange.sheets.imported_sheets import WORKBOOK_OPTIONS as OPTIONS
from claimcli.exchange.sheets.imported_sheets import read_workbooks as read

__all__ = ["EXTENSIONS", "OPTIONS", "read"]
EXTENSIONS = (".xls",)
