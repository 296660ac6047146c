"""Old Excel workbooks, from before 2007."""

from claimcli.exchange.sheets.imported_sheets import read_workbooks as read

__all__ = ["EXTENSIONS", "read"]
EXTENSIONS = (".xls",)
