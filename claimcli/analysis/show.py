"""One claim in full, with its thread of answers."""

from msgspec import Struct

from claimcli.core.records import Claim, Dossier, Status
from claimcli.core.schema import Kind


class Reply(Struct, frozen=True):
    """An answer in a thread: its depth, the claim, and how it answers the claim above it."""

    depth: int
    claim: Claim
    kind: Kind | None
    shown_above: bool = False


class Thread(Struct, frozen=True):
    """A claim, its status, the claims it answers, all answers below it, and its restatements."""

    claim: Claim
    status: Status
    above: tuple[tuple[Claim, Kind], ...]
    replies: tuple[Reply, ...]
    restated_by: tuple[Claim, ...]


def thread(dossier: Dossier, claim: Claim) -> Thread:
    """Return the thread of one claim; in a cycle of answers each is followed once."""
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
    replies: list[Reply] = []
    seen = {claim.id}
    todo = _below(dossier, claim.id, 1)
    while todo:
        depth, answer, kind = todo.pop()
        replies.append(Reply(depth, dossier.by_id[answer], kind, answer in seen))
        if answer not in seen:
            seen.add(answer)
            todo += _below(dossier, answer, depth + 1)
    return replies


def _below(dossier: Dossier, claim: str, depth: int) -> list[tuple[int, str, Kind]]:
    answers = dossier.answers.get(claim, ())
    return [(depth, answer, kind) for answer, kind in reversed(answers)]
