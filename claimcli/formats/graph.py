"""The formats of a graph, and its JSON."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from claimcli.analysis.graph import Graph, GraphEdge, GraphNode
from claimcli.analysis.list import claim_record, when_fields
from claimcli.core.table import json_list
from claimcli.formats.dot import dot
from claimcli.formats.graph_svg import svg
from claimcli.formats.mermaid import mermaid


def data(graph: Graph) -> dict[str, Any]:
    """Return ``{nodes: [...], edges: [{source, target, kind}]}``.

    A node is a claim: its id, parties, their names, speaker, said, when, statement, issue,
    position, status, answered, opposed_by, opposed_by_more, withdrawn, superseded_by, asked
    (whether it is selected), file, line, and the ids of claims that are not shown: its answers
    (beyond) and the claims that it answers (above). Edges of the kind "position" are those that
    pictures draw; ``opposed_by`` has all rivals.
    """
    nodes = [_node(graph, node) for node in graph.nodes]
    return {"nodes": nodes, "edges": list(map(_edge, graph.edges))}


def _json(graph: Graph) -> Iterator[str]:
    """Yield the parts of :func:`data` as indented JSON."""
    yield '{\n  "nodes": '
    yield from json_list((_node(graph, node) for node in graph.nodes), depth=1)
    yield ',\n  "edges": '
    yield from json_list(map(_edge, graph.edges), depth=1)
    yield "\n}\n"


def _edge(edge: GraphEdge) -> dict[str, str]:
    return {"source": edge.source, "target": edge.target, "kind": edge.kind}


def _node(graph: Graph, node: GraphNode) -> dict[str, Any]:
    claim = node.claim
    return {
        "id": claim.id,
        "parties": list(claim.parties),
        "names": list(node.names),
        "speaker": claim.speaker,
        "said": str(claim.said) if claim.said else None,
        "when": when_fields(claim.when),
        "statement": claim.statement,
        "issue": claim.issue,
        "position": claim.position,
        "status": node.status.value,
        **claim_record(graph.dossier, claim, ("answered", "opposed_by", "opposed_by_more")),
        "withdrawn": str(claim.withdrawn) if claim.withdrawn else None,
        "superseded_by": node.superseded_by,
        "asked": node.selected,
        "beyond": list(node.hidden_answers),
        "above": list(node.hidden_targets),
        "file": claim.location.span.path,
        "line": claim.location.span.line,
    }


WRITERS: Mapping[str, Callable[[Graph], Iterable[str]]] = {
    "mermaid": mermaid,
    "dot": dot,
    "svg": svg,
    "json": _json,
}
