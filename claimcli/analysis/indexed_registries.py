"""The registries, with numbers that are counted in the index and records that are read in turn."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from msgspec import Struct

from claimcli.analysis.registries import (
    ISSUE_COLUMNS,
    PartyCounts,
    Registry,
    by_party,
    count_issues,
    count_sources,
    issue_record,
    party_registry,
    source_columns,
    source_record,
)
from claimcli.analysis.roll_up import is_rebuttal
from claimcli.core.party_trees import By, grouping
from claimcli.core.provenance import origin_counts_text, trace_ends
from claimcli.core.query import EVERYTHING, Node, Request
from claimcli.core.records import NOWHERE, Dossier, Issue
from claimcli.core.registry_order import Sort, order_key, sort_by_counts, sorted_items
from claimcli.core.table import Cell, StreamedRows
from claimcli.dossier.index.counts import (
    citation_rows,
    issue_rows,
    party_rows,
    rebutted_rows,
    rebutting_rows,
    registry_rows,
)
from claimcli.dossier.index.load import load, load_records
from claimcli.dossier.index.problems import PathOf

BATCH = 2000
"""Number of records that are read at once."""


class StreamedRegistry(Struct, frozen=True):
    """The records of a registry, read while they are written; ``rows`` are the cells of a table.

    Only one of ``records`` and ``rows`` is read, so that a table needs no records.
    """

    title: str
    columns: tuple[str, ...]
    records: Iterable[dict[str, Any]]
    rows: Iterable[tuple[Cell, ...]]

    def table(self) -> StreamedRows:
        """Return the records as a table."""
        return StreamedRows(self.title, self.columns, self.rows)


def read_parties(
    db: sqlite3.Connection,
    path_of: PathOf,
    query: Node | None,
    *,
    by: By = By.MEMBER,
    sort: Sort = Sort.REGISTRY,
) -> Registry:
    """Return the parties of the claims that match a query; see :func:`registries.parties`.

    Without a query, these are all, also those without claims. Raises ClaimcliError if the query
    names something unknown.
    """
    dossier = _without_claims(db, path_of)
    counts = _party_counts(db, query or EVERYTHING, grouping(dossier, by))
    made = by_party(counts.claims, grouping(dossier, by))
    ordered = sort_by_counts(dossier, sort, made, Counter())
    return party_registry(ordered, counts, by=by, only_used=query is not None)


def read_issues(
    db: sqlite3.Connection,
    path_of: PathOf,
    query: Node | None,
    *,
    sort: Sort = Sort.REGISTRY,
) -> StreamedRegistry:
    """Return the issues of the claims that match a query; see :func:`registries.issues`.

    Raises as :func:`read_parties`.
    """
    ids = cache(_ids)
    numbers = count_issues(
        (issue, ids(parties), status, answered)
        for issue, parties, status, answered in issue_rows(db, query or EVERYTHING)
    )
    made = _claims_by_parties(db, query or EVERYTHING) if sort is Sort.CLAIMS else {}
    about = Counter({issue: one.claims for issue, one in numbers.items()})
    parties = sort_by_counts(_without_claims(db, path_of), sort, by_party(made, {}), about).parties
    place = order_key(parties)

    def listed(*columns: str) -> Iterable[tuple[Any, ...]]:
        rows = sorted_items(registry_rows(db, "issues", columns), about, sort)
        return (row for row in rows if row[0] in about or query is None)

    def rows() -> Iterator[tuple[Cell, ...]]:
        for name, question in listed("id", "question"):
            claims, names, contested, open_ = numbers[name].fields(place).values()
            yield name, question, claims, tuple(names), contested, open_

    def records() -> Iterator[dict[str, Any]]:
        for names, found in _batches(db, path_of, "issue", listed("id")):
            for name in names:
                issue = found.get(name) or Issue(id=name, location=NOWHERE, registered=False)
                yield issue_record(issue, numbers[name], place)

    return StreamedRegistry("issues", ISSUE_COLUMNS, records(), rows())


class StreamedSources(StreamedRegistry, frozen=True):
    """The sources; ``summary`` says how many independent origins the claims have, if any."""

    summary: str


def read_sources(db: sqlite3.Connection, path_of: PathOf, query: Node | None) -> StreamedSources:
    """Return the sources of the claims that match a query; see :func:`registries.sources`.

    Raises as :func:`read_parties`.
    """
    origins = _origins(db)
    numbers = count_sources(citation_rows(db, query or EVERYTHING), origins)
    columns = source_columns(derived=bool(origins))

    def listed(*names: str) -> Iterable[tuple[Any, ...]]:
        rows = registry_rows(db, "sources", names)
        return (row for row in rows if row[0] in numbers.claims or query is None)

    def rows() -> Iterator[tuple[Cell, ...]]:
        for name, *fields, url in listed("id", "title", "outlet", "published", "kind", "url"):
            ends = origins.get(name)
            derived = (None if ends == (name,) else ends,) if origins else ()
            claims, quotes = numbers.claims.get(name, 0), numbers.quotes.get(name, 0)
            yield name, *fields, *derived, claims, quotes, url

    def records() -> Iterator[dict[str, Any]]:
        for names, found in _batches(db, path_of, "source", listed("id")):
            for name in names:
                yield source_record(found[name], numbers, origins)

    summary = origin_counts_text(numbers.origins)
    return StreamedSources("sources", columns, records(), rows(), summary)


def _without_claims(db: sqlite3.Connection, path_of: PathOf) -> Dossier:
    """Return a dossier with all parties."""
    return load(db, Request(limit=0), path_of)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(text.split(" "))


def _claims_by_parties(db: sqlite3.Connection, query: Node) -> Counter[tuple[str, ...]]:
    counts: Counter[tuple[str, ...]] = Counter()
    for parties, _, number in party_rows(db, query):
        counts[_ids(parties)] += number
    return counts


def _party_counts(db: sqlite3.Connection, query: Node, roots: Mapping[str, str]) -> PartyCounts:
    @cache
    def rebuts(parties: str, target: str | None) -> bool:
        return target is None or is_rebuttal(_ids(parties), _ids(target), roots)

    counts = PartyCounts(claims=_claims_by_parties(db, query))
    for parties, answered, number in party_rows(db, query):
        counts.unanswered[_ids(parties)] += 0 if answered else number
    rebutting = {key: one for key, one, target in rebutting_rows(db, query) if rebuts(one, target)}
    rebutted = {key: one for key, one, answer in rebutted_rows(db, query) if rebuts(answer, one)}
    counts.rebutting.update(map(_ids, rebutting.values()))
    counts.rebutted.update(map(_ids, rebutted.values()))
    return counts


def _origins(db: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Return the origins of each source that is derived from others."""
    above: dict[str, list[str]] = {}
    for source, origin in db.execute("SELECT source, origin FROM origins ORDER BY rowid"):
        above.setdefault(source, []).append(origin)
    return trace_ends({source: tuple(origins) for source, origins in above.items()})


def _batches(
    db: sqlite3.Connection, path_of: PathOf, kind: str, rows: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[list[str], Mapping[str, Any]]]:
    """Yield ids, which are the first cells of rows, in batches, with the records by id."""
    names = (row[0] for row in rows)
    while batch := list(islice(names, BATCH)):
        yield batch, load_records(db, kind, batch, path_of)
