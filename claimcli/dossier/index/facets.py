"""The values that matching claims have in some fields, with the number of claims of each."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
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
    hits = "claims c"
    if query != EVERYTHING or within != TRUE:
        start, where = matching(db, query, within)
        db.execute("DROP TABLE IF EXISTS temp.hits")
        db.execute("CREATE TEMP TABLE hits (claim INTEGER PRIMARY KEY)")
        db.execute(f"INSERT INTO hits SELECT c.claim FROM {start} WHERE {where.sql}", where.values)
        hits = "hits CROSS JOIN claims c USING (claim)"

    def counted(columns: str, joined: str = "", values: Iterable[str] = ()) -> _Rows:
        what = "count(DISTINCT c.claim)" if joined else "count(*)"
        query = f"SELECT {columns}, {what} FROM {hits} {joined} GROUP BY {columns}"
        return db.execute(query, tuple(values)).fetchall()

    sources: dict[str | None, int] = dict(counted("q.source", _CITATIONS))
    for name in hidden:
        sources.pop(name, None)
    return (
        _facet(db, "party", _by_party(db, counted("c.parties"))),
        _facet(db, "issue", dict(counted("c.issue"))),
        _facet(db, "status", dict(counted("c.status"))),
        _facet(db, "source", sources),
        _facet(db, "tag", _by_tag(counted)),
        _years(counted("substr(c.when_from, 1, 4), substr(c.when_to, 1, 4)")),
    )


_CITATIONS = (
    "LEFT JOIN citations q ON q.claim = c.claim"
    " WHERE q.source IS NULL OR q.source IN (SELECT id FROM sources)"
)
_Rows = list[tuple[Any, ...]]
_TITLES = {"party": "name", "issue": "question", "source": "title"}
WITHOUT = {"issue": "no question", "source": "no source", "when": "no date"}
ABSENT = {"issue": "-has:issue", "source": "-has:source", "when": "-when:..9999"}
"""The condition of claims without a value: each that has a date is before the year 10,000."""


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


def _by_tag(counted: Callable[..., _Rows]) -> Counter[str]:
    """Return the number of claims of each tag; tags that a query does not distinguish are one."""
    joined = "JOIN claim_tags t ON t.claim = c.claim"
    spellings: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for tag, count in counted("t.tag", joined):
        spellings.setdefault(fold_name(tag), []).append(tag)
        counts[tag] = count
    for tags in spellings.values():
        if len(tags) > 1:
            places = ", ".join("?" * len(tags))
            ((_, count),) = counted("1", f"{joined} AND t.tag IN ({places})", tags)
            for tag in tags[1:]:
                del counts[tag]
            counts[tags[0]] = count
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
