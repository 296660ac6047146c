"""Texts of claims that all drawings of a graph show."""

from claimcli.analysis.graph import Graph, GraphEdge, GraphNode
from claimcli.core.opposition import BY_POSITION
from claimcli.core.text.escaping import one_line
from claimcli.formats.claim_text import name_and_date
from claimcli.formats.drawing.text_metrics import ELLIPSIS, clusters

LONGEST = 280
"""Maximum number of characters of a statement in Graphviz and Mermaid drawings."""


def attribution(graph: Graph, node: GraphNode) -> str:
    """Return the speaker and the date of a claim; "" without either."""
    return name_and_date(node.claim.speaker or "", node.claim.when, graph.notation)


def remarks(graph: Graph, node: GraphNode) -> list[str]:
    """Return the status and position of a claim, and notes on claims that are not shown."""
    notes = [node.status.value, *node.marks]
    if node.claim.position:
        notes.append(f"position: {node.claim.position}")
    if node.hidden_targets:
        targets = (graph.notation.claim(graph.dossier, name) for name in node.hidden_targets)
        notes.append(f"answers {', '.join(targets)}, not shown")
    if node.superseded_by:
        later = graph.notation.claim(graph.dossier, node.superseded_by)
        notes.append(f"superseded by {later}")
    if node.hidden_answers:
        many = len(node.hidden_answers)
        notes.append(f"{many} more {'answer' if many == 1 else 'answers'} not shown")
    return notes


def id_and_remarks(graph: Graph, node: GraphNode) -> list[str]:
    """Return the id of a claim, unless ids are left out, and the remarks on it."""
    return [*([node.id] if graph.notation.ids else []), *remarks(graph, node)]


def link_text(edge: GraphEdge, source: str, target: str) -> str:
    """Return an edge in words, with these texts for its ends."""
    than = " than" if edge.kind == BY_POSITION else ":"
    return f"{source} {edge.label}{than} {target}"


def shorten(text: str) -> str:
    """Return a text on one line, cut with an ellipsis if it is too long."""
    line = one_line(text)
    if len(line) <= LONGEST:
        return line
    return "".join(clusters(line[:LONGEST])).rstrip() + ELLIPSIS


def nodes_by_issue(graph: Graph) -> list[tuple[str, list[GraphNode]]]:
    """Return the claims of each issue under its question, those on no issue last."""
    issues: dict[str, list[GraphNode]] = {}
    for node in graph.nodes:
        issues.setdefault(node.claim.issue or "", []).append(node)
    ordered = (issue for issue in (*graph.issues, "") if issue in issues)
    return [(issue_heading(graph, issue), issues[issue]) for issue in ordered]


def issue_heading(graph: Graph, issue: str) -> str:
    """Return the question of an issue, else its id; a fixed heading for no issue."""
    return graph.questions.get(issue) or issue or "claims on no issue"
