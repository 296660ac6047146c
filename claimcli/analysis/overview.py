"""A dossier at a glance: how the accounts on each issue relate, and what nobody answered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice

from claimcli.analysis.positions import Voice, newest_claim, summarize_position
from claimcli.core.dates import Date, date_span
from claimcli.core.party_trees import party_trees, trees_of
from claimcli.core.positions import distinct_positions
from claimcli.core.provenance import claim_origins
from claimcli.core.records import Claim, Dossier, Status, opposition_of
from claimcli.core.registry_order import in_order, order_key
from claimcli.core.relations import holds_position, is_by_others, is_current
from claimcli.core.response_kinds import Effect, Kind
from claimcli.core.short_repr import ShortRepr

MOST_SILENT = 6
"""Maximum number of silent parties of an issue that are named; the others are counted."""
MOST_RESPONSES = 4
"""Maximum number of responses on an issue that are named; the others are counted."""


class IssueRelation(StrEnum):
    """How the accounts on an issue relate, the strongest relation first.

    It is the strongest status of the claims on the issue. Without answers and shared or opposing
    positions, the parties of several trees speak in ``parallel``, or the issue is ``one-sided``.
    """

    CONTESTED = "contested"
    DIVIDED = "divided"
    QUALIFIED = "qualified"
    AGREED = "agreed"
    ANSWERED = "answered"
    PARALLEL = "parallel"
    ONE_SIDED = "one-sided"


_RELATIONS = {
    Status.CONTESTED: IssueRelation.CONTESTED,
    Status.DIVIDED: IssueRelation.DIVIDED,
    Status.QUALIFIED: IssueRelation.QUALIFIED,
    Status.CONFIRMED: IssueRelation.AGREED,
    Status.ANSWERED: IssueRelation.ANSWERED,
}
_OPPOSED = (IssueRelation.CONTESTED, IssueRelation.DIVIDED)
_EFFECTS = {
    IssueRelation.QUALIFIED: Effect.QUALIFICATION,
    IssueRelation.AGREED: Effect.AGREEMENT,
}


class IssueResponse(ShortRepr, frozen=True):
    """Parties that respond to a claim on an issue, and how."""

    parties: tuple[str, ...]
    kind: Kind


class Account(ShortRepr, frozen=True):
    """What a party says on an issue: its positions in words or "", and its newest claim.

    Several ``parties`` have one account if a joint statement is the newest claim of each.
    """

    parties: tuple[str, ...]
    position: str
    newest: Claim
    claims: int


class IssueOverview(ShortRepr, frozen=True):
    """An issue: how the accounts relate, the responses or positions behind that, and the accounts.

    ``silent`` are the first speaking parties that say nothing on it, ``more_silent`` is the number
    of others, and ``trees`` that of the party trees that speak.
    """

    issue: str
    relation: IssueRelation
    claims: int
    responses: tuple[IssueResponse, ...]
    more_responses: int
    positions: tuple[str, ...]
    accounts: tuple[Account, ...]
    silent: tuple[str, ...]
    more_silent: int
    trees: int


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
    finder = _IssueFinder(dossier)
    by_party = _by_party(claims)
    speaking = in_order(by_party, dossier.parties)
    registered = (party.id for party in dossier.parties.values() if party.registered)
    dates = (claim.when for claim in claims)
    return Overview(
        issues=tuple(finder.issues()),
        claims=len(claims),
        without_issue=sum(claim.issue is None for claim in claims),
        speaking={party: len(by_party[party]) for party in speaking},
        without_claims=tuple(name for name in registered if name not in finder.speaking),
        sources=len({name for claim in claims for name in claim.source_ids}),
        origins=len({end for claim in claims for end in claim_origins(dossier, claim)}),
        quotes=sum(citation.quote is not None for c in claims for citation in c.citations),
        made=date_span(date for date in dates if date and not date.no_later),
        no_response=sum(claim.id not in dossier.answered for claim in claims),
        unanswered=tuple(_unanswered(dossier, speaking, by_party)),
    )


def issue_relations(dossier: Dossier) -> dict[str, IssueRelation]:
    """Return how the selected claims of each issue relate, in the order of the issues."""
    finder = _IssueFinder(dossier)
    places = sorted(finder.on_issue, key=order_key(dossier.issues))
    return {issue: finder.relation(finder.on_issue[issue]) for issue in places}


def _by_party(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for party in dict.fromkeys(claim.parties):
            said[party].append(claim)
    return said


def _unanswered(
    dossier: Dossier, parties: Iterable[str], claims: Mapping[str, Sequence[Claim]]
) -> Iterator[Unanswered]:
    for party in parties:
        own = [claim for claim in claims[party] if claim.id not in dossier.answered]
        if own:
            first = min(own, key=lambda claim: claim.order)
            yield Unanswered(party, len(own), len(claims[party]), first)


class _IssueFinder:
    """The claims of a dossier by issue, and the parties that speak."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.roots = party_trees(dossier)
        self.covered = {claim.id for claim in dossier.claims}
        self.on_issue: dict[str, list[Claim]] = defaultdict(list)
        self.heard: dict[str, set[str]] = defaultdict(set)
        speaking: set[str] = set()
        for claim in dossier.claims:
            if claim.issue:
                self.on_issue[claim.issue].append(claim)
        for claim in dossier.by_id.values():
            speaking.update(claim.parties)
            if claim.issue and claim.issue in self.on_issue:
                self.heard[claim.issue].update(claim.parties)
        self.speaking = in_order(speaking, dossier.parties)

    def issues(self) -> Iterator[IssueOverview]:
        for issue in sorted(self.on_issue, key=order_key(self.dossier.issues)):
            yield self.issue(issue)

    def issue(self, issue: str) -> IssueOverview:
        claims = self.on_issue[issue]
        relation = self.relation(claims)
        responses = tuple(dict.fromkeys(self._responses(claims, relation)))
        silent, more = self._silent(issue)
        return IssueOverview(
            issue,
            relation,
            len(claims),
            tuple(IssueResponse(*one) for one in responses[:MOST_RESPONSES]),
            max(0, len(responses) - MOST_RESPONSES),
            self._positions(claims, relation),
            tuple(self._accounts(claims)),
            silent,
            more,
            len({tree for claim in claims for tree in trees_of(claim.parties, self.roots)}),
        )

    def relation(self, claims: Sequence[Claim]) -> IssueRelation:
        """Return how claims on one issue relate."""
        statuses = {self.dossier.statuses[claim.id] for claim in claims}
        for status, relation in _RELATIONS.items():
            if status in statuses:
                return relation
        trees = (trees_of(claim.parties, self.roots) for claim in claims)
        one_sided = frozenset.intersection(*trees)
        return IssueRelation.ONE_SIDED if one_sided else IssueRelation.PARALLEL

    def _responses(
        self, claims: Iterable[Claim], relation: IssueRelation
    ) -> Iterator[tuple[tuple[str, ...], Kind]]:
        """Yield the parties and kinds of the responses that make the relation."""
        for claim in claims:
            for name, kind in self.dossier.answers.get(claim.id, ()):
                answer = self.dossier.by_id[name]
                counts = is_current(answer, self.dossier.superseded) and (
                    relation is IssueRelation.DIVIDED or is_by_others(answer, claim)
                )
                if counts and self._makes(kind, relation):
                    yield answer.parties, kind

    def _makes(self, kind: Kind, relation: IssueRelation) -> bool:
        if relation in _OPPOSED:
            return kind.opposes
        return _EFFECTS.get(relation, kind.effect) is kind.effect

    def _positions(self, claims: Iterable[Claim], relation: IssueRelation) -> tuple[str, ...]:
        """Return the positions that oppose each other, or the position that parties share."""
        if relation in _OPPOSED:
            rivals = (claim for claim in claims if opposition_of(self.dossier, claim.id).rivals)
            return distinct_positions(rivals)
        if relation is not IssueRelation.AGREED:
            return ()
        held = [c for c in claims if holds_position(c, self.dossier.superseded)]
        positions = distinct_positions(held)
        return positions if len(positions) == 1 and len({c.parties for c in held}) > 1 else ()

    def _accounts(self, claims: Iterable[Claim]) -> Iterator[Account]:
        said = _by_party(sorted(claims, key=lambda claim: claim.order))
        together: dict[str, list[str]] = defaultdict(list)
        for party in in_order(said, self.dossier.parties):
            together[self._newest(said[party]).id].append(party)
        for name, parties in together.items():
            every = {claim.id: claim for party in parties for claim in said[party]}
            own = sorted(every.values(), key=lambda claim: claim.order)
            summary = summarize_position(own, self.covered, self.dossier.superseded)
            stated = summary.text if summary.voice is Voice.STATES else ""
            yield Account(tuple(parties), stated, every[name], len(own))

    def _newest(self, claims: Sequence[Claim]) -> Claim:
        """Return a party's newest claim, if possible one that states a position."""
        stated = [claim for claim in claims if claim.position]
        return newest_claim(stated or claims, self.dossier.superseded)

    def _silent(self, issue: str) -> tuple[tuple[str, ...], int]:
        """Return the first speaking parties that are silent on an issue, also through members."""
        heard = set(self.heard[issue])
        for party in tuple(heard):
            heard.update(self._above(party))
        silent = (
            party
            for party in self.speaking
            if party not in heard and (issue, party) not in self.dossier.withheld.voices
        )
        first = tuple(islice(silent, MOST_SILENT))
        return first, sum(1 for _ in silent)

    def _above(self, party: str) -> set[str]:
        """Return the parties that a party is part of."""
        above: set[str] = set()
        record = self.dossier.parties.get(party)
        while record and record.part_of and record.part_of not in above:
            above.add(record.part_of)
            record = self.dossier.parties.get(record.part_of)
        return above
