"""A dossier at a glance: how the accounts on each issue relate, and what nobody answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimcli.analysis.issue_accounts import IssueOverview, claims_by_party, issue_overviews
from claimcli.core.dates import Date, date_span
from claimcli.core.provenance import claim_origins
from claimcli.core.records import Claim, Dossier
from claimcli.core.registry_order import in_order
from claimcli.core.short_repr import ShortRepr


class Unanswered(ShortRepr, frozen=True):
    """A party's claims with no response on file: their number, of how many, and the first."""

    party: str
    unanswered: int
    claims: int
    first: Claim


class Overview(ShortRepr, frozen=True):
    """The issues of the selected claims in order, and the numbers of the selection.

    ``speaking`` has the number of claims of each party, in order; ``without_claims`` are the
    registered parties that say nothing. ``made`` are the first and the last date of the claims.
    """

    issues: tuple[IssueOverview, ...]
    claims: int
    without_issue: int
    speaking: Mapping[str, int]
    without_claims: tuple[str, ...]
    sources: int
    origins: int
    quotes: int
    made: tuple[Date, Date] | None
    no_response: int
    unanswered: tuple[Unanswered, ...]


def overview(dossier: Dossier) -> Overview:
    """Return the overview of the selected claims of a whole dossier with what opposes them."""
    claims = dossier.claims
    by_party = claims_by_party(claims)
    speaking = in_order(by_party, dossier.parties)
    heard = {party for claim in dossier.by_id.values() for party in claim.parties}
    registered = (party.id for party in dossier.parties.values() if party.registered)
    dates = (claim.when for claim in claims)
    return Overview(
        issues=issue_overviews(dossier),
        claims=len(claims),
        without_issue=sum(claim.issue is None for claim in claims),
        speaking={party: len(by_party[party]) for party in speaking},
        without_claims=tuple(name for name in registered if name not in heard),
        sources=len({name for claim in claims for name in claim.source_ids}),
        origins=len({end for claim in claims for end in claim_origins(dossier, claim)}),
        quotes=sum(citation.quote is not None for c in claims for citation in c.citations),
        made=date_span(date for date in dates if date and not date.no_later),
        no_response=sum(claim.id not in dossier.answered for claim in claims),
        unanswered=tuple(_unanswered(dossier, speaking, by_party)),
    )


def _unanswered(
    dossier: Dossier, parties: Iterable[str], claims: Mapping[str, Sequence[Claim]]
) -> Iterator[Unanswered]:
    for party in parties:
        own = [claim for claim in claims[party] if claim.id not in dossier.answered]
        if own:
            first = min(own, key=lambda claim: claim.order)
            yield Unanswered(party, len(own), len(claims[party]), first)
