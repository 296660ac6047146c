"""Party trees: a party, the parties it is part of, and all their members."""

from collections.abc import Collection, Iterable, Mapping

from claimcli.core.records import Dossier


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
