"""Run SQL queries on an index, read-only and with limits."""

import re
import sqlite3
import time
from collections.abc import Iterable
from typing import Any

from claimcli.core.problems import ClaimcliError
from claimcli.core.table import Cell, Table
from claimcli.core.text.suggestions import did_you_mean
from claimcli.dossier.index.functions import register_regexp

MAX_BYTES = 256_000_000
"""Maximum size of a result, so that no query fills the memory."""
MAX_VALUE_BYTES = 64_000_000
"""Maximum size of one value."""
_NUMBER = 16
"""Bytes that are counted for a number."""
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_ALLOWED = (
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
)
_QUOTED = re.compile(
    r"""'(?:[^']|'')*' | `(?:[^`]|``)*` | \[[^\]]*\] | --[^\n]* | /\*.*?\*/
    | "(?P<name>(?:[^"]|"")*)" """,
    re.VERBOSE | re.DOTALL,
)
_STEPS = 100
"""Instructions of SQLite's virtual machine between two checks of the time limit."""


def run_sql(db: sqlite3.Connection, query: str, *, seconds: float) -> Table:
    """Return the result of a ``SELECT``.

    Raises ClaimcliError if it is not a ``SELECT``, names unknown tables or columns, or takes longer
    than ``seconds``.
    """
    deadline = time.monotonic() + seconds
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
    db.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    db.execute("SELECT 1 FROM words LIMIT 0")  # opens the full-text table, before that is refused
    db.set_authorizer(_allow)
    searcher = register_regexp(db, seconds)
    try:
        result = db.execute(_QUOTED.sub(_as_name, query))
        rows = _limited(result)
    except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:  # the index is rebuilt
            raise
        raise searcher.error or _error(db, error, seconds) from None
    except MemoryError:
        raise ClaimcliError("the result takes too much memory", "add a LIMIT") from None
    finally:
        db.set_authorizer(None)
        db.set_progress_handler(None, 0)
    if result.description is None:
        raise ClaimcliError("the query is empty", "write a SELECT")
    columns = _unique([column for column, *_ in result.description])
    return Table("rows", columns, tuple(rows), sparse=False)


def _as_name(quoted: re.Match[str]) -> str:
    """Return a name in double quotation marks in others, of which SQLite never makes a text.

    If there is no column "x", SQLite takes it for the text 'x', which hides a misspelled name.
    """
    name = quoted["name"]
    if name is None:
        return quoted[0]
    return "`" + name.replace('""', '"').replace("`", "``") + "`"


def _limited(result: Iterable[tuple[Any, ...]]) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    size = 0
    for row in result:
        size += sum(len(v) if isinstance(v, str | bytes) else _NUMBER for v in row)
        if size > MAX_BYTES:
            message = f"the result is larger than {MAX_BYTES // 1_000_000} MB"
            raise ClaimcliError(message, "add a LIMIT, or select fewer columns")
        rows.append(tuple(_cell(value) for value in row))
    return rows


def _allow(action: int, name: str | None, *_: object) -> int:
    """Allow reading, and the pragma by which full-text search checks whether it is up to date."""
    fresh = action == sqlite3.SQLITE_PRAGMA and name == "data_version"
    return sqlite3.SQLITE_OK if fresh or action in _ALLOWED else sqlite3.SQLITE_DENY


def _error(db: sqlite3.Connection, error: Exception, seconds: float) -> ClaimcliError:
    text = str(error)
    if re.search("not authorized|denied|prohibited|within a transaction", text):
        return ClaimcliError("only queries that read are allowed", "write a SELECT")
    if "interrupted" in text:
        message = f"the query took more than {seconds:g} s"
        return ClaimcliError(message, "narrow it, or add --timeout SECONDS")
    if unknown := re.fullmatch(r"no such (table|column): (?:\w+\.)?(.+)", text):
        what, name = unknown.groups()
        db.set_authorizer(None)
        others = [other for other in _names(db, what) if other != name]
        hint = did_you_mean(name, others, "see 'claimcli help sql'")
        return ClaimcliError(f"no {what} '{name}'", hint)
    message = text.removesuffix(".")
    return ClaimcliError(f"SQLite says: {message}", "see 'claimcli help sql' for the tables")


def _names(db: sqlite3.Connection, what: str) -> list[str]:
    tables = [
        name
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
        if not name.startswith(("_", "words_", "sqlite_"))
    ]
    if what == "table":
        return tables
    return [row[1] for name in tables for row in db.execute(f"PRAGMA table_xinfo({name})")]


def _unique(names: list[str]) -> tuple[str, ...]:
    """Return the names of columns, with a number added to repeated names."""
    unique: dict[str, None] = {}
    numbers: dict[str, int] = {}
    for name in names:
        candidate = name
        while candidate in unique:
            numbers[name] = numbers.get(name, 1) + 1
            candidate = f"{name}_{numbers[name]}"
        unique[candidate] = None
    return tuple(unique)


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, int | float):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)
