"""Requests for comment on claims: whether the party that was asked has answered."""

from datetime import date

from claimcli.core.notation import ORDINARY, Notation
from claimcli.core.party_trees import members
from claimcli.core.records import Claim, CommentRequest, Dossier, party_label
from claimcli.core.response_kinds import Kind, ReplyState


def replies_to(dossier: Dossier, claim: Claim, request: CommentRequest) -> tuple[str, ...]:
    """Return the ids of the answers to a claim by the party that was asked, or by its members.

    If one of them gives an answer, those that decline to are left out.
    """
    asked = members(dossier, request.party)
    replies = [
        (name, kind)
        for name, kind in dossier.answers.get(claim.id, ())
        if not asked.isdisjoint(dossier.by_id[name].parties)
    ]
    given = tuple(name for name, kind in replies if kind is not Kind.DECLINES)
    return given or tuple(name for name, _ in replies)


def reply_state(
    dossier: Dossier, claim: Claim, request: CommentRequest, today: date | None = None
) -> ReplyState:
    """Return the state of a request on a day; without a day, none is overdue."""
    replies = set(replies_to(dossier, claim, request))
    if replies:
        kinds = [kind for name, kind in dossier.answers[claim.id] if name in replies]
        return ReplyState.DECLINED if set(kinds) == {Kind.DECLINES} else ReplyState.ANSWERED
    if _is_withheld(dossier, claim, request):
        return ReplyState.ANSWERED
    if today and request.due and request.due.latest.date() < today:
        return ReplyState.OVERDUE
    return ReplyState.OPEN


def _is_withheld(dossier: Dossier, claim: Claim, request: CommentRequest) -> bool:
    """Return whether an answer of the party is on file and left out."""
    parties = dossier.withheld.answers.get(claim.id)
    return bool(parties) and not members(dossier, request.party).isdisjoint(parties or ())


def request_words(
    dossier: Dossier,
    claim: Claim,
    request: CommentRequest,
    notation: Notation = ORDINARY,
) -> str:
    """Return whom the request was made to, when, when the answer is due, and whether it is on file.

    If ids are left out, the answers are not named.
    """
    by = f" by {request.asker}" if request.asker else ""
    due = f", answer due {notation.date(request.due)}" if request.due else ""
    text = f"{party_label(dossier, request.party)}, asked on {notation.date(request.on)}{by}{due}"
    replies = replies_to(dossier, claim, request)
    state = reply_state(dossier, claim, request)
    named = f": {', '.join(replies)}" if notation.ids and replies else ""
    if state is ReplyState.OPEN:
        result = "none on file" if due else "no answer on file"
    elif state is ReplyState.DECLINED:
        result = f"{Kind.DECLINES.label}{named}"
    else:
        result = (
            f"answer on file{named}" if replies else "an answer is on file and not included here"
        )
    return "; ".join(filter(None, (f"{text}, {result}", request.note)))
