"""The list of claims, with a query and facets."""

from collections.abc import Iterable

from claimcli.core.problems import ClaimcliError
from claimcli.core.query import EVERYTHING, Request, Scope, parse_sort
from claimcli.core.query_parser import parse_query
from claimcli.web.facets import choices
from claimcli.web.page import NoSuchPageError, Page, PageRequest
from claimcli.web.pages.briefing import downloads
from claimcli.web.parts import Views

_COLUMNS = (
    ("date", "Said", "said"), ("who", "Who", "party"), ("what", "What", "issue"),
    ("status", "Status", "status"),
)  # fmt: skip
"""The class, the heading and the order of each column."""
_ORDERS = {
    "said": "In the order in which they were said; those without a date are last.",
    "-said": "Those said last are first.",
    "party": "By party, in the order of the registry.",
    "issue": "By question, in the order of the registry.",
    "status": "By status, contested claims first.",
}


def page(request: PageRequest) -> Page:
    """Return one part of the list of claims that match the query."""
    query = parse_query(request.query)
    sort = parse_sort(request.options.get("sort") or "said")
    count = request.reader.count(query)
    pages = max(1, -(-count // request.rows))
    number = page_number(request.options.get("page") or "1", pages)
    first = (number - 1) * request.rows
    dossier = request.reader.read(
        Request(
            query=query, sort=sort, offset=first, limit=request.rows,
            scope=Scope.ANSWERS, opposition=True,
        )
    )  # fmt: skip
    views = Views(dossier)
    values = {
        "rows": [views.claim(claim) for claim in dossier.claims],
        "count": count,
        "every": request.reader.count(EVERYTHING) if request.query.strip() else count,
        "first": first + 1,
        "number": number,
        "pages": pages,
        "sort": "" if sort == "said" else sort,
        "order": _ORDERS.get(sort, ""),
        "columns": () if request.static else tuple(_columns(sort)),
        "downloads": downloads(),
        "facets": choices(views, request.reader.facets(query), query),
    }
    return Page(title="Claims", template="claims.html.j2", values=values)


def page_number(word: str, pages: int) -> int:
    """Return a page's number. Raises ClaimcliError if it is none of the pages 1 to ``pages``."""
    if not (word.isascii() and word.isdigit() and len(word) < 10 and int(word)):
        raise ClaimcliError(f"no page '{word}'", "pages have the numbers 1, 2, 3, ...")
    if int(word) > pages:
        raise NoSuchPageError(f"no page {word}", f"the list has {pages:,}")
    return int(word)


def _columns(sort: str) -> Iterable[dict[str, str]]:
    """Yield each column with its order, the order of its link, and the direction if it is sorted.

    The link of the sorted column reverses the order.
    """
    for look, heading, order in _COLUMNS:
        direction = {order: "ascending", f"-{order}": "descending"}.get(sort, "")
        link = f"-{order}" if sort == order else order
        yield {"look": look, "heading": heading, "sort": link, "direction": direction}
