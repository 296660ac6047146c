"""How claims relate: which of them oppose, qualify or agree with which.

Nothing here is a judgement: a claim is contested because somebody else's account differs.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from claimcli.core.graphs import set_finder
from claimcli.core.records import Claim, Dossier, party_label
from claimcli.core.response_kinds import Effect, Kind
from claimcli.core.text.suggestions import one_of


class Relation(StrEnum):
    """How two accounts relate, the strongest relation first."""

    CONTESTED = "contested"
    QUALIFIED = "qualified"
    AGREED = "agreed"
    PARALLEL = "parallel"
    ONLY_LEFT = "only-left"
    ONLY_RIGHT = "only-right"

    @property
    def strength(self) -> int:
        """0 for the strongest."""
        return _STRENGTHS[self]


RELATIONS = {
    Effect.DENIAL: Relation.CONTESTED,
    Effect.CHALLENGE: Relation.CONTESTED,
    Effect.QUALIFICATION: Relation.QUALIFIED,
    Effect.NEUTRAL: Relation.PARALLEL,
    Effect.AGREEMENT: Relation.AGREED,
}
"""The relation between a claim and a response of each effect."""
_STRENGTHS = {relation: number for number, relation in enumerate(Relation)}


class Link(Struct, frozen=True):
    """A link on file from a claim to another: an answer of some kind, or a restatement (None)."""

    source: str
    target: str
    kind: Kind | None

    @property
    def relation(self) -> Relation:
        """The relation between the two claims."""
        return RELATIONS[self.kind.effect] if self.kind else Relation.AGREED


def answer_links(claims: Iterable[Claim], known: Mapping[str, Claim]) -> Iterator[Link]:
    """Yield the links from answers among the claims to the known claims that they answer."""
    for claim in claims:
        for answer in claim.responds_to:
            if answer.claim in known:
                yield Link(claim.id, answer.claim, answer.kind)


def answers_by_target(claims: Mapping[str, Claim]) -> dict[str, tuple[tuple[str, Kind], ...]]:
    """Return the ids and kinds of the answers to each claim, in the order of the claims."""
    answers: dict[str, list[tuple[str, Kind]]] = {}
    for claim in claims.values():
        for answer in claim.responds_to:
            if answer.claim in claims:
                answers.setdefault(answer.claim, []).append((claim.id, answer.kind))
    return {target: tuple(own) for target, own in answers.items()}


def answered_claims(dossier: Dossier) -> Iterator[tuple[Claim, Claim]]:
    """Yield each claim with each claim on file that it answers; a pair occurs only once."""
    for claim in dossier.by_id.values():
        for target in dict.fromkeys(answer.claim for answer in claim.responds_to):
            if target in dossier.by_id:
                yield claim, dossier.by_id[target]


def restatement_links(claims: Iterable[Claim], known: Mapping[str, Claim]) -> Iterator[Link]:
    """Yield the links from restatements among the claims to the known claims that they restate."""
    for claim in claims:
        if claim.restates in known:
            yield Link(claim.id, claim.restates or "", None)


def covered_claims(dossier: Dossier) -> set[str]:
    """Return the selected claims and all that answer or restate each other with them."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for claim in dossier.by_id.values():
        targets = [answer.claim for answer in claim.responds_to]
        for target in (*targets, *filter(None, [claim.restates])):
            if target in dossier.by_id:
                neighbours[claim.id].append(target)
                neighbours[target].append(claim.id)
    covered = {claim.id for claim in dossier.claims}
    todo = list(covered)
    while todo:
        new = set(neighbours[todo.pop()]) - covered
        covered |= new
        todo += new
    return covered


def linked_groups(claims: Mapping[str, Claim], links: Iterable[Link]) -> list[list[Claim]]:
    """Return the claims in groups that links connect; in each, claims that answer others last."""
    find = set_finder(claims, ((link.source, link.target) for link in links))
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims.values():
        groups[find(claim.id)].append(claim)
    for group in groups.values():
        group.sort(key=lambda claim: (_follows(claim, claims), claim.order))
    return list(groups.values())


def _follows(claim: Claim, claims: Mapping[str, Claim]) -> bool:
    return claim.restates in claims or any(a.claim in claims for a in claim.responds_to)


def is_current(claim: Claim, superseded: Container[str]) -> bool:
    """Return whether the claim was neither withdrawn nor superseded."""
    return claim.withdrawn is None and claim.id not in superseded


def claim_marks(dossier: Dossier, claim: Claim) -> tuple[str, ...]:
    """Return what a reader must know of a claim wherever it is shown.

    That it was withdrawn, is superseded by another one, is internal, or has answers on file that
    are not included.
    """
    withdrawn = f"withdrawn {claim.withdrawn}" if claim.withdrawn else ""
    newer = dossier.superseded.get(claim.id)
    retractions = tuple(filter(None, (withdrawn, f"superseded by {newer}" if newer else "")))
    return (*retractions, *inclusion_marks(dossier, claim))


def inclusion_marks(dossier: Dossier, claim: Claim) -> tuple[str, ...]:
    """Return that a claim is internal, and that answers to it are on file and left out."""
    internal = "internal" if claim.id in dossier.internal else ""
    left_out = withheld_answers(dossier, dossier.withheld.answers.get(claim.id, ()))
    return tuple(filter(None, (internal, left_out)))


def withheld_answers(dossier: Dossier, parties: Iterable[str]) -> str:
    """Return that answers of some parties are on file and left out; "" without parties."""
    names = [party_label(dossier, party) for party in parties]
    if not names:
        return ""
    subject = (
        f"an answer of {names[0]} is"
        if len(names) == 1
        else f"answers of {' and '.join(names)} are"
    )
    return f"{subject} on file and not included here"


def marks_in_parentheses(dossier: Dossier, claim: Claim) -> str:
    """Return the same in parentheses, after a space; "" if there is nothing to say."""
    notes = claim_marks(dossier, claim)
    return f" ({', '.join(notes)})" if notes else ""


def holds_position(claim: Claim, superseded: Container[str]) -> bool:
    """Return whether the claim states a position that its party still holds."""
    return bool(claim.position) and is_current(claim, superseded)


def is_by_others(answer: Claim, target: Claim) -> bool:
    """Return whether an answer is not by exactly the parties of the claim it answers."""
    return are_others(answer.parties, target.parties)


def are_others(some: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether two claims are not by exactly the same parties.

    One of the parties of a joint statement counts as another than all of them. Takes time in
    proportion to the shorter list of parties.
    """
    short, long = sorted((some, others), key=len)
    parties = set(short)
    return any(party not in parties for party in long) or len(set(long)) < len(parties)


def response_counts(relation: Relation, parties: Iterable[str], target: Iterable[str]) -> bool:
    """Return whether a response by ``parties`` affects the standing of a claim by ``target``.

    One party of a joint statement can contest it, but not confirm it.
    """
    own, others = set(parties), set(target)
    return not own <= others if relation is Relation.AGREED else own != others


def relation_named(name: str) -> Relation:
    """Return the relation with a name. Raises ClaimcliError if there is no such relation."""
    return Relation(one_of(name, (relation.value for relation in Relation), "relation"))
