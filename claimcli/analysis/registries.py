"""The registries of parties, issues and sources, with counts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
from msgspec import Struct

from claimcli.analysis.list import location_fields, record_fields
from claimcli.analysis.roll_up import claims_with_members, rebuts, rebuttal_count
from claimcli.core.party_trees import By, grouping
from claimcli.core.records import NOWHERE, Dossier, Issue, Source, Status
from claimcli.core.registry_order import order_key
from claimcli.core.table import Cell, Table


class Registry(Struct, frozen=True):
    """The records of one registry, all with the same keys."""

    title: str
    records: tuple[dict[str, Any], ...]
    columns: tuple[str, ...]

    def table(self) -> Table:
        """Return the records as a table."""
        rows = tuple(tuple(_cell(r, name) for name in self.columns) for r in self.records)
        return Table(self.title, self.columns, rows)


def _cell(record: dict[str, Any], name: str) -> Cell:
    """Return a field as a table cell, None for the origin of a source that is its own origin."""
    value = record[name]
    if name == "origins" and value == [record["id"]]:
        return None
    return tuple(value) if isinstance(value, list) else value


def parties(dossier: Dossier, *, by: By = By.MEMBER, only_used: bool = False) -> Registry:
    """Return every party with the numbers of its claims and rebuttals.

    ``no_response`` counts the claims with no response on file; ``with_members``
    the claims of the party and its members. By tree, there is one record for each party tree, with
    its other ``members``. Answers to the own claim, or within the tree, are no rebuttals. With
    ``only_used``, parties without selected claims are left out.
    """
    roots = grouping(dossier, by)
    counts = PartyCounts()
    for claim in dossier.claims:
        counts.claims[claim.parties] += 1
        counts.rebutting[claim.parties] += rebuts(dossier, claim, roots)
        counts.rebutted[claim.parties] += rebuttal_count(dossier, claim, roots) > 0
        counts.unanswered[claim.parties] += claim.id not in dossier.answered
    return party_registry(dossier, counts, by=by, only_used=only_used)


class PartyCounts(Struct, frozen=True):
    """Numbers of claims by their parties: all, those that rebut or are rebutted, the unanswered."""

    claims: Counter[tuple[str, ...]] = msgspec.field(default_factory=Counter)
    rebutting: Counter[tuple[str, ...]] = msgspec.field(default_factory=Counter)
    rebutted: Counter[tuple[str, ...]] = msgspec.field(default_factory=Counter)
    unanswered: Counter[tuple[str, ...]] = msgspec.field(default_factory=Counter)


def by_party(counts: Mapping[tuple[str, ...], int], roots: Mapping[str, str]) -> Counter[str]:
    """Return the numbers of claims of each party, or party tree, from those by their parties."""
    totals: Counter[str] = Counter()
    for names, number in counts.items():
        totals.update(dict.fromkeys((roots.get(name, name) for name in names), number))
    return totals


def party_registry(
    dossier: Dossier, counts: PartyCounts, *, by: By = By.MEMBER, only_used: bool = False
) -> Registry:
    """Return the parties of a dossier as :func:`parties` does, with numbers counted before."""
    roots = grouping(dossier, by)
    made = by_party(counts.claims, roots)
    rebutting, rebutted, unanswered = (
        by_party(one, roots) for one in (counts.rebutting, counts.rebutted, counts.unanswered)
    )
    heading, below = (
        ("members", _members_of_trees(dossier, roots))
        if by is By.TREE
        else ("with_members", claims_with_members(dossier, counts.claims))
    )
    records = tuple(
        {
            **record_fields(party),
            "claims": made[party.id],
            heading: below[party.id],
            "rebuttals_made": rebutting[party.id],
            "claims_rebutted": rebutted[party.id],
            "no_response": unanswered[party.id],
            **location_fields(party.location if party.registered else NOWHERE),
        }
        for party in dossier.parties.values()
        if party.id not in roots and (made[party.id] or not only_used)
    )
    return Registry("parties", records, _party_columns(dossier, by))


def _members_of_trees(dossier: Dossier, roots: Mapping[str, str]) -> Mapping[str, Any]:
    members: dict[str, list[str]] = defaultdict(list)
    for party in dossier.parties:
        if party in roots:
            members[roots[party]].append(party)
    return members


def _party_columns(dossier: Dossier, by: By) -> tuple[str, ...]:
    """Return the columns; those about members only if a party is part of another."""
    numbers = ("rebuttals_made", "claims_rebutted", "no_response")
    if by is By.TREE:
        return ("id", "name", "kind", "members", "claims", *numbers)
    members = ("with_members",) if any(p.part_of for p in dossier.parties.values()) else ()
    return ("id", "name", "kind", "part_of", "claims", *members, *numbers)


class IssueNumbers(Struct):
    """What the claims on an issue are: their number, their parties, and further numbers."""

    claims: int = 0
    parties: set[str] = msgspec.field(default_factory=set)
    contested: int = 0
    no_response: int = 0

    def fields(self, place: Callable[[str], Any]) -> dict[str, Any]:
        """Return the numbers by name; ``place`` is the sorting key of parties."""
        return {
            "claims": self.claims,
            "parties": sorted(self.parties, key=place),
            "contested": self.contested,
            "no_response": self.no_response,
        }


ISSUE_COLUMNS = ("id", "question", "claims", "parties", "contested", "no_response")


def count_issues(
    claims: Iterable[tuple[str | None, Iterable[str], str, bool]],
) -> defaultdict[str, IssueNumbers]:
    """Return the numbers of issues from the issue, the parties and the status of claims.

    The last value of each is whether it is answered.
    """
    numbers: defaultdict[str, IssueNumbers] = defaultdict(IssueNumbers)
    for issue, names, status, answered in claims:
        if issue is not None:
            one = numbers[issue]
            one.claims += 1
            one.parties.update(names)
            one.contested += status == Status.CONTESTED
            one.no_response += not answered
    return numbers


def issues(dossier: Dossier, *, only_used: bool = False) -> Registry:
    """Return every issue with its parties, and how many claims are contested or have no response.

    With ``only_used``, issues without selected claims are left out.
    """
    numbers = count_issues(
        (c.issue, c.parties, dossier.statuses[c.id], c.id in dossier.answered)
        for c in dossier.claims
    )
    place = order_key(dossier.parties)
    records = tuple(
        issue_record(issue, numbers[issue.id], place)
        for issue in dossier.issues.values()
        if issue.id in numbers or not only_used
    )
    return Registry("issues", records, ISSUE_COLUMNS)


def issue_record(
    issue: Issue, numbers: IssueNumbers, place: Callable[[str], Any]
) -> dict[str, Any]:
    """Return an issue with its numbers; ``place`` is the sorting key of parties."""
    return {
        **record_fields(issue),
        **numbers.fields(place),
        **location_fields(issue.location if issue.registered else NOWHERE),
    }


class SourceNumbers(Struct, frozen=True):
    """The numbers of claims and quotes by source, and of claims by the number of their origins."""

    claims: Mapping[str, int]
    quotes: Mapping[str, int]
    origins: Mapping[int, int]


def count_sources(
    citations: Iterable[tuple[Any, str | None, Any]], origins: Mapping[str, tuple[str, ...]]
) -> SourceNumbers:
    """Return the numbers of sources from the claims that cite them.

    ``citations`` are a key of the claim, the source (None if it has none), and whether it has a
    quote; those of one claim follow each other.
    """
    cited: dict[str, int] = defaultdict(int)
    quoted: dict[str, int] = defaultdict(int)
    numbers: dict[int, int] = defaultdict(int)
    for _, rows in groupby(citations, key=itemgetter(0)):
        names: dict[str, None] = {}
        for _, name, is_quoted in rows:
            if name:
                names[name] = None
                if is_quoted:
                    quoted[name] += 1
        ends: set[str] = set()
        for name in names:
            cited[name] += 1
            ends.update(origins.get(name, (name,)))
        numbers[len(ends)] += 1
    return SourceNumbers(cited, quoted, numbers)


def source_columns(*, derived: bool) -> tuple[str, ...]:
    """Return the columns of sources; the origins only if a source is derived from another."""
    origins = ("origins",) if derived else ()
    return ("id", "title", "outlet", "published", "kind", *origins, "claims", "quotes", "url")


def sources(dossier: Dossier, *, only_used: bool = False) -> Registry:
    """Return every source with the number of claims and quotes that cite it.

    ``origins`` are the sources that it derives from, or the source itself. With ``only_used``,
    sources that no selected claim cites are left out.
    """
    citations = ((c.id, cited.source, cited.quote) for c in dossier.claims for cited in c.citations)
    numbers = count_sources(citations, dossier.origins)
    records = tuple(
        source_record(source, numbers, dossier.origins)
        for source in dossier.sources.values()
        if source.id in numbers.claims or not only_used
    )
    return Registry("sources", records, source_columns(derived=bool(dossier.origins)))


def source_record(
    source: Source, numbers: SourceNumbers, origins: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    """Return a source with its origins and numbers."""
    return {
        **record_fields(source),
        "origins": list(origins.get(source.id, (source.id,))),
        "claims": numbers.claims.get(source.id, 0),
        "quotes": numbers.quotes.get(source.id, 0),
        **location_fields(source.location),
    }
