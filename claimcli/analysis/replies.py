"""Requests for comment, and whether the parties that were asked have answered."""

from collections.abc import Collection
from datetime import date

from claimcli.analysis.list import location_fields, record_fields
from claimcli.analysis.registries import Registry
from claimcli.core.comment_requests import replies_to, reply_state
from claimcli.core.party_names import find_party
from claimcli.core.party_trees import members
from claimcli.core.records import Dossier
from claimcli.core.response_kinds import ReplyState

WAITING = (ReplyState.OPEN, ReplyState.OVERDUE)
"""The states of requests without an answer."""


class Replies(Registry, frozen=True):
    """Requests for comment, those without an answer first, each with its state and answers."""


def replies(
    dossier: Dossier,
    *,
    today: date,
    parties: Collection[str] = (),
    states: Collection[ReplyState] = (),
) -> Replies:
    """Return the requests for comment on the selected claims, those due first at the top.

    ``parties`` are names of parties that were asked, with their members. ``states`` selects some
    states; open requests include those that are overdue. Raises ClaimcliError if a party is
    unknown.
    """
    asked = {m for name in parties for m in members(dossier, find_party(dossier, name))}
    wanted = set(states) | ({ReplyState.OVERDUE} if ReplyState.OPEN in states else set())
    found = []
    for claim in dossier.claims:
        for request in claim.asked:
            state = reply_state(dossier, claim, request, today)
            if (wanted and state not in wanted) or (parties and request.party not in asked):
                continue
            when = (request.due or request.on).order
            record = {
                "claim": claim.id,
                **record_fields(request),
                "state": state.value,
                "answers": list(replies_to(dossier, claim, request)),
                "statement": claim.statement,
                **location_fields(request.location),
            }
            found.append(((state not in WAITING, when, claim.id, request.party), record))
    records = tuple(record for _, record in sorted(found, key=lambda pair: pair[0]))
    columns = ("claim", "party", "on", "due", "state", "asker", "answers")
    return Replies("requests for comment", records, columns)
