"""Parties and issues that claims mention, each with the location of its first mention."""

from collections.abc import Container, Iterable, Iterator

from claimcli.core.problems import Span
from claimcli.core.records import Claim, Issue, Location, Party


def mentioned_parties(
    claims: Iterable[Claim], registered: Iterable[Party], *, only: Container[str] | None = None
) -> dict[str, Party]:
    """Return each party that claims or other parties mention, by id; of some if ``only`` is given.

    The place of a mention is decoded only for these: that takes longer than loading the claim.
    """
    parties: dict[str, Party] = {}
    mentioning = (c for c in claims if only is None or any(p in only for p, _ in _mentions(c)))
    for claim in sorted(mentioning, key=lambda claim: claim.location.span):
        for party, location in _mentions(claim):
            if party not in parties and (only is None or party in only):
                parties[party] = _party(party, location.of("party"))
    for member in registered:
        if member.part_of and (only is None or member.part_of in only):
            parties.setdefault(
                member.part_of, _party(member.part_of, member.location.of("part_of"))
            )
    return parties


def _mentions(claim: Claim) -> Iterator[tuple[str, Location]]:
    """Yield the parties that a claim names in fields called ``party``, and the field's record."""
    for party in claim.parties:
        yield party, claim.location
    if claim.reports and claim.reports.party:
        yield claim.reports.party, claim.reports.location
    for request in claim.asked:
        yield request.party, request.location


def mentioned_issues(claims: Iterable[Claim], names: Container[str]) -> dict[str, Issue]:
    """Return the issues of these names that a claim mentions, by id."""
    issues: dict[str, Issue] = {}
    mentioning = (claim for claim in claims if claim.issue and claim.issue in names)
    for claim in sorted(mentioning, key=lambda claim: claim.location.span):
        if claim.issue and claim.issue not in issues and claim.location.has("issue"):
            place = _at(claim.location.of("issue"))
            issues[claim.issue] = Issue(id=claim.issue, location=place, registered=False)
    return issues


def _party(party: str, span: Span) -> Party:
    return Party(id=party, location=_at(span), registered=False)


def _at(span: Span) -> Location:
    place = (span.line, span.column, span.end_line, span.end_column)
    return Location.create(span.path, place, {})
