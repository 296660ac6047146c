"""The registries of parties, issues and sources, with counts."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from claimcli.analysis.list import location_fields, record_fields
from claimcli.analysis.roll_up import claims_with_members, rebuts, rebuttal_count
from claimcli.core.party_trees import By, grouping
from claimcli.core.records import Claim, Dossier, Source, Status
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
    made: Counter[str] = Counter()
    rebutting: Counter[str] = Counter()
    rebutted: Counter[str] = Counter()
    open_claims: Counter[str] = Counter()
    for claim in dossier.claims:
        listed = {roots.get(party, party) for party in claim.parties}
        made.update(listed)
        if rebuts(dossier, claim, roots):
            rebutting.update(listed)
        if rebuttal_count(dossier, claim, roots):
            rebutted.update(listed)
        if claim.id not in dossier.answered:
            open_claims.update(listed)
    heading, below = (
        ("members", _members_of_trees(dossier, roots))
        if by is By.TREE
        else ("with_members", claims_with_members(dossier, dossier.claims))
    )
    records = tuple(
        {
            **record_fields(party),
            "claims": made[party.id],
            heading: below[party.id],
            "rebuttals_made": rebutting[party.id],
            "claims_rebutted": rebutted[party.id],
            "no_response": open_claims[party.id],
            **location_fields(party.location),
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


def issues(dossier: Dossier, *, only_used: bool = False) -> Registry:
    """Return every issue with its parties, and how many claims are contested or have no response.

    With ``only_used``, issues without selected claims are left out.
    """
    claims_on: dict[str, list[Claim]] = {issue: [] for issue in dossier.issues}
    for claim in dossier.claims:
        if claim.issue in claims_on:
            claims_on[claim.issue].append(claim)
    place = order_key(dossier.parties)
    records = tuple(
        {
            **record_fields(issue),
            "claims": len(claims_on[issue.id]),
            "parties": sorted(
                {p for claim in claims_on[issue.id] for p in claim.parties}, key=place
            ),
            "contested": sum(
                dossier.statuses[claim.id] is Status.CONTESTED for claim in claims_on[issue.id]
            ),
            "no_response": sum(claim.id not in dossier.answered for claim in claims_on[issue.id]),
            **location_fields(issue.location),
        }
        for issue in dossier.issues.values()
        if claims_on[issue.id] or not only_used
    )
    columns = ("id", "question", "claims", "parties", "contested", "no_response")
    return Registry("issues", records, columns)


def sources(dossier: Dossier, *, only_used: bool = False) -> Registry:
    """Return every source with the number of claims and quotes that cite it.

    ``origins`` are the sources that it derives from, or the source itself. With ``only_used``,
    sources that no selected claim cites are left out.
    """
    cited: Counter[str] = Counter()
    quoted: Counter[str] = Counter()
    for claim in dossier.claims:
        cited.update(claim.source_ids)
        quoted.update(citation.source for citation in claim.citations if citation.quote)
    records = tuple(
        _source(dossier, source, cited[source.id], quoted[source.id])
        for source in dossier.sources.values()
        if cited[source.id] or not only_used
    )
    derived = ("origins",) if dossier.origins else ()
    columns = ("id", "title", "outlet", "published", "kind", *derived, "claims", "quotes", "url")
    return Registry("sources", records, columns)


def _source(dossier: Dossier, source: Source, claims: int, quotes: int) -> dict[str, Any]:
    return {
        **record_fields(source),
        "origins": list(dossier.origins.get(source.id, (source.id,))),
        "claims": claims,
        "quotes": quotes,
        **location_fields(source.location),
    }
