"""Requests for comment."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from claimcli.analysis.replies import replies as replies_of
from claimcli.core.query import Request, Scope, combine
from claimcli.core.query_parser import parse_query
from claimcli.core.response_kinds import ReplyState
from claimcli.web.page import Page, PageRequest
from claimcli.web.parts import Views
from claimcli.web.reader import Reader

MOST_REQUESTS = 500
"""Requests that are listed; a query selects others."""
_ASKED = "has:asked"
_WORDS = {
    ReplyState.OPEN: "no response on file",
    ReplyState.OVERDUE: "overdue: no response on file",
    ReplyState.ANSWERED: "answered",
    ReplyState.DECLINED: "declined to comment",
}


def page(request: PageRequest) -> Page:
    """Return the requests for comment and their state.

    On a page of a site no request is overdue: the same data gives the same page on any day.
    """
    query = combine([parse_query(request.query), parse_query(_ASKED)])
    dossier = request.reader.read(Request(query=query, scope=Scope.ANSWERS))
    today = date.min if request.static else date.today()
    result = replies_of(dossier, today=today)
    views = Views(dossier)
    values = {
        "rows": [_row(views, record) for record in result.records[:MOST_REQUESTS]],
        "count": len(result.records),
        "more": max(0, len(result.records) - MOST_REQUESTS),
    }
    return Page(title="Requests for comment", template="replies.html.j2", values=values)


def instances(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the ids of the page, which exists if there are requests."""
    return ((),) if has_requests(reader) else ()


def has_requests(reader: Reader) -> bool:
    """Return whether there are requests for comment."""
    return reader.count(parse_query(_ASKED)) > 0


def _row(views: Views, record: dict[str, Any]) -> dict[str, Any]:
    return {
        "party": views.party(record["party"]),
        "claim": record["claim"],
        "statement": record["statement"],
        "on": record["on"],
        "due": record["due"] or "",
        "asker": record["asker"] or "",
        "state": _WORDS[ReplyState(record["state"])],
        "answers": record["answers"],
    }
