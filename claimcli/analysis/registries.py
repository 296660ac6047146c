"""The registries of parties, issues and sources, with counts."""

from collections import Counter
from typing import Any

from msgspec import Struct

from claimcli.analysis.list import location_fields, record_fields
from claimcli.core.records import Claim, Dossier, Source, Status
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


_PARTY_COLUMNS = (
    "id", "name", "kind", "part_of", "claims", "rebuttals_made", "claims_rebutted", "unanswered",
)  # fmt: skip


def parties(dossier: Dossier) -> Registry:
    """Return every party with the numbers of its claims and rebuttals.

    ``unanswered`` counts the party's claims without an answer by another party.
    """
    made: Counter[str] = Counter()
    rebutting: Counter[str] = Counter()
    rebutted: Counter[str] = Counter()
    open_claims: Counter[str] = Counter()
    for claim in dossier.claims:
        made.update(claim.parties)
        if any(answer.kind.opposes for answer in claim.responds_to):
            rebutting.update(claim.parties)
        if any(kind.opposes for _, kind in dossier.answers.get(claim.id, ())):
            rebutted.update(claim.parties)
        if claim.id not in dossier.answered:
            open_claims.update(claim.parties)
    records = tuple(
        {
            **record_fields(party),
            "claims": made[party.id],
            "rebuttals_made": rebutting[party.id],
            "claims_rebutted": rebutted[party.id],
            "unanswered": open_claims[party.id],
            **location_fields(party.location),
        }
        for party in dossier.parties.values()
    )
    return Registry("parties", records, _PARTY_COLUMNS)


def issues(dossier: Dossier) -> Registry:
    """Return every issue with its parties and the number of contested and unanswered claims."""
    claims_on: dict[str, list[Claim]] = {issue: [] for issue in dossier.issues}
    for claim in dossier.claims:
        if claim.issue in claims_on:
            claims_on[claim.issue].append(claim)
    records = tuple(
        {
            **record_fields(issue),
            "claims": len(claims_on[issue.id]),
            "parties": sorted({party for claim in claims_on[issue.id] for party in claim.parties}),
            "contested": sum(
                dossier.statuses[claim.id] is Status.CONTESTED for claim in claims_on[issue.id]
            ),
            "unanswered": sum(claim.id not in dossier.answered for claim in claims_on[issue.id]),
            **location_fields(issue.location),
        }
        for issue in dossier.issues.values()
    )
    columns = ("id", "question", "claims", "parties", "contested", "unanswered")
    return Registry("issues", records, columns)


def sources(dossier: Dossier) -> Registry:
    """Return every source with the number of claims and quotes that cite it.

    ``origins`` are the sources that it derives from, or the source itself.
    """
    cited: Counter[str] = Counter()
    quoted: Counter[str] = Counter()
    for claim in dossier.claims:
        cited.update(claim.source_ids)
        quoted.update(citation.source for citation in claim.citations if citation.quote)
    records = tuple(
        _source(dossier, source, cited[source.id], quoted[source.id])
        for source in dossier.sources.values()
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
