"""Values of the index that begin with what somebody has typed, found without looking at others."""

import sqlite3
from collections.abc import Callable

MAX_VALUES = 100
"""Values that are worth while to be offered at once."""
LAST = "\U0010ffff"
Value = tuple[str, str]
"""A value, and a text that says more about it."""
_Next = Callable[[str], Value | None]
"""Gives the first value that is not before a text."""

_CLAIM_PARTS = "SELECT {0}, '' FROM claims WHERE {0} >= ? ORDER BY {0} LIMIT 1"
_SEEKING = {
    "claim": "SELECT id, statement FROM claims WHERE id >= ? ORDER BY id LIMIT 1",
    "party": "SELECT id, name FROM parties WHERE id >= ? ORDER BY id LIMIT 1",
    "issue": "SELECT id, question FROM issues WHERE id >= ? ORDER BY id LIMIT 1",
    "source": "SELECT id, title FROM sources WHERE id >= ? ORDER BY id LIMIT 1",
    "event": "SELECT id, title FROM events WHERE id >= ? ORDER BY id LIMIT 1",
    "tag": "SELECT tag, '' FROM claim_tags WHERE tag >= ? ORDER BY tag LIMIT 1",
    "speaker": _CLAIM_PARTS.format("speaker"),
}
KINDS = tuple(_SEEKING)
"""What can be asked for."""


def values_with_prefix(db: sqlite3.Connection, kind: str, typed: str) -> tuple[list[Value], bool]:
    """Return the values of a kind that begin with a text, in order, and whether these are all.

    Where there are more than :data:`MOST`, what comes back is how they begin, as far as it leads
    to the next choice: whoever types on gets there in steps. Each step is one look-up in an index
    of the database, so that the time does not grow with it.
    """

    def seek(text: str) -> Value | None:
        found = db.execute(_SEEKING[kind], (text,)).fetchone()
        return (str(found[0]), str(found[1] or "")) if found else None

    values = _values(seek, typed)
    return (values, True) if len(values) <= MAX_VALUES else (_stems(seek, typed), False)


def _values(seek: _Next, typed: str) -> list[Value]:
    values: list[Value] = []
    found = seek(typed)
    while found and found[0].startswith(typed) and len(values) <= MAX_VALUES:
        values.append(found)
        found = seek(f"{found[0]}\0")
    return values


def _stems(seek: _Next, typed: str) -> list[Value]:
    """Return the shortest beginnings, longer than what is typed, of which there is a choice."""
    stems: list[Value] = []
    found = seek(typed)
    while found and found[0].startswith(typed):
        stem = found[0][: len(typed) + 1]
        stems.append((stem, ""))
        found = seek(f"{stem}{LAST}") if stem != typed else seek(f"{typed}\0")
    if len(stems) == 1 and stems[0][0] != typed:
        return _stems(seek, stems[0][0])
    return [stem for stem in stems if stem[0] != typed] or stems
