"""The registries with counts: parties, issues, sources."""

from collections import Counter
from typing import Any

from msgspec import Struct

from claimcli.analysis.list import location_fields, record_fields
from claimcli.core.records import Claim, Dossier, Source, Status
from claimcli.core.table import Cell, Table


class Registry(Struct, frozen=True):
    """Records of one registry, each a mapping of the same keys."""

    title: str
    records: tuple[dict[str, Any], ...]
    columns: tuple[str, ...]

    def table(self) -> Table:
        """Return the records as a table."""
        rows = tuple(tuple(_cell(r, name) for name in self.columns) for r in self.records)
        return Table(self.title, self.columns, rows)


def _cell(record: dict[str, Any], name: str) -> Cell:
    """Return a field as a cell; a source that is its own origin has none worth showing."""
    value = record[name]
    if name == "origins" and value == [record["id"]]:
        return None
    return tuple(value) if isinstance(value, list) else value


_PARTY_COLUMNS = (
    "id", "name", "kind", "part_of", "claims", "rebuttals_made", "claims_rebutted", "unanswered",
)  # fmt: skip


def parties(dossier: Dossier) -> Registry:
    """Return every party with what it says, answers and leaves unanswered.

    ``unanswered`` counts the party's claims to which no other party's answer is on file.
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
        if dossier.statuses[claim.id] is Status.UNANSWERED:
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
    """Return every issue with who speaks to it and how many of its claims are contested."""
    on: dict[str, list[Claim]] = {issue: [] for issue in dossier.issues}
    for claim in dossier.claims:
        if claim.issue in on:
            on[claim.issue].append(claim)
    records = tuple(
        {
            **record_fields(issue),
            "claims": len(on[issue.id]),
            "parties": sorted({party for claim in on[issue.id] for party in claim.parties}),
            "contested": sum(
                dossier.statuses[claim.id] is Status.CONTESTED for claim in on[issue.id]
            ),
            "unanswered": sum(
                dossier.statuses[claim.id] is Status.UNANSWERED for claim in on[issue.id]
            ),
            **location_fields(issue.location),
        }
        for issue in dossier.issues.values()
    )
    columns = ("id", "question", "claims", "parties", "contested", "unanswered")
    return Registry("issues", records, columns)


def sources(dossier: Dossier) -> Registry:
    """Return every source with how many claims cite it and how many quotes stand on it.

    ``origins`` are the sources that it goes back to; one that is derived from none is its own.
    """
    cited: Counter[str] = Counter()
    quoted: Counter[str] = Counter()
    for claim in dossier.claims:
        cited.update({citation.source for citation in claim.citations})
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
