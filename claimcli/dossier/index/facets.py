"""The values that matching claims have in some fields, with the number of claims of each."""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from msgspec import Struct

from claimcli.core.party_names import fold_name
from claimcli.core.query import EVERYTHING, Node
from claimcli.core.query_parser import term_text
from claimcli.dossier.index.selection import matching
from claimcli.dossier.index.where import TRUE, Condition

MAX_VALUES = 50
"""The number of values of one facet; rarer ones are only counted."""


class FacetValue(Struct, frozen=True):
    """A value that claims have, such as a party's id, and the number of claims that have it.

    ``label`` is its name for readers. ``term`` is the condition that narrows a query to exactly
    these claims. The value "" is that of claims without one.
    """

    value: str
    count: int
    label: str
    term: str


class Facet(Struct, frozen=True):
    """A field of the query language with its values, most frequent first, years in order.

    ``more`` is the number of values that are left out: rarer ones, or those that no query can name.
    """

    field: str
    values: tuple[FacetValue, ...]
    more: int = 0


def facets_of(
    db: sqlite3.Connection,
    query: Node,
    within: Condition = TRUE,
    *,
    hidden: Collection[str] = (),
) -> tuple[Facet, ...]:
    """Return the parties, issues, statuses, sources, tags and years of the matching claims.

    A count is the number of claims that the query and the value's term match. ``within`` is a
    further condition, ``hidden`` are ids of sources to leave out. Raises ClaimcliError if the
    query names something that the dossier does not have.
    """
    hits = _Hits(db, narrowed=query != EVERYTHING or within != TRUE)
    if hits.narrowed:
        start, where = matching(db, query, within)
        db.execute("DROP TABLE IF EXISTS temp.hits")
        db.execute("CREATE TEMP TABLE hits (claim INTEGER PRIMARY KEY)")
        db.execute(f"INSERT INTO hits SELECT c.claim FROM {start} WHERE {where.sql}", where.values)
    return (
        _facet(db, "party", _by_party(db, hits.counts("claims", "parties"))),
        _issues(hits),
        _facet(db, "status", dict(hits.counts("claims", "status"))),
        _sources(hits, hidden),
        _facet(db, "tag", _by_tag(hits)),
        _years(hits.counts("claims", "substr(when_from, 1, 4), substr(when_to, 1, 4)")),
    )


_Rows = list[tuple[Any, ...]]
_TITLES = {"party": "name", "issue": "question", "source": "title"}
WITHOUT = {"issue": "no question", "source": "no source", "when": "no date"}
ABSENT = {"issue": "-has:issue", "source": "-has:source", "when": "-when:..9999"}
"""The condition of claims without a value: each that has a date is before the year 10,000."""


class _Hits(Struct, frozen=True):
    """The matching claims: those in the temporary table ``hits``, or if not ``narrowed`` all."""

    db: sqlite3.Connection
    narrowed: bool

    def rows_of(self, table: str) -> str:
        """Return the rows of a table that belong to the claims, as a part of a query."""
        return f"hits CROSS JOIN {table} USING (claim)" if self.narrowed else table

    def counts(
        self,
        table: str,
        columns: str,
        where: str = "1",
        values: Iterable[str] = (),
        *,
        top: int = -1,
    ) -> _Rows:
        """Return the values of columns, each with the number of claims, as far as the ``top``."""
        counted = "count(*)" if table == "claims" else "count(DISTINCT claim)"
        query = (
            f"SELECT {columns}, {counted} AS n FROM {self.rows_of(table)} WHERE {where}"
            f" GROUP BY {columns} ORDER BY n DESC, {columns} LIMIT {top}"
        )
        return self.db.execute(query, tuple(values)).fetchall()

    def number(self, what: str, table: str, where: str, values: Iterable[str] = ()) -> int:
        """Return the result of counting what rows of a table have."""
        query = f"SELECT count({what}) FROM {self.rows_of(table)} WHERE {where}"
        return int(self.db.execute(query, tuple(values)).fetchone()[0])


def _issues(hits: _Hits) -> Facet:
    known = "issue IS NOT NULL"
    top = hits.counts("claims", "issue", known, top=MAX_VALUES)
    return _with_absent(
        hits.db, "issue", top,
        absent=hits.number("*", "claims", "issue IS NULL"),
        distinct=hits.number("DISTINCT issue", "claims", known),
    )  # fmt: skip


def _sources(hits: _Hits, hidden: Collection[str]) -> Facet:
    places = ", ".join("?" * len(hidden))
    # '+' keeps SQLite from using the index by source, which takes quadratic time
    known = f"+source IN (SELECT id FROM sources) AND +source NOT IN ({places})"
    top = hits.counts("citations", "source", known, hidden, top=MAX_VALUES)
    return _with_absent(
        hits.db, "source", top,
        absent=hits.number("*", "claims", "1") - hits.number("DISTINCT claim", "citations", "1"),
        distinct=hits.number("DISTINCT source", "citations", known, hidden),
    )  # fmt: skip


def _with_absent(
    db: sqlite3.Connection, field: str, top: _Rows, *, absent: int, distinct: int
) -> Facet:
    """Return the facet of the most frequent values, and of the number of claims without one."""
    facet = _facet(db, field, {**dict(top), None: absent} if absent else dict(top))
    return Facet(field, facet.values, distinct - len(top))


def _facet(db: sqlite3.Connection, field: str, counts: Mapping[Any, int]) -> Facet:
    """Return the facet of the most frequent values; None is the value of claims without one."""
    ranked = sorted(counts.items(), key=lambda item: (item[0] is None, -item[1], item[0]))
    shown = [*ranked[:MAX_VALUES], *(item for item in ranked[MAX_VALUES:] if item[0] is None)]
    labels = _labels(db, field, [name for name, _ in shown if name])
    values = tuple(_value(field, name, count, labels) for name, count in shown)
    named = tuple(value for value in values if value.term)
    return Facet(field, named, len(ranked) - len(named))


def _value(field: str, name: str | None, count: int, labels: Mapping[str, str]) -> FacetValue:
    if name is None:
        return FacetValue("", count, WITHOUT[field], ABSENT[field])
    return FacetValue(name, count, labels.get(name, name), term_text(field, name))


def _labels(db: sqlite3.Connection, field: str, names: list[str]) -> dict[str, str]:
    if field not in _TITLES:
        return {}
    title, places = _TITLES[field], ", ".join("?" * len(names))
    query = f"SELECT id, {title} FROM {field.removesuffix('y')}{'ies' if field == 'party' else 's'}"
    return dict(db.execute(f"{query} WHERE {title} IS NOT NULL AND id IN ({places})", names))


def _by_party(db: sqlite3.Connection, counted: Iterable[tuple[str, int]]) -> Counter[str]:
    """Return the number of claims of each party and its members, as a query counts them."""
    part_of = dict(db.execute("SELECT id, part_of FROM parties WHERE part_of IS NOT NULL"))
    counts: Counter[str] = Counter()
    for parties, count in counted:
        speaking = set()
        for party in parties.split():
            name: str | None = party
            while name and name not in speaking:
                speaking.add(name)
                name = part_of.get(name)
        counts.update(dict.fromkeys(speaking, count))
    return counts


def _by_tag(hits: _Hits) -> Counter[str]:
    """Return the number of claims of each tag; tags that a query does not distinguish are one."""
    spellings: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for tag, count in sorted(hits.counts("claim_tags", "tag")):
        spellings.setdefault(fold_name(tag), []).append(tag)
        counts[tag] = count
    for tags in spellings.values():
        if len(tags) > 1:
            among = f"tag IN ({', '.join('?' * len(tags))})"
            for tag in tags[1:]:
                del counts[tag]
            counts[tags[0]] = hits.number("DISTINCT claim", "claim_tags", among, tags)
    return counts


def _years(counted: Iterable[tuple[str | None, str | None, int]]) -> Facet:
    """Return the years in which claims were made, with all claims that can be from each.

    Listed are the years of claims with a certain year, or with only a last one.
    """
    spans = [(first or "", last, count) for first, last, count in counted if last]
    undated = sum(count for _, last, count in counted if not last)
    years = sorted({last for first, last, _ in spans if first in ("", last)})
    counts = {
        year: sum(count for first, last, count in spans if first <= year <= last) for year in years
    }
    shown = sorted(sorted(counts, key=lambda year: -counts[year])[:MAX_VALUES])
    values = [_value("when", year, counts[year], {}) for year in shown]
    if undated:
        values.append(_value("when", None, undated, {}))
    return Facet("when", tuple(values), len(years) - len(shown))
