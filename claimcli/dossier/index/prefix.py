"""Completion: the values in the index that begin with a text, found without reading the others."""

import sqlite3
import unicodedata
from collections.abc import Callable

MAX_VALUES = 100
"""Number of values up to which all are offered at once."""
LAST = "\U0010ffff"
Value = tuple[str, str]
"""A value and its description."""
_Next = Callable[[str], Value | None]
"""Returns the first value that is equal to a text or sorts after it."""

_CLAIM_COLUMN = "SELECT {0}, '' FROM claims WHERE {0} >= ? ORDER BY {0} LIMIT 1"
_QUERIES = {
    "claim": "SELECT id, statement FROM claims WHERE id >= ? ORDER BY id LIMIT 1",
    "party": "SELECT id, name FROM parties WHERE id >= ? ORDER BY id LIMIT 1",
    "issue": "SELECT id, question FROM issues WHERE id >= ? ORDER BY id LIMIT 1",
    "source": "SELECT id, title FROM sources WHERE id >= ? ORDER BY id LIMIT 1",
    "event": "SELECT id, title FROM events WHERE id >= ? ORDER BY id LIMIT 1",
    "tag": "SELECT tag, '' FROM claim_tags WHERE tag >= ? ORDER BY tag LIMIT 1",
    "speaker": _CLAIM_COLUMN.format("speaker"),
}
KINDS = tuple(_QUERIES)
"""The kinds of values that can be completed."""


def values_with_prefix(db: sqlite3.Connection, kind: str, typed: str) -> tuple[list[Value], bool]:
    """Return the values of a kind that begin with a text, in order, and whether these are all.

    If there are more than :data:`MAX_VALUES`, longer prefixes are returned instead, up to the next
    character at which values differ. Each step is one lookup in a database index, so the time does
    not depend on the number of values.
    """

    def seek(text: str) -> Value | None:
        row = db.execute(_QUERIES[kind], (text,)).fetchone()
        return (str(row[0]), str(row[1] or "")) if row else None

    forms = dict.fromkeys((typed, *(unicodedata.normalize(form, typed) for form in ("NFC", "NFD"))))
    values = [value for form in forms for value in _values(seek, form)]
    whole = len(values) <= MAX_VALUES
    if not whole:
        values = [value for form in forms for value in _longer_prefixes(seek, form)]
    return list(dict.fromkeys((as_typed(text, typed), about) for text, about in values)), whole


def as_typed(text: str, typed: str) -> str:
    """Return a text in the Unicode form of its typed beginning, since shells compare characters."""
    forms = (text, *(unicodedata.normalize(form, text) for form in ("NFC", "NFD")))
    return next((form for form in forms if form.startswith(typed)), text)


def _values(seek: _Next, typed: str) -> list[Value]:
    values: list[Value] = []
    value = seek(typed)
    while value and value[0].startswith(typed) and len(values) <= MAX_VALUES:
        values.append(value)
        value = seek(f"{value[0]}\0")
    return values


def _longer_prefixes(seek: _Next, typed: str) -> list[Value]:
    """Return the shortest prefixes longer than ``typed`` between which there is a choice."""
    prefixes: list[Value] = []
    value = seek(typed)
    while value and value[0].startswith(typed):
        prefix = value[0][: len(typed) + 1]
        prefixes.append((prefix, ""))
        value = seek(f"{prefix}{LAST}") if prefix != typed else seek(f"{typed}\0")
    if len(prefixes) == 1 and prefixes[0][0] != typed:
        return _longer_prefixes(seek, prefixes[0][0])
    return [prefix for prefix in prefixes if prefix[0] != typed] or prefixes
