"""The definitions of answered, opposed and status, written as plainly as possible.

Each claim is compared with every other claim, one definition after the other.
"""

from collections.abc import Iterable, Iterator

from claimcli.core.dates import Date
from claimcli.core.positions import position_key
from claimcli.core.records import Claim, Dossier, Status
from claimcli.core.response_kinds import Kind

NEW_POINTS = (Kind.UNDERMINES, Kind.UNDERCUTS, Kind.DISPUTES_MEANING)
MUTUAL = (Kind.DENIES, Kind.DENIES_SAYING, Kind.CONTRADICTS)


def status(dossier: Dossier, claim: Claim) -> Status:
    """Return the first status that applies to a claim."""
    opposing = [dossier.by_id[name] for name, _ in opposed_by(dossier, claim)]
    if claim.withdrawn:
        return Status.WITHDRAWN
    if any(is_outside(dossier, other, claim) for other in opposing):
        return Status.CONTESTED
    if opposing:
        return Status.DIVIDED
    if any(kind is Kind.QUALIFIES for kind in _outside_answers(dossier, claim)):
        return Status.QUALIFIED
    if any(kind is Kind.CONFIRMS for kind in _outside_answers(dossier, claim)):
        return Status.CONFIRMED
    if any(_shares_position(dossier, other, claim) for other in dossier.by_id.values()):
        return Status.CONFIRMED
    return Status.ANSWERED if is_answered(dossier, claim) else Status.UNANSWERED


def is_answered(dossier: Dossier, claim: Claim) -> bool:
    """Return whether a party outside the tree has an answer to the claim or a restatement."""
    same = restatements(dossier, claim)
    for answering, answered, kind in _answers(dossier):
        if answered.id in same and is_outside(dossier, answering, claim):
            return True
        is_target = answering.id in same and kind not in NEW_POINTS
        if is_target and is_outside(dossier, answered, claim):
            return True
    return False


def opposed_by(dossier: Dossier, claim: Claim) -> set[tuple[str, str]]:
    """Return the id of each opposing claim, with the kind of answer or "position"."""
    same = restatements(dossier, claim)
    found = set()
    for answering, answered, kind in _answers(dossier):
        if kind.opposes and answered.id in same:
            found.add((answering, kind.value))
        if kind in MUTUAL and answering.id in same:
            found.add((answered, kind.value))
    for other in dossier.by_id.values():
        if _opposes_position(dossier, other, claim):
            found.add((other, "position"))
    return {
        (other.id, reason)
        for other, reason in found
        if is_current(dossier, other)
        and other.id != claim.id
        and other.id not in _successors(dossier, claim)
    }


def is_outside(dossier: Dossier, other: Claim, claim: Claim) -> bool:
    """Return whether one of the other claim's parties is outside the trees of a claim."""
    trees = {root(dossier, party) for party in claim.parties}
    return any(root(dossier, party) not in trees for party in other.parties)


def root(dossier: Dossier, party: str) -> str:
    """Return the topmost party above one; in a circle, the first of its parties by name."""
    path = [party]
    while (record := dossier.parties.get(path[-1])) and record.part_of:
        if record.part_of in path:
            return min(path[path.index(record.part_of) :])
        path.append(record.part_of)
    return path[-1]


def restatements(dossier: Dossier, claim: Claim) -> set[str]:
    """Return the ids of a claim and of all claims linked with it by 'restates'."""
    found = {claim.id}
    while True:
        more = {
            name
            for other in dossier.by_id.values()
            if other.restates in dossier.by_id and {other.id, other.restates} & found
            for name in (other.id, other.restates or "")
        } | found
        if more == found:
            return found
        found = more


def is_current(dossier: Dossier, claim: Claim) -> bool:
    """Return whether a claim is neither withdrawn nor superseded by one of its own party."""
    return claim.withdrawn is None and not any(_superseding(dossier, claim))


def _superseding(dossier: Dossier, claim: Claim) -> Iterator[Claim]:
    for later in dossier.by_id.values():
        if later.supersedes == claim.id and {*later.parties} & {*claim.parties}:
            yield later


def _successors(dossier: Dossier, claim: Claim) -> set[str]:
    """Return the claims that supersede one, and the end of its chain of first successors."""
    found = {later.id for later in _superseding(dossier, claim)}
    chain = [claim.id]
    while chain[-1] in dossier.superseded and dossier.superseded[chain[-1]] not in chain:
        chain.append(dossier.superseded[chain[-1]])
    return (found | {chain[-1]}) - {claim.id}


def _answers(dossier: Dossier) -> Iterator[tuple[Claim, Claim, Kind]]:
    for claim in dossier.by_id.values():
        for answer in claim.responds_to:
            if answer.claim in dossier.by_id:
                yield claim, dossier.by_id[answer.claim], answer.kind


def _outside_answers(dossier: Dossier, claim: Claim) -> Iterable[Kind]:
    same = restatements(dossier, claim)
    return [
        kind
        for answering, answered, kind in _answers(dossier)
        if answered.id in same
        and is_current(dossier, answering)
        and is_outside(dossier, answering, claim)
    ]


def _on_same_issue(one: Claim, other: Claim) -> bool:
    """Return whether two claims take positions on one issue about times that overlap."""
    return bool(
        one.id != other.id
        and one.issue
        and one.issue == other.issue
        and one.position
        and other.position
        and same_time(one.about, other.about)
    )


def _opposes_position(dossier: Dossier, other: Claim, claim: Claim) -> bool:
    positions = {position_key(other.position), position_key(claim.position)}
    record = dossier.issues.get(claim.issue or "")
    pairs = [{*map(position_key, pair)} for pair in record.compatible] if record else []
    return _on_same_issue(other, claim) and len(positions) == 2 and positions not in pairs


def _shares_position(dossier: Dossier, other: Claim, claim: Claim) -> bool:
    return (
        _on_same_issue(other, claim)
        and position_key(other.position) == position_key(claim.position)
        and is_current(dossier, other)
        and is_outside(dossier, other, claim)
    )


def same_time(one: Date | None, other: Date | None) -> bool:
    """Return whether two dates can mean the same moment; no date means any time."""
    if one is None or other is None:
        return True
    return compare(one, 0, other, 1) <= 0 and compare(other, 0, one, 1) <= 0


def compare(one: Date, end: int, other: Date, other_end: int) -> int:
    """Return 1, 0 or -1 for the order of two ends of dates: in UTC if both have an offset, else as written."""
    left, right = (one.earliest, one.latest), (other.earliest, other.latest)
    if one.utc and other.utc:
        left, right = one.utc, other.utc
    return (left[end] > right[other_end]) - (left[end] < right[other_end])
