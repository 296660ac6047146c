"""Party trees: a party, the parties it is part of, and all their members."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from claimcli.core.records import Dossier
from claimcli.core.text.suggestions import one_of

MOST_NAMED = 6
"""Maximum number of speaking members that are named for a party without own claims."""


class By(StrEnum):
    """What the rows and columns of a result are: single parties, or party trees."""

    MEMBER = "member"
    TREE = "tree"


def parse_by(word: str) -> By:
    """Return the grouping with a name. Raises ClaimcliError if there is no such grouping."""
    return By(one_of(word, By, "grouping"))


def grouping(dossier: Dossier, by: By) -> dict[str, str]:
    """Return the party under which each party is listed, for those not listed under themselves."""
    return party_trees(dossier) if by is By.TREE else {}


class SpeakingMembers(Struct, frozen=True):
    """The first members through which a party speaks, however deep, and the number of others."""

    first: tuple[str, ...] = ()
    more: int = 0

    def __add__(self, other: "SpeakingMembers") -> "SpeakingMembers":
        every = self.first + other.first
        more = self.more + other.more + max(len(every) - MOST_NAMED, 0)
        return SpeakingMembers(every[:MOST_NAMED], more)


def members_with_parents(dossier: Dossier) -> list[tuple[str, str]]:
    """Return each member with the party that it is part of, after the member's own members."""
    roots = party_trees(dossier)
    members: dict[str, list[str]] = defaultdict(list)
    for party in dossier.parties.values():
        if party.part_of and party.id in roots:
            members[party.part_of].append(party.id)
    todo = [party for party in members if party not in roots]
    pairs: list[tuple[str, str]] = []
    while todo:
        parent = todo.pop()
        pairs += [(member, parent) for member in members[parent]]
        todo += members[parent]
    return pairs[::-1]


def speaking_members(
    pairs: Iterable[tuple[str, str]], speaking: Collection[str]
) -> dict[str, SpeakingMembers]:
    """Return the members through which each party speaks, without parties that have none.

    ``pairs`` are those of :func:`members_with_parents`; ``speaking`` are the parties that speak
    themselves.
    """
    found: dict[str, SpeakingMembers] = {}
    nobody = SpeakingMembers()
    for member, parent in pairs:
        own = SpeakingMembers((member,)) if member in speaking else nobody
        below = own + found.get(member, nobody)
        if below.first:
            found[parent] = below + found.get(parent, nobody)
    return found


def members(dossier: Dossier, party: str) -> frozenset[str]:
    """Return the ids of a party and of all parties below it."""
    below: dict[str, list[str]] = defaultdict(list)
    for other in dossier.parties.values():
        if other.part_of:
            below[other.part_of].append(other.id)
    ids, todo = {party}, [party]
    while todo:
        new = [other for other in below[todo.pop()] if other not in ids]
        ids.update(new)
        todo += new
    return frozenset(ids)


def party_trees(dossier: Dossier) -> dict[str, str]:
    """Return the topmost party above each party that is part of another one, by id."""
    return tree_roots({party.id: party.part_of for party in dossier.parties.values()})


def tree_roots(parents: Mapping[str, str | None]) -> dict[str, str]:
    """Return the topmost party above each party that has a parent.

    ``parents`` is the direct parent of each party. The topmost party of a circle is the first of
    its parties in alphabetical order.
    """
    roots: dict[str, str] = {}
    for start in parents:
        path: dict[str, None] = {}
        party = start
        while party not in path and party not in roots and (parent := parents.get(party)):
            path[party] = None
            party = parent
        names = list(path)
        root = min(names[names.index(party) :]) if party in path else roots.get(party, party)
        roots.update(dict.fromkeys(path, root))
    return {party: root for party, root in roots.items() if party != root}


def trees_of(parties: Iterable[str], roots: Mapping[str, str]) -> frozenset[str]:
    """Return the trees of the parties of a claim, each as its topmost party."""
    return frozenset(roots.get(party, party) for party in parties)


def is_outside(parties: Iterable[str], target: Collection[str], roots: Mapping[str, str]) -> bool:
    """Return whether a claim by ``parties`` comes from outside the trees of ``target``.

    At least one of its parties must be outside the trees of all target parties.
    """
    return not trees_of(parties, roots) <= trees_of(target, roots)
