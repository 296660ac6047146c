"""Parties and issues that are only mentioned, each with the place of its first mention."""

from collections.abc import Iterable

from claimcli.core.problems import Span
from claimcli.core.records import Claim, Issue, Party, Where


def mentioned_parties(claims: Iterable[Claim], registered: Iterable[Party]) -> dict[str, Party]:
    """Return each party that claims or other parties name, by id."""
    found: dict[str, Party] = {}
    for claim in sorted(claims, key=lambda claim: claim.where.span):
        for party in claim.parties:
            found.setdefault(party, _party(party, claim.where.of("party")))
        reports = claim.reports
        if reports and reports.party:
            found.setdefault(reports.party, _party(reports.party, reports.where.of("party")))
    for member in registered:
        if member.part_of:
            found.setdefault(member.part_of, _party(member.part_of, member.where.of("part_of")))
    return found


def mentioned_issues(claims: Iterable[Claim]) -> dict[str, Issue]:
    """Return each issue that a claim names, by id."""
    found: dict[str, Issue] = {}
    for claim in sorted(claims, key=lambda claim: claim.where.span):
        if claim.issue and claim.where.has("issue"):
            place = _at(claim.where.of("issue"))
            found.setdefault(claim.issue, Issue(id=claim.issue, where=place, registered=False))
    return found


def _party(party: str, span: Span) -> Party:
    return Party(id=party, where=_at(span), registered=False)


def _at(span: Span) -> Where:
    return Where(span.path, (span.line, span.column, span.end_line, span.end_column))
