"""Questions in SQL to an index: they read, and do nothing else."""

import re
import sqlite3
import time
from collections.abc import Iterable
from typing import Any

from claimcli.core.problems import ClaimcliError
from claimcli.core.table import Cell, Table
from claimcli.core.text.suggestions import did_you_mean
from claimcli.dossier.index.functions import register_regexp

MOST_BYTES = 256_000_000
"""Size of a whole answer, so that no question fills the memory."""
MOST_OF_A_VALUE = 64_000_000
"""Bytes of one value."""
_NUMBER = 16
"""Bytes that a number is taken for."""
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_ALLOWED = (
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
)
_STEPS = 100
"""Instructions of SQLite's machine between two looks at the clock."""


def ask_sql(db: sqlite3.Connection, question: str, *, seconds: float) -> Table:
    """Return the rows that answer a ``SELECT``.

    Raises ClaimcliError where it is none, where it names what there is not, or where the answer
    takes longer than ``seconds``.
    """
    deadline = time.monotonic() + seconds
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_OF_A_VALUE)
    db.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    db.set_authorizer(_allow)
    searcher = register_regexp(db, seconds)
    try:
        answer = db.execute(question)
        rows = _bounded(answer)
    except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
        if (
            getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED
        ):  # for whoever can make the index anew
            raise
        raise searcher.error or _wrong(db, error, seconds) from None
    except MemoryError:
        raise ClaimcliError("the answer takes too much memory", "add a LIMIT") from None
    finally:
        db.set_authorizer(None)
        db.set_progress_handler(None, 0)
    if answer.description is None:
        raise ClaimcliError("no question was asked", "write a SELECT")
    columns = _apart([column for column, *_ in answer.description])
    return Table("rows", columns, tuple(rows), sparse=False)


def _bounded(answer: Iterable[tuple[Any, ...]]) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    size = 0
    for row in answer:
        size += sum(len(v) if isinstance(v, str | bytes) else _NUMBER for v in row)
        if size > MOST_BYTES:
            message = f"an answer of more than {MOST_BYTES // 1_000_000} MB"
            raise ClaimcliError(message, "add a LIMIT, or ask for fewer columns")
        rows.append(tuple(_cell(value) for value in row))
    return rows


def _allow(action: int, name: str | None, *_: object) -> int:
    """Let questions pass, and what full text search asks SQLite to see whether it is up to date."""
    fresh = action == sqlite3.SQLITE_PRAGMA and name == "data_version"
    return sqlite3.SQLITE_OK if fresh or action in _ALLOWED else sqlite3.SQLITE_DENY


def _wrong(db: sqlite3.Connection, error: Exception, seconds: float) -> ClaimcliError:
    text = str(error)
    if re.search("not authorized|denied|prohibited|within a transaction", text):
        return ClaimcliError("only questions are answered here", "write a SELECT")
    if "interrupted" in text:
        message = f"no answer within {seconds:g} s"
        return ClaimcliError(message, "narrow it, or add --timeout SECONDS")
    if found := re.fullmatch(r"no such (table|column): (?:\w+\.)?(\w+)", text):
        what, name = found.groups()
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


def _apart(names: list[str]) -> tuple[str, ...]:
    """Return the names of columns, a second one of the same name with a number."""
    found: dict[str, None] = {}
    numbers: dict[str, int] = {}
    for name in names:
        candidate = name
        while candidate in found:
            numbers[name] = numbers.get(name, 1) + 1
            candidate = f"{name}_{numbers[name]}"
        found[candidate] = None
    return tuple(found)


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, int | float):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)
