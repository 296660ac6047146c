"""A claim as an entry of a list of references, to be copied."""

from collections.abc import Iterator

from claimcli.analysis.findings import Verification
from claimcli.core.long_dates import long_date
from claimcli.core.party_names import parties_label
from claimcli.core.records import Claim, Dossier
from claimcli.core.text.escaping import one_line
from claimcli.web.parts import ClaimView, PartiesView


def reference(dossier: Dossier, claim: Claim, view: ClaimView, verification: Verification) -> str:
    """Return who says what, in which sources, the status of the claim, and its id, on one line."""
    sources = "; ".join(dict.fromkeys(_sources(dossier, claim, verification)))
    cited = f" In: {sources}." if sources else ""
    status = _status(view)
    text = f"{_who(dossier, claim, view)}: \u201c{claim.statement}\u201d{cited} {status}"
    return one_line(f"{text} [{claim.id}]")


def _who(dossier: Dossier, claim: Claim, view: ClaimView) -> str:
    party = parties_label(dossier, claim)
    parts = [f"{claim.speaker}, for {party}" if claim.speaker else party]
    relayed = view.relayed.name if view.relayed else ""
    if view.relays and relayed:
        parts.append(f"relaying {view.relays} ({relayed})")
    elif view.relays or relayed:
        parts.append(f"relaying {view.relays or relayed}")
    if claim.when:
        parts.append(long_date(claim.when))
    return ", ".join(parts)


def _sources(dossier: Dossier, claim: Claim, verification: Verification) -> Iterator[str]:
    for citation in claim.citations:
        source = dossier.sources.get(citation.source)
        finding = verification.of(claim.id, citation)
        match = finding.first_match if finding and finding.verdict.is_found else None
        published = long_date(source.published) if source and source.published else None
        place = citation.locator or (match.label if match else None)
        parts = (source.title if source else citation.source, published, place)
        yield ", ".join(part for part in parts if part)


def _status(view: ClaimView) -> str:
    """Return the status of a claim as a sentence."""
    status = view.status
    reasons = [
        f"{_names(reason.parties)} {reason.words}"
        for reason in status.reasons
        if reason.parties and not reason.answered
    ]
    label = f"{status.label[:1].upper()}{status.label[1:]}"
    return f"{label}{': ' if reasons else ''}{'; '.join(reasons)}."


def _names(parties: PartiesView) -> str:
    more = f" and {parties.more} more" if parties.more else ""
    return " and ".join(party.name for party in parties.first) + more
