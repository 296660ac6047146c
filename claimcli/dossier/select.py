"""Dossiers that take further queries, through an index in memory built from its records."""

import sqlite3
import weakref
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, wraps
from typing import ParamSpec, TypeVar, cast

from msgspec.structs import replace

from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Node, Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Dossier, Record
from claimcli.dossier.index.build import build_in_memory
from claimcli.dossier.index.functions import run_with_functions
from claimcli.dossier.index.load import load
from claimcli.dossier.index.rows import FileRows, FileToRead, rows_of

SCOPES = {"claims": Scope.CLAIMS, "thread": Scope.THREADS, "dossier": Scope.ALL}
"""What :func:`claimcli.open_dossier` reads, from the least to everything."""
_P = ParamSpec("_P")
_R = TypeVar("_R")


def needs(scope: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Return a decorator: the function refuses a dossier of which less than ``scope`` was read."""

    def decorate(function: Callable[_P, _R]) -> Callable[_P, _R]:
        @wraps(function)
        def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            for value in (*args, *kwargs.values()):
                if isinstance(value, OpenDossier):
                    _require(value, scope, function.__name__)
            return function(*args, **kwargs)

        return call

    return decorate


def _require(dossier: "OpenDossier", scope: str, name: str) -> None:
    scopes = list(SCOPES)
    if scopes.index(dossier.scope) < scopes.index(scope):
        raise ClaimcliError(
            f"{name} needs more of the dossier than its scope '{dossier.scope}'",
            f"open it with scope='{scope}'",
        )


class OpenDossier(Dossier, frozen=True, kw_only=True, dict=True, weakref=True):
    """A dossier as :func:`claimcli.open_dossier` returns it: a Dossier that takes further queries.

    ``scope`` is what was read: ``claims``, ``thread`` or ``dossier``.
    """

    scope: str = "dossier"

    @needs("dossier")
    def select(self, query: str | Node) -> "OpenDossier":
        """Return the same dossier with the claims that match the query, of all its claims.

        Nothing is read again. Raises ClaimcliError if the query cannot be parsed, if it names
        something that the dossier does not have, or if only a part of the dossier was read.
        """
        return cast(OpenDossier, select(self, self.index, as_query(query)))

    @cached_property
    def index(self) -> sqlite3.Connection:
        """An index in memory of all records; threads may share it, one at a time."""
        db = build_index(self)
        weakref.finalize(self, db.close)
        return db


def as_query(query: str | Node) -> Node:
    """Return a query, parsed if it is a text. Raises ClaimcliError if it cannot be parsed."""
    return parse_query(query) if isinstance(query, str) else query


def build_index(dossier: Dossier) -> sqlite3.Connection:
    """Return an index of all records of a dossier, for :func:`select`.

    Threads may share it, one at a time.
    """
    by_path = _records_by_path(dossier)

    def read(files: Sequence[FileToRead]) -> Iterator[FileRows]:
        for file in files:
            yield rows_of(file.file, 0, by_path[file.path], (), unread=0)

    return build_in_memory(sorted(by_path), read)


def select(dossier: Dossier, index: sqlite3.Connection, query: Node) -> Dossier:
    """Return the dossier with the claims that match the query, in order; ``index`` is its index.

    Raises ClaimcliError if the query names something that the dossier does not have.
    """
    request = Request(query=query, scope=Scope.CLAIMS)
    matches = run_with_functions(
        index, lambda _, path: path, lambda db: load(db, request, lambda _: "").claims
    )
    return replace(dossier, claims=tuple(dossier.by_id[claim.id] for claim in matches))


def _records_by_path(dossier: Dossier) -> dict[str, list[Record]]:
    """Return the records that are written in files, in order, by the path of their file."""
    by_path: dict[str, list[Record]] = defaultdict(list)
    for record in _records(dossier):
        if record.location.path:
            by_path[record.location.path].append(record)
    for records in by_path.values():
        records.sort(key=lambda record: record.location.record)
    return by_path


def _records(dossier: Dossier) -> Iterable[Record]:
    yield from (party for party in dossier.parties.values() if party.registered)
    yield from dossier.sources.values()
    yield from (issue for issue in dossier.issues.values() if issue.registered)
    yield from dossier.events.values()
    yield from dossier.by_id.values()
