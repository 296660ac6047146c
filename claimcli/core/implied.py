"""Parties and issues that claims mention, each with the location of its first mention."""

from collections.abc import Iterable

from claimcli.core.problems import Span
from claimcli.core.records import Claim, Issue, Location, Party


def mentioned_parties(claims: Iterable[Claim], registered: Iterable[Party]) -> dict[str, Party]:
    """Return each party that claims or other parties mention, by id."""
    parties: dict[str, Party] = {}
    for claim in sorted(claims, key=lambda claim: claim.location.span):
        for party in claim.parties:
            parties.setdefault(party, _party(party, claim.location.of("party")))
        reports = claim.reports
        if reports and reports.party:
            parties.setdefault(reports.party, _party(reports.party, reports.location.of("party")))
        for request in claim.asked:
            place = request.location.of("party")
            parties.setdefault(request.party, _party(request.party, place))
    for member in registered:
        if member.part_of:
            parties.setdefault(
                member.part_of, _party(member.part_of, member.location.of("part_of"))
            )
    return parties


def mentioned_issues(claims: Iterable[Claim]) -> dict[str, Issue]:
    """Return each issue that a claim mentions, by id."""
    issues: dict[str, Issue] = {}
    for claim in sorted(claims, key=lambda claim: claim.location.span):
        if claim.issue and claim.location.has("issue"):
            place = _at(claim.location.of("issue"))
            issues.setdefault(claim.issue, Issue(id=claim.issue, location=place, registered=False))
    return issues


def _party(party: str, span: Span) -> Party:
    return Party(id=party, location=_at(span), registered=False)


def _at(span: Span) -> Location:
    return Location(span.path, (span.line, span.column, span.end_line, span.end_column))
