"""The one list of pages, for the server and for the static site."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from claimcli.web.page import Document, Page, PageRequest
from claimcli.web.pages import (
    audit,
    briefing,
    claim,
    claims,
    data,
    diff,
    events,
    graph,
    issues,
    matrix,
    overview,
    parties,
    problems,
    replies,
    source,
    sources,
    timeline,
    verify,
)
from claimcli.web.reader import Reader


def _one(_: Reader) -> Iterable[tuple[str, ...]]:
    return ((),)


class Route(Struct, frozen=True, kw_only=True):
    """A page or document: the function that makes it, its path on a server, its file in a site.

    ``options`` are those after the ``?``. ``instances`` returns the ids of each page that a site
    has of this route. A route without a ``file`` is not part of a site. What is made from the
    ``whole`` dossier is kept by the server until the data changes.
    """

    name: str
    path: str
    make: Callable[[PageRequest], Page | Document]
    file: str = ""
    options: tuple[str, ...] = ("q",)
    instances: Callable[[Reader], Iterable[tuple[str, ...]]] = _one
    whole: bool = False


def _of(name: str, path: str, make: Any, file: str = "", **more: Any) -> Route:
    return Route(name=name, path=path, make=make, file=file, **more)


ROUTES: tuple[Route, ...] = (
    _of("overview", "/", overview.page, "index.html", whole=True),
    _of("claims", "/claims", claims.page, "claims.html", options=("q", "sort", "page")),
    _of("claim", "/claim/{id}", claim.page, "claims/{id}.html", instances=claim.ids),
    _of("compare", "/compare", diff.pairs_page, "compare.html", whole=True),
    _of("diff", "/diff/{left}/{right}", diff.page, "diff/{left}~{right}.html",
        options=("q", "only"), instances=diff.pairs, whole=True),
    _of("matrix", "/matrix", matrix.page, "matrix.html", options=("q", "by"), whole=True),
    _of("timeline", "/timeline", timeline.page, "timeline.html", options=("q", "page"), whole=True),
    _of("graph", "/graph", graph.page, "graph.html",
        options=("q", "around", "depth", "page"), whole=True),
    _of("neighbourhood", "/graph/{id}", graph.around_page, "graph/{id}.html",
        options=("depth",), instances=graph.ids),
    _of("parties", "/parties", parties.list_page, "parties.html", whole=True),
    _of("party", "/party/{id}", parties.page, "parties/{id}.html", options=(),
        instances=parties.ids),
    _of("issues", "/issues", issues.list_page, "issues.html", whole=True),
    _of("issue", "/issue/{id}", issues.page, "issues/{id}.html", options=(),
        instances=issues.ids),
    _of("sources", "/sources", sources.list_page, "sources.html", whole=True),
    _of("source", "/source/{id}", source.page, "sources/{id}.html", instances=source.ids),
    _of("event", "/event/{id}", events.page, "events/{id}.html", options=(),
        instances=events.ids),
    _of("verify", "/verify", verify.page, "verify.html", options=("q", "select"), whole=True),
    _of("audit", "/audit", audit.page, "audit.html", whole=True),
    _of("problems", "/problems", problems.page, "problems.html", whole=True),
    _of("replies", "/replies", replies.page, "replies.html",
        instances=replies.instances, whole=True),
    _of("briefing", "/export/briefing.{form}", briefing.document, "briefing.{form}",
        instances=briefing.forms, whole=True),
    _of("api-claims", "/api/claims", data.claims, options=("q", "sort", "page")),
    _of("api-claim", "/api/claim/{id}", data.claim),
    _of("api-diff", "/api/diff/{left}/{right}", data.diff, options=("q", "only"), whole=True),
)  # fmt: skip

MENU = (
    ("overview", "Overview"), ("claims", "Claims"), ("compare", "Compare"), ("matrix", "Matrix"),
    ("timeline", "Timeline"), ("graph", "Graph"), ("sources", "Sources"), ("verify", "Quotes"),
    ("audit", "Gaps"), ("replies", "Requests"),
)  # fmt: skip
"""The routes in the menu, with their names there."""
SECTIONS = {
    "claim": "claims", "diff": "compare", "neighbourhood": "graph", "source": "sources",
}  # fmt: skip
"""The route in the menu to which a page of another route belongs."""
PATHS = {route.name: route.path for route in ROUTES}
