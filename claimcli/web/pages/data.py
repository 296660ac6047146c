"""The data of pages as JSON, with the structure of the commands' ``--format json``."""

from typing import Any

from claimcli.analysis.diff import diff as diff_of
from claimcli.analysis.list import FIELDS, listing
from claimcli.analysis.show import thread
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Request, Scope, field_condition, parse_sort
from claimcli.core.query_parser import parse_query
from claimcli.core.table import to_json
from claimcli.formats import diff as diff_format
from claimcli.formats import show as show_format
from claimcli.web.page import Document, PageRequest
from claimcli.web.pages.claim import read_claim
from claimcli.web.pages.claims import page_number
from claimcli.web.pages.diff import named_relations, refuse_unknown_parties

MOST_CLAIMS = 10_000
"""Claims of one answer, because all of them are in memory at once."""


def claims(request: PageRequest) -> Document:
    """Return the selected claims as ``list`` does, or only those of one page of the list.

    Raises ClaimcliError if they are more than MOST_CLAIMS.
    """
    query = parse_query(request.query)
    sort = parse_sort(request.options.get("sort") or "said")
    count = request.reader.count(query)
    first, limit = 0, MOST_CLAIMS
    if word := request.options.get("page"):
        first, limit = (
            (page_number(word, max(1, -(-count // request.rows))) - 1) * request.rows,
            request.rows,
        )
    elif count > MOST_CLAIMS:
        message = f"{count:,} claims are more than the {MOST_CLAIMS:,} of one answer"
        raise ClaimcliError(message, "narrow the query, or request the pages 1, 2, ... with page=")
    dossier = request.reader.read(
        Request(
            query=query, sort=sort, offset=first, limit=limit, scope=Scope.ANSWERS, opposition=True
        )
    )
    return _json(list(listing(dossier, FIELDS).records))


def claim(request: PageRequest) -> Document:
    """Return a claim as ``show`` does."""
    name = request.ids["id"]
    query = field_condition("id", [name])
    wanted = Request(query=query, scope=Scope.THREADS, opposition=True)
    dossier = read_claim(request.reader, wanted, name)
    return _json(show_format.data(dossier, [thread(dossier, dossier.by_id[name])]))


def diff(request: PageRequest) -> Document:
    """Return a comparison of two parties as ``diff`` does."""
    parties = request.ids["left"], request.ids["right"]
    query = parse_query(request.query)
    only = named_relations(request.options.get("only", ""))
    refuse_unknown_parties(request.reader, parties)
    dossier = request.reader.read(Request(query=query, parties=parties, opposition=True))
    return _json(diff_format.data(diff_of(dossier, *parties, only=only)))


def _json(value: Any) -> Document:
    return Document(media_type="application/json", content=to_json(value).encode())
