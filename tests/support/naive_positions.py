"""The relation between two positions, computed for one pair at a time."""

from claimcli.core.dates import overlap
from claimcli.core.positions import CompatiblePairs, position_key
from claimcli.core.records import Claim
from claimcli.core.relations import Relation


def positions_relate(
    one: Claim, other: Claim, compatible: CompatiblePairs = frozenset()
) -> Relation:
    """Return the relation between two claims' positions; those about other times are parallel."""
    if not overlap(one.about, other.about):
        return Relation.PARALLEL
    return position_relation(position_key(one.position), position_key(other.position), compatible)


def position_relation(one: str, other: str, compatible: CompatiblePairs) -> Relation:
    """Return the relation between two positions, given by their keys; compatible ones are parallel."""
    if one == other:
        return Relation.AGREED
    return Relation.PARALLEL if frozenset((one, other)) in compatible else Relation.CONTESTED
