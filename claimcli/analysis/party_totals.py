"""The numbers of each party or party tree in an audit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from claimcli.analysis.findings import Verification
from claimcli.analysis.positions import ordered_parties
from claimcli.analysis.roll_up import claims_with_members, rebuts, rebuttal_count
from claimcli.core.party_trees import By, grouping
from claimcli.core.records import Claim, Dossier, party_label
from claimcli.core.text.word_diff import word_count


class Share(Struct, frozen=True):
    """A number of items out of a total."""

    part: int = 0
    whole: int = 0

    @property
    def text(self) -> str:
        """The percentage with both numbers, "" if the total is 0.

        Only exact shares are shown as 0% or 100%.
        """
        if not self.whole:
            return ""
        percent = round(100 * self.part / self.whole)
        if 0 < self.part < self.whole:
            percent = min(max(percent, 1), 99)
        return f"{percent}% ({self.part:,}/{self.whole:,})"


class PartyTotals(Struct, frozen=True, kw_only=True):
    """One party's numbers; an answer to the party's own claim is not counted as a rebuttal.

    ``with_members`` counts the claims of the party and its members; it is None by tree, or if no
    party has members. ``primary`` counts the claims that cite a primary source, ``verified`` the
    verified quotes, ``words`` the words of statements, quotes and translations of these claims.
    """

    party: str
    name: str
    claims: int
    with_members: int | None
    rebuttals_made: int
    rebuttals_received: int
    primary: Share
    verified: Share
    words: int


def party_totals(
    dossier: Dossier, claims: Sequence[Claim], verification: Verification, by: By
) -> tuple[PartyTotals, ...]:
    """Return the totals of the parties of the claims, then of the other registered parties.

    By tree, a party is counted with its members, and an answer within the tree is no rebuttal.
    """
    roots = grouping(dossier, by)
    verdicts: dict[str, list[bool]] = defaultdict(list)
    for finding in verification.findings:
        verdicts[finding.claim].append(finding.verified)
    spoken: dict[str, list[_ClaimTotals]] = defaultdict(list)
    for claim in claims:
        # once for all parties
        totals = _claim_totals(dossier, claim, verdicts.get(claim.id, ()), roots)
        for party in {roots.get(party, party) for party in claim.parties}:
            spoken[party].append(totals)
    has_members = by is By.MEMBER and any(p.part_of for p in dossier.parties.values())
    with_members = claims_with_members(dossier, claims) if has_members else None
    return tuple(
        _party_totals(dossier, party, spoken.get(party, ()), with_members)
        for party in ordered_parties(dossier, (p for claim in claims for p in claim.parties), roots)
    )


class _ClaimTotals(Struct, frozen=True):
    """What one claim adds to the totals of its parties."""

    opposes: bool
    received: int
    primary: bool
    verified: int
    quotes: int
    words: int


def _claim_totals(
    dossier: Dossier, claim: Claim, verdicts: Sequence[bool], roots: Mapping[str, str]
) -> _ClaimTotals:
    return _ClaimTotals(
        rebuts(dossier, claim, roots),
        rebuttal_count(dossier, claim, roots),
        _cites_primary(dossier, claim),
        sum(verdicts),
        len(verdicts),
        _word_count(claim),
    )


def _party_totals(
    dossier: Dossier,
    party: str,
    claims: Sequence[_ClaimTotals],
    with_members: Mapping[str, int] | None,
) -> PartyTotals:
    return PartyTotals(
        party=party,
        name=party_label(dossier, party),
        claims=len(claims),
        with_members=with_members[party] if with_members is not None else None,
        rebuttals_made=sum(claim.opposes for claim in claims),
        rebuttals_received=sum(claim.received for claim in claims),
        primary=Share(sum(claim.primary for claim in claims), len(claims)),
        verified=Share(sum(c.verified for c in claims), sum(c.quotes for c in claims)),
        words=sum(claim.words for claim in claims),
    )


def _cites_primary(dossier: Dossier, claim: Claim) -> bool:
    cited = (dossier.sources.get(citation.source) for citation in claim.citations)
    return any(source.kind == "primary" for source in cited if source)


def _word_count(claim: Claim) -> int:
    quoted = (text for c in claim.citations for text in (c.quote, c.translation) if text)
    return sum(map(word_count, (claim.statement, *quoted)))
