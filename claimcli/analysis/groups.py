"""Claims in groups that links hold together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from claimcli.core.records import Claim
from claimcli.core.relations import Link
from claimcli.core.unions import unions


def connected(claims: Mapping[str, Claim], links: Iterable[Link]) -> list[list[Claim]]:
    """Return the claims in groups that links hold together, all in order."""
    top = unions(claims, ((link.source, link.target) for link in links))
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims.values():
        groups[top(claim.id)].append(claim)
    return [
        sorted(group, key=lambda claim: (_answers_within(claim, claims), claim.order))
        if len(group) > 1
        else group
        for group in groups.values()
    ]


def in_order(claims: Collection[Claim]) -> Collection[Claim]:
    """Return claims by when they were said."""
    return sorted(claims, key=lambda claim: claim.order) if len(claims) > 1 else claims


def _answers_within(claim: Claim, claims: Mapping[str, Claim]) -> bool:
    """Return whether a claim follows another: such a one does not name the row's issue."""
    return claim.restates in claims or any(a.claim in claims for a in claim.responds_to)
