"""Ids in the index by their beginning or another part."""

import sqlite3

from claimcli.core.id_parts import ids_among

MOST = 1000
"""Ids that are looked at; a part that so many have means none of them."""


def ids_with_part(db: sqlite3.Connection, table: str, part: str, column: str = "id") -> list[str]:
    """Return the ids of a table that a part means, as :func:`claimcli.core.id_parts.ids_among`."""
    text = part.lower()
    some = f"SELECT DISTINCT {column} FROM {table} WHERE {{}} ORDER BY {column} LIMIT {MOST}"
    beginning = some.format(f"{column} >= ? AND {column} < ?")
    rows = db.execute(beginning, (text, f"{text}\U0010ffff")).fetchall()
    rows = rows or db.execute(some.format(f"instr({column}, ?)"), (text,)).fetchall()
    return ids_among((name for (name,) in rows), part)
