"""The numbers of each party or party tree in an audit."""

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

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


class _Tally(Struct):
    """The numbers of a party so far."""

    claims: int = 0
    made: int = 0
    received: int = 0
    primary: int = 0
    verified: int = 0
    quotes: int = 0
    words: int = 0


class TotalsCounter:
    """Counts the claims of each party: by tree with its members.

    An answer within the tree is then no rebuttal.
    """

    def __init__(self, dossier: Dossier, by: By) -> None:
        self.dossier = dossier
        self.roots = grouping(dossier, by)
        self.tallies: dict[str, _Tally] = {}
        self.counts: Counter[tuple[str, ...]] | None = None
        if by is By.MEMBER and any(p.part_of for p in dossier.parties.values()):
            self.counts = Counter()

    def add(self, dossier: Dossier, claim: Claim) -> None:
        """Count a claim of a dossier with its answers."""
        made, received = (
            rebuts(dossier, claim, self.roots),
            rebuttal_count(dossier, claim, self.roots),
        )
        primary, words = _cites_primary(dossier, claim), _word_count(claim)
        for tally in self._tallies(claim):
            tally.claims += 1
            tally.made += made
            tally.received += received
            tally.primary += primary
            tally.words += words
        if self.counts is not None:
            self.counts[claim.parties] += 1

    def add_quote(self, claim: Claim, *, verified: bool) -> None:
        """Count a quote of a claim."""
        for tally in self._tallies(claim):
            tally.quotes += 1
            tally.verified += verified

    def _tallies(self, claim: Claim) -> Iterator[_Tally]:
        for party in {self.roots.get(party, party) for party in claim.parties}:
            yield self.tallies.setdefault(party, _Tally())

    def totals(self) -> tuple[PartyTotals, ...]:
        """Return the totals of the parties of the claims and of the other registered parties."""
        dossier, counts = self.dossier, self.counts
        below = None if counts is None else claims_with_members(dossier, counts)
        return tuple(
            _party_totals(dossier, party, self.tallies.get(party, _Tally()), below)
            for party in ordered_parties(dossier, self.tallies, self.roots)
        )


def _party_totals(
    dossier: Dossier, party: str, tally: _Tally, with_members: Mapping[str, int] | None
) -> PartyTotals:
    return PartyTotals(
        party=party,
        name=party_label(dossier, party),
        claims=tally.claims,
        with_members=with_members[party] if with_members is not None else None,
        rebuttals_made=tally.made,
        rebuttals_received=tally.received,
        primary=Share(tally.primary, tally.claims),
        verified=Share(tally.verified, tally.quotes),
        words=tally.words,
    )


def _cites_primary(dossier: Dossier, claim: Claim) -> bool:
    cited = (dossier.sources.get(citation.source) for citation in claim.citations)
    return any(source.kind == "primary" for source in cited if source)


def _word_count(claim: Claim) -> int:
    quoted = (text for c in claim.citations for text in (c.quote, c.translation) if text)
    return sum(map(word_count, (claim.statement, *quoted)))
