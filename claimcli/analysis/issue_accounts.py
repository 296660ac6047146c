"""How the accounts on an issue relate, in one relation, and what each party says on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice

from claimcli.analysis.positions import Voice, newest_claim, summarize_position
from claimcli.core.party_trees import party_trees, trees_of
from claimcli.core.positions import distinct_positions
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


def issue_overviews(dossier: Dossier) -> tuple[IssueOverview, ...]:
    """Return the issues of the selected claims of a whole dossier with what opposes them.

    A party is silent on an issue if it speaks elsewhere, and no claim on the issue is on file of it
    or a member, selected or not.
    """
    every = dossier.by_id.values()
    speaking = {party for claim in every for party in claim.parties}
    return tuple(_IssueFinder(dossier, every, speaking).issues())


def issue_relations(dossier: Dossier) -> dict[str, IssueRelation]:
    """Return how the selected claims of each issue relate, in the order of the issues."""
    finder = _IssueFinder(dossier, (), ())
    places = sorted(finder.on_issue, key=order_key(dossier.issues))
    return {issue: finder.relation(finder.on_issue[issue]) for issue in places}


def issue_overview(dossier: Dossier) -> IssueOverview:
    """Return the overview of the issue of the selected claims, which are all claims on it.

    Only the answers to them must have been read. Registered parties without a claim are silent.
    """
    registered = {party.id for party in dossier.parties.values() if party.registered}
    return next(_IssueFinder(dossier, dossier.claims, registered).issues())


def accounts_by_issue(dossier: Dossier, party: str) -> tuple[tuple[str, Account], ...]:
    """Return the account of a party on each issue, in order, from the selected claims.

    These are all claims of the party and of its members.
    """
    on_issue: dict[str, list[Claim]] = defaultdict(list)
    for claim in dossier.claims:
        if claim.issue:
            on_issue[claim.issue].append(claim)
    return tuple(
        (issue, _account(dossier, (party,), on_issue[issue]))
        for issue in in_order(on_issue, dossier.issues)
    )


def claims_by_party(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Return the claims of each party, joint statements under each of theirs."""
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for party in dict.fromkeys(claim.parties):
            said[party].append(claim)
    return said


def _account(dossier: Dossier, parties: Sequence[str], claims: Iterable[Claim]) -> Account:
    own = sorted(claims, key=lambda claim: claim.order)
    summary = summarize_position(own, {claim.id for claim in own}, dossier.superseded)
    stated = summary.text if summary.voice is Voice.STATES else ""
    return Account(tuple(parties), stated, _newest(dossier, own), len(own))


def _newest(dossier: Dossier, claims: Sequence[Claim]) -> Claim:
    """Return the newest of some claims in order, if possible one that states a position."""
    stated = [claim for claim in claims if claim.position]
    return newest_claim(stated or claims, dossier.superseded)


class _IssueFinder:
    """The selected claims of a dossier by issue, and the parties of ``every`` claim on each.

    ``speaking`` are the parties that are silent on an issue if they are not heard on it.
    """

    def __init__(self, dossier: Dossier, every: Iterable[Claim], speaking: Iterable[str]) -> None:
        self.dossier = dossier
        self.roots = party_trees(dossier)
        self.speaking = in_order(speaking, dossier.parties)
        self.on_issue: dict[str, list[Claim]] = defaultdict(list)
        self.heard: dict[str, set[str]] = defaultdict(set)
        for claim in dossier.claims:
            if claim.issue:
                self.on_issue[claim.issue].append(claim)
        for claim in every:
            if claim.issue and claim.issue in self.on_issue:
                self.heard[claim.issue].update(claim.parties)

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
            positions = distinct_positions(rivals)
            return positions if len(positions) > 1 else ()
        if relation is not IssueRelation.AGREED:
            return ()
        held = [c for c in claims if holds_position(c, self.dossier.superseded)]
        positions = distinct_positions(held)
        return positions if len(positions) == 1 and len({c.parties for c in held}) > 1 else ()

    def _accounts(self, claims: Iterable[Claim]) -> Iterator[Account]:
        said = claims_by_party(sorted(claims, key=lambda claim: claim.order))
        together: dict[str, list[str]] = defaultdict(list)
        for party in in_order(said, self.dossier.parties):
            together[_newest(self.dossier, said[party]).id].append(party)
        for parties in together.values():
            own = {claim.id: claim for party in parties for claim in said[party]}
            yield _account(self.dossier, parties, own.values())

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
