"""Claims and what answers them, as a picture."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from claimcli.analysis.graph import Graph, GraphEdge, GraphNode, neighbourhood
from claimcli.analysis.graph import graph as graph_of
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Request, Scope, field_condition
from claimcli.core.query_parser import parse_query
from claimcli.formats.graph_svg import svg
from claimcli.web.list_parts import MOST_DRAWN, Part, part_of
from claimcli.web.page import Page, PageRequest
from claimcli.web.pages.claim import read_claim
from claimcli.web.parts import Views
from claimcli.web.reader import Reader

DEPTH, DEEPEST = 2, 20
"""Steps from a claim to those of its neighbourhood: by default, and at most."""
_DEPTHS = (1, 2, 3, 5, 10)
"""The steps that have links."""


def page(request: PageRequest) -> Page:
    """Return the graph of the selected claims and of their threads, or of a neighbourhood."""
    if name := request.options.get("around", ""):
        if request.query:
            hint = "leave one of them out"
            raise ClaimcliError("'around' is a claim and those near it, and takes no query", hint)
        return _around(request, name)
    query = parse_query(request.query)
    part = part_of(request, request.reader.count(query))
    wanted = Request(
        query=query, scope=Scope.THREADS, opposition=True, offset=part.offset, limit=part.limit
    )
    result = graph_of(request.reader.read(wanted))
    values = {**_values(request, result, draw=part.is_whole), "part": part, "center": None}
    return Page(title="Graph", template="graph.html.j2", values=values)


def around_page(request: PageRequest) -> Page:
    """Return the graph of the neighbourhood of a claim."""
    return _around(request, request.ids["id"])


def ids(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the id of each claim that has an answer or another link."""
    dossier = reader.read(Request(scope=Scope.THREADS))
    linked = set()
    for claim in dossier.by_id.values():
        targets = (*(a.claim for a in claim.responds_to), claim.restates, claim.supersedes)
        known = {name for name in targets if name in dossier.by_id}
        linked |= {claim.id, *known} if known else known
    return ((claim.id,) for claim in dossier.claims if claim.id in linked)


def _around(request: PageRequest, name: str) -> Page:
    wanted = Request(query=field_condition("id", [name]), scope=Scope.THREADS, opposition=True)
    dossier = read_claim(request.reader, wanted, name)
    depth = _depth(request.options.get("depth", ""))
    result = neighbourhood(dossier, [name], depth)
    found = len(result.nodes)
    part = Part(1, 1, 0, MOST_DRAWN, found)
    center = Views(dossier).claim(dossier.by_id[name])
    values = {
        **_values(request, result, draw=part.is_whole),
        "part": part,
        "center": center,
        "depth": depth,
        "depths": () if request.static else _DEPTHS,
    }
    return Page(title=f"Near {name}", template="graph.html.j2", values=values)


def _depth(word: str) -> int:
    if not word:
        return DEPTH
    if not (word.isascii() and word.isdigit() and len(word) < 4 and int(word) <= DEEPEST):
        raise ClaimcliError(f"no depth '{word}'", f"write a number from 0 to {DEEPEST}")
    return int(word)


def _values(request: PageRequest, graph: Graph, *, draw: bool) -> dict[str, Any]:
    drawn = draw and 0 < len(graph.nodes) <= MOST_DRAWN
    picture = svg(graph, link=lambda claim: request.links.to("claim", claim)) if drawn else ""
    shown = replace(graph, nodes=graph.nodes[:MOST_DRAWN])
    return {
        "picture": Markup(picture),  # noqa: S704 - our own drawing, whose texts are escaped
        "rows": _rows(shown),
        "claims": len(graph.nodes),
        "added": graph.added_count,
        "hidden": graph.hidden_answer_count,
    }


def _rows(graph: Graph) -> list[dict[str, Any]]:
    views = Views(graph.dossier)
    edges: dict[str, list[GraphEdge]] = defaultdict(list)
    for edge in graph.edges:
        edges[edge.source].append(edge)
    return [_row(views, node, edges[node.id]) for node in graph.nodes]


def _row(views: Views, node: GraphNode, edges: Sequence[GraphEdge]) -> dict[str, Any]:
    return {
        "claim": views.claim(node.claim),
        "links": [{"words": edge.label, "id": edge.target} for edge in edges],
        "hidden": len(node.hidden_answers),
    }
