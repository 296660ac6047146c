"""How claims relate: who opposes, qualifies or shares what, and what that makes of each claim.

Nothing here judges: a claim is contested because somebody else's account says otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import combinations

from msgspec import Struct

from claimcli.dates import overlap
from claimcli.model import Claim, Dossier, Kind
from claimcli.near import did_you_mean
from claimcli.problems import ClaimcliError
from claimcli.words import key_of


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
        return list(Relation).index(self)


class Status(StrEnum):
    """How a claim stands against all other parties' claims."""

    CONTESTED = "contested"
    QUALIFIED = "qualified"
    CONFIRMED = "confirmed"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"


class Link(Struct, frozen=True):
    """One relation on file from a claim to another: an answer of some kind, or a restatement."""

    source: str
    target: str
    kind: Kind | None

    @property
    def relation(self) -> Relation:
        """What the link makes of the two accounts."""
        if self.kind is None or self.kind is Kind.CONFIRMS:
            return Relation.AGREED
        if self.kind.opposes:
            return Relation.CONTESTED
        return Relation.QUALIFIED if self.kind is Kind.QUALIFIES else Relation.PARALLEL


def answer_links(claims: Iterable[Claim], known: Mapping[str, Claim]) -> Iterator[Link]:
    """Yield the answers among the claims; those to nothing on file are left out."""
    for claim in claims:
        for answer in claim.responds_to:
            if answer.claim in known:
                yield Link(claim.id, answer.claim, answer.kind)


def roots(claims: Mapping[str, Claim]) -> dict[str, str]:
    """Return for each claim the id of the one it restates in the end, itself where it is none.

    Claims that restate one another in a circle have the first in alphabetical order.
    """
    found: dict[str, str] = {}
    for claim in claims.values():
        path: dict[str, None] = {}
        at = claim
        while at.id not in found and at.id not in path:
            path[at.id] = None
            at = claims.get(at.restates or "", at)
        if at.id in found:
            root = found[at.id]
        else:
            names = list(path)
            root = min(names[names.index(at.id) :])
        found.update(dict.fromkeys(path, root))
    return found


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


def holds_position(claim: Claim, superseded: frozenset[str]) -> bool:
    """Return whether the claim states a position that its party still holds."""
    return bool(claim.position) and claim.withdrawn is None and claim.id not in superseded


def superseded(dossier: Dossier) -> frozenset[str]:
    """Return the ids of claims which a later one of the same party takes the place of."""
    claims = dossier.by_id
    later = (claim for claim in claims.values() if claim.supersedes)
    pairs = ((claim, claims.get(claim.supersedes or "")) for claim in later)
    return frozenset(
        earlier.id for claim, earlier in pairs if earlier and _share_party(claim, earlier)
    )


def positions_relate(one: Claim, other: Claim) -> Relation:
    """Return what two positions on one issue make of two claims that state them.

    Claims about different times neither contradict nor share anything.
    """
    if not overlap(one.about, other.about):
        return Relation.PARALLEL
    same = key_of(one.position or "") == key_of(other.position or "")
    return Relation.AGREED if same else Relation.CONTESTED


def statuses(dossier: Dossier) -> dict[str, Status]:
    """Return the status of every claim; restatements of one claim share theirs."""
    claims = dossier.by_id
    groups = roots(claims)
    strongest: dict[str, Relation] = {}
    for ids, relation in (*_links_between_parties(claims), *_positions_between_parties(dossier)):
        for group in {groups[claim] for claim in ids}:
            if relation.strength < strongest.get(group, Relation.PARALLEL).strength:
                strongest[group] = relation
    return {
        claim.id: Status.WITHDRAWN
        if claim.withdrawn
        else _STATUS[strongest.get(groups[claim.id], Relation.PARALLEL)]
        for claim in claims.values()
    }


_STATUS = {
    Relation.CONTESTED: Status.CONTESTED,
    Relation.QUALIFIED: Status.QUALIFIED,
    Relation.AGREED: Status.CONFIRMED,
    Relation.PARALLEL: Status.UNANSWERED,
}


def restatement_links(claims: Iterable[Claim], known: Mapping[str, Claim]) -> Iterator[Link]:
    """Yield what restates what among the claims."""
    for claim in claims:
        if claim.restates in known:
            yield Link(claim.id, claim.restates or "", None)


def _links_between_parties(claims: Mapping[str, Claim]) -> Iterator[tuple[list[str], Relation]]:
    every = claims.values()
    for link in (*answer_links(every, claims), *restatement_links(every, claims)):
        if not _share_party(claims[link.source], claims[link.target]):
            yield [link.source, link.target], link.relation


def _positions_between_parties(dossier: Dossier) -> Iterator[tuple[list[str], Relation]]:
    for ways in _positions(dossier).values():
        for one, other in combinations(ways, 2):
            if not _share_party(one[0], other[0]):
                yield [claim.id for claim in (*one, *other)], positions_relate(one[0], other[0])


def _share_party(one: Claim, other: Claim) -> bool:
    return not set(one.parties).isdisjoint(other.parties)


def _positions(dossier: Dossier) -> dict[str, list[list[Claim]]]:
    """Return for each issue the claims that hold a position, alike ones together."""
    gone = superseded(dossier)
    ways: dict[str, dict[object, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in dossier.by_id.values():
        if claim.issue and holds_position(claim, gone):
            about = claim.about.order if claim.about else None
            way = (frozenset(claim.parties), key_of(claim.position or ""), about)
            ways[claim.issue][way].append(claim)
    return {issue: list(alike.values()) for issue, alike in ways.items()}


def named_relation(name: str) -> Relation:
    """Return the relation of a name. Raises ClaimcliError where there is none."""
    words = [relation.value for relation in Relation]
    if name.lower() in words:
        return Relation(name.lower())
    hint = did_you_mean(name, words, f"write one of {', '.join(words)}")
    raise ClaimcliError(f"no relation '{name}'", hint)
