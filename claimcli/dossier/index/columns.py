"""The fields of claims that are columns of the index, as cells of tables.

They are what :mod:`claimcli.analysis.list` shows of records in flat tables, without the records.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from claimcli.core.query import Request
from claimcli.core.schema import CLAIM, FieldType
from claimcli.core.table import Cell
from claimcli.dossier.index.problems import PathOf
from claimcli.dossier.index.rows import refuse_changed
from claimcli.dossier.index.selection import select_columns

_SOURCES = (
    "(SELECT group_concat(source, ' ') FROM ("
    "SELECT source FROM citations q WHERE q.claim = c.claim ORDER BY number))"
)
COLUMNS = {
    **{f.name: f"c.{f.name}" for f in CLAIM.fields if f.is_text or f.type is FieldType.DATE},
    "when": "coalesce(c.said, c.made_by)",
    "party": "c.parties",
    "parties": "c.parties",
    "sources": _SOURCES,
    "status": "c.status",
    "answered": "iif(c.answered, 'yes', 'no')",
    "internal": "iif(c.internal > 0, 'yes', 'no')",
    "superseded_by": "c.superseded_by",
    "file": "c.file",
    "line": "c.line",
}
"""SQL of the fields that can be shown from columns of ``claims c``."""
_LISTS = ("party", "parties", "sources")
"""Fields with several ids, separated by spaces."""


def claim_rows(
    db: sqlite3.Connection, path_of: PathOf, *, request: Request, fields: Sequence[str]
) -> Iterator[tuple[Cell, ...]]:
    """Return the cells of some of :data:`COLUMNS` for each claim that a request selects, in order.

    The rows are read one by one. Raises ClaimcliError if the query names something unknown, and
    msgspec.MsgspecError if a statement is damaged.
    """
    columns = ", ".join(COLUMNS[field] for field in fields)
    statement = fields.index("statement") if "statement" in fields else None
    if statement is not None:
        columns += ", c.statement_check"
    rows = select_columns(db, request, columns)
    convert = dict.fromkeys(_LISTS, _several) | {"file": path_of}
    converters = [(at, convert[field]) for at, field in enumerate(fields) if field in convert]

    def cells_of(row: tuple[Any, ...]) -> tuple[Cell, ...]:
        cells = list(row)
        if statement is not None:
            refuse_changed(cells[statement], cells.pop())
        for at, converter in converters:
            cells[at] = converter(row[at])
        return tuple(cells)

    return map(cells_of, rows)


def _several(ids: str | None) -> Cell:
    """Return ids that are separated by spaces, each once."""
    if ids is None or " " not in ids:
        return ids
    return tuple(dict.fromkeys(ids.split(" ")))
