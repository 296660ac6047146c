"""How claims relate: who opposes, qualifies or shares what, and what that makes of each claim.

Nothing here judges: a claim is contested because somebody else's account says otherwise.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from claimcli.core.dates import overlap
from claimcli.core.records import Claim, Dossier
from claimcli.core.schema import Effect, Kind
from claimcli.core.text.choices import one_of
from claimcli.core.text.word_diff import key_of


class Relation(StrEnum):
    """How two accounts relate, the strongest first."""

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
"""What a response of each effect makes of two accounts."""
_STRENGTHS = {relation: number for number, relation in enumerate(Relation)}


class Link(Struct, frozen=True):
    """One relation on file from a claim to another: an answer of some kind, or a restatement."""

    source: str
    target: str
    kind: Kind | None

    @property
    def relation(self) -> Relation:
        """What the link makes of the two accounts."""
        return RELATIONS[self.kind.effect] if self.kind else Relation.AGREED


def answer_links(claims: Iterable[Claim], known: Mapping[str, Claim]) -> Iterator[Link]:
    """Yield the answers among the claims; those to nothing on file are left out."""
    for claim in claims:
        for answer in claim.responds_to:
            if answer.claim in known:
                yield Link(claim.id, answer.claim, answer.kind)


def members(dossier: Dossier, party: str) -> frozenset[str]:
    """Return the ids of a party and of all that are part of it."""
    below: dict[str, list[str]] = defaultdict(list)
    for other in dossier.parties.values():
        if other.part_of:
            below[other.part_of].append(other.id)
    found, todo = {party}, [party]
    while todo:
        new = [other for other in below[todo.pop()] if other not in found]
        found.update(new)
        todo += new
    return frozenset(found)


def holds_position(claim: Claim, superseded: Container[str]) -> bool:
    """Return whether the claim states a position that its party still holds."""
    return bool(claim.position) and claim.withdrawn is None and claim.id not in superseded


def positions_relate(one: Claim, other: Claim) -> Relation:
    """Return what two positions on one issue make of two claims that state them.

    Claims about different times neither contradict nor share anything.
    """
    if not overlap(one.about, other.about):
        return Relation.PARALLEL
    same = key_of(one.position or "") == key_of(other.position or "")
    return Relation.AGREED if same else Relation.CONTESTED


def is_by_others(answer: Claim, target: Claim) -> bool:
    """Return whether an answer is by others than what it answers: not by the very same parties.

    One of those who spoke jointly answers the others, too.
    """
    return set(answer.parties) != set(target.parties)


def response_counts(relation: Relation, parties: Iterable[str], target: Iterable[str]) -> bool:
    """Return whether a response by ``parties`` affects the standing of a claim by ``target``.

    One party of a joint statement can contest it, but not confirm it.
    """
    own, others = set(parties), set(target)
    return not own <= others if relation is Relation.AGREED else own != others


def restatement_links(claims: Iterable[Claim], known: Mapping[str, Claim]) -> Iterator[Link]:
    """Yield what restates what among the claims."""
    for claim in claims:
        if claim.restates in known:
            yield Link(claim.id, claim.restates or "", None)


def named_relation(name: str) -> Relation:
    """Return the relation of a name. Raises ClaimcliError where there is none."""
    return Relation(one_of(name, (relation.value for relation in Relation), "relation"))
