"""What the registries count, as rows of the index: without records, and without texts."""

import sqlite3
from collections.abc import Iterable

from claimcli.core.query import Node
from claimcli.core.response_kinds import Kind
from claimcli.dossier.index.selection import matching

_OPPOSING = ", ".join(f"'{kind.value}'" for kind in Kind if kind.opposes)


def party_rows(db: sqlite3.Connection, query: Node) -> Iterable[tuple[str, bool, int]]:
    """Return the parties of claims, whether these are answered, and the number of such claims.

    The claims are those that match a query. Parties are separated by spaces.
    """
    start, where = matching(db, query)
    return db.execute(
        f"SELECT c.parties, c.answered, count(*) FROM {start} WHERE {where.sql} GROUP BY 1, 2",
        where.values,
    )


def rebutting_rows(db: sqlite3.Connection, query: Node) -> Iterable[tuple[int, str, str | None]]:
    """Return the opposing answers among the claims that match a query, as :func:`rebutted_rows`.

    The last column is None if the opposed claim is not on file.
    """
    targets = "r.claim = c.claim LEFT JOIN claims o ON o.id = r.target"
    return _opposing(db, query, targets)


def rebutted_rows(db: sqlite3.Connection, query: Node) -> Iterable[tuple[int, str, str]]:
    """Return key and parties of claims that match a query, and the parties of opposing answers."""
    return _opposing(db, query, "r.target = c.id CROSS JOIN claims o ON o.claim = r.claim")


def _opposing(db: sqlite3.Connection, query: Node, others: str) -> sqlite3.Cursor:
    """Return key and parties of claims, and the parties of the ``others`` joined by opposition."""
    start, where = matching(db, query)
    return db.execute(
        f"SELECT c.claim, c.parties, o.parties FROM {start} CROSS JOIN responses r ON {others}"
        f" WHERE ({where.sql}) AND r.kind IN ({_OPPOSING})",
        where.values,
    )


def issue_rows(db: sqlite3.Connection, query: Node) -> Iterable[tuple[str, str, str, bool]]:
    """Return issue, parties, status and whether it is answered of claims that match a query."""
    start, where = matching(db, query)
    return db.execute(
        f"SELECT c.issue, c.parties, c.status, c.answered FROM {start}"
        f" WHERE ({where.sql}) AND c.issue IS NOT NULL",
        where.values,
    )


def citation_rows(db: sqlite3.Connection, query: Node) -> Iterable[tuple[int, str | None, bool]]:
    """Return the key of each claim that matches a query, with each source, and if it is quoted.

    A claim without a source has one row, with None.
    """
    start, where = matching(db, query)
    return db.execute(
        f"SELECT c.claim, q.source, q.quote <> '' FROM {start}"
        f" LEFT JOIN citations q ON q.claim = c.claim WHERE {where.sql}",
        where.values,
    )


def registry_rows(
    db: sqlite3.Connection, table: str, columns: Iterable[str]
) -> Iterable[tuple[str | None, ...]]:
    """Return columns of all issues or sources, in the order of the registry."""
    names = ", ".join(f"t.{column}" for column in columns)
    if table == "sources":
        return db.execute(f"SELECT {names} FROM sources t ORDER BY t.id")
    return db.execute(
        f"SELECT {names} FROM issues t LEFT JOIN files f ON f.file = t.file"
        " ORDER BY NOT t.registered, f.root, f.path, iif(t.registered, t.rowid, 0), t.id"
    )
