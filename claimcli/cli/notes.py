"""What commands say beside their data, and the flat forms that all tables share."""

import os
import sys
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from claimcli.cli.output import pick, talk, write
from claimcli.core import table
from claimcli.core.records import Dossier
from claimcli.core.text.word_diff import counted

FLAT_FORMS = ("table", "tsv", "csv", "md")
TABLE_FORMS = ("table", "tsv", "csv", "json", "jsonl", "yaml", "md")


class Records(Protocol):
    """A result that is a list of records and can become a table."""

    @property
    def records(self) -> tuple[dict[str, Any], ...]:
        """Each record's fields by name."""

    def table(self) -> table.Table:
        """Return it as a table."""


class Plain(Struct, frozen=True):
    """A table whose records are its rows."""

    plain: table.Table
    records: tuple[dict[str, Any], ...]

    def table(self) -> table.Table:
        """Return the table."""
        return self.plain


def as_records(plain: table.Table) -> Plain:
    """Return a table with each row by the names of the columns."""
    rows = tuple(dict(zip(plain.columns, row, strict=True)) for row in plain.rows)
    return Plain(plain, rows)


def on_screen(color: str, output: Path | None, form: str | None = None) -> bool:
    """Return whether output is for eyes: on a terminal, or where a table or colour is asked for."""
    if form == "table":
        return True
    if output is not None:
        return False
    if color == "always" or (color == "auto" and os.environ.get("FORCE_COLOR")):
        return True
    return sys.stdout.isatty()


def tell(dossier: Dossier) -> None:
    """Say on standard error what could not be read."""
    errors = dossier.errors
    if not errors:
        return
    lost = f"{counted(dossier.unread, 'record')} could not be read, " if dossier.unread else ""
    talk(f"warning: {lost}{counted(errors, 'error')} in the data; see 'claimcli check'")


def flat(result: Records, form: str) -> str:
    """Return a table's text in one of :data:`TABLE_FORMS`; a table for no screen is tsv."""
    records = list(result.records)
    if form == "json":
        return table.to_json(records)
    if form == "jsonl":
        return table.to_jsonl(records)
    if form == "yaml":
        return table.to_yaml(records)
    writers = {"csv": table.comma_separated, "md": table.markdown}
    return writers.get(form, table.tsv)(result.table())


def show_records(
    result: Records,
    *,
    form: str | None,
    output: Path | None,
    color: str,
) -> None:
    """Write a result in the form asked for, as a drawn table where somebody looks at it."""
    chosen = pick(form, output, TABLE_FORMS, "table")
    if chosen == "table" and on_screen(color, output, form):
        from claimcli.cli.screen import base

        write(base.grid(result.table(), base.settings(color, output)), output)
    else:
        write(flat(result, chosen), output)
