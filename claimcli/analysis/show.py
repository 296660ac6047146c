"""One record in full: a claim with its thread of answers, another record with its claims."""

from msgspec import Struct

from claimcli.core.party_trees import members
from claimcli.core.records import Claim, Dossier, Event, Issue, Party, Source, Status
from claimcli.core.response_kinds import Kind


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


class RecordCard(Struct, frozen=True):
    """A party, source, issue or event, with its claims in order.

    ``related`` are the parties that are part of a party, or the sources derived from a source.
    The claims of a party include those of its members.
    """

    kind: str
    record: Party | Source | Issue | Event
    claims: tuple[Claim, ...]
    related: tuple[str, ...] = ()


def record_card(dossier: Dossier, kind: str, name: str) -> RecordCard:
    """Return the card of a record that is not a claim, with the selected claims that name it."""
    claims = dossier.claims
    if kind == "party":
        group = members(dossier, name)
        related = tuple(p.id for p in dossier.parties.values() if p.part_of == name)
        own = tuple(claim for claim in claims if not group.isdisjoint(claim.parties))
        return RecordCard(kind, dossier.parties[name], own, related)
    if kind == "source":
        related = tuple(s.id for s in dossier.sources.values() if name in s.derived_from)
        own = tuple(claim for claim in claims if name in claim.source_ids)
        return RecordCard(kind, dossier.sources[name], own, related)
    if kind == "issue":
        own = tuple(claim for claim in claims if claim.issue == name)
        return RecordCard(kind, dossier.issues[name], own)
    own = tuple(claim for claim in claims if claim.event == name)
    return RecordCard(kind, dossier.events[name], own)


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
