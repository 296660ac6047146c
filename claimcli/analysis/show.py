"""One claim in full, with the thread of answers it stands in."""

from msgspec import Struct

from claimcli.core.records import Claim, Dossier, Status
from claimcli.core.schema import Kind


class Reply(Struct, frozen=True):
    """One line of a thread: how deep it lies, the claim, and what it does to the one above."""

    depth: int
    claim: Claim
    kind: Kind | None
    shown_above: bool = False


class Thread(Struct, frozen=True):
    """A claim, its status, what it answers, its answers to any depth, and its restatements."""

    claim: Claim
    status: Status
    above: tuple[tuple[Claim, Kind], ...]
    replies: tuple[Reply, ...]
    restated_by: tuple[Claim, ...]


def thread(dossier: Dossier, claim: Claim) -> Thread:
    """Return the thread of one claim; where answers run in a circle each is followed once."""
    above = tuple(
        (dossier.by_id[answer.claim], answer.kind)
        for answer in claim.responds_to
        if answer.claim in dossier.by_id
    )
    restated = tuple(other for other in dossier.by_id.values() if other.restates == claim.id)
    return Thread(
        claim, dossier.statuses[claim.id], above, tuple(_replies(dossier, claim)), restated
    )


def _replies(dossier: Dossier, claim: Claim) -> list[Reply]:
    found: list[Reply] = []
    seen = {claim.id}
    todo = _below(dossier, claim.id, 1)
    while todo:
        depth, answer, kind = todo.pop()
        found.append(Reply(depth, dossier.by_id[answer], kind, answer in seen))
        if answer not in seen:
            seen.add(answer)
            todo += _below(dossier, answer, depth + 1)
    return found


def _below(dossier: Dossier, claim: str, depth: int) -> list[tuple[int, str, Kind]]:
    answers = dossier.answers.get(claim, ())
    return [(depth, answer, kind) for answer, kind in reversed(answers)]
