"""Queries on a dossier that has been read, through an index in memory built from its records."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from claimcli.core.query import Node, Request, Scope
from claimcli.core.records import Dossier, Record
from claimcli.dossier.index.build import build_in_memory
from claimcli.dossier.index.functions import run_with_functions
from claimcli.dossier.index.load import load
from claimcli.dossier.index.rows import FileRows, FileToRead, rows_of


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
