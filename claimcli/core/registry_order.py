"""The order of parties and issues: that of their registries, or by id, or by number of claims.

The registries are read file by file, in the order of the files' paths, and each file from top to
bottom. What has no record comes last, by id. ``Dossier.parties`` and ``Dossier.issues`` have this
order; everything else follows them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from operator import itemgetter
from typing import Any, TypeVar

from msgspec.structs import replace

from claimcli.core.party_trees import By, grouping
from claimcli.core.records import Dossier
from claimcli.core.text.suggestions import one_of

D = TypeVar("D", bound=Dossier)
Item = TypeVar("Item", bound=tuple[Any, ...])


class Sort(StrEnum):
    """How parties and issues are sorted."""

    REGISTRY = "registry"
    ID = "id"
    CLAIMS = "claims"


def named_sort(word: str) -> Sort:
    """Return the order with a name. Raises ClaimcliError if there is no such order."""
    return Sort(one_of(word, tuple(Sort), "sorting"))


def order_key(registry: Mapping[str, object]) -> Callable[[str | None], tuple[int, str]]:
    """Return a sorting key for ids: the order of a registry, then others by id, None last."""
    places = {name: number for number, name in enumerate(registry)}
    last = len(places)
    return lambda name: (places.get(name, last), name) if name else (last + 1, "")


def in_order(names: Iterable[str], registry: Mapping[str, object]) -> tuple[str, ...]:
    """Return the different ids among some in the order of a registry."""
    return tuple(sorted(set(names), key=order_key(registry)))


def sort_registries(dossier: D, sort: Sort, by: By = By.MEMBER) -> D:
    """Return the dossier with its parties and issues sorted, for the results made of it.

    By ``claims`` those with the most selected claims come first, in a tie in registry order; by
    tree the claims of all members are counted.
    """
    roots = grouping(dossier, by)
    made = Counter(p for c in dossier.claims for p in {roots.get(p, p) for p in c.parties})
    about = Counter(claim.issue or "" for claim in dossier.claims)
    return sort_by_counts(dossier, sort, made, about)


def sort_by_counts(dossier: D, sort: Sort, made: Counter[str], about: Counter[str]) -> D:
    """Do as :func:`sort_registries`, with the numbers of claims by party and by issue."""
    if sort is Sort.REGISTRY:
        return dossier
    return replace(
        dossier,
        parties=dict(sorted_items(dossier.parties.items(), made, sort)),
        issues=dict(sorted_items(dossier.issues.items(), about, sort)),
        registered=tuple(dossier.parties),
    )


def sorted_items(items: Iterable[Item], counts: Counter[str], sort: Sort) -> Iterable[Item]:
    """Return tuples that begin with an id and are in registry order, sorted."""
    if sort is Sort.REGISTRY:
        return items
    if sort is Sort.ID:
        return sorted(items, key=itemgetter(0))
    return sorted(items, key=lambda item: -counts[item[0]])
