"""The list of claims, with a query and facets."""

from claimcli.core.query import Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.web.page import Page, PageRequest
from claimcli.web.parts import Views

ROWS = 100
"""Claims of one page of the list."""


def page(request: PageRequest) -> Page:
    """Return the claims that match the query."""
    query = parse_query(request.query)
    read = Request(query=query, scope=Scope.ANSWERS, limit=ROWS, opposition=True)
    dossier = request.reader.read(read)
    views = Views(dossier)
    rows = [views.claim(claim) for claim in dossier.claims]
    return Page(title="Claims", template="claims.html.j2", values={"rows": rows})
