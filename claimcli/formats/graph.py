"""A graph of claims as records."""

from typing import Any

from claimcli.analysis.graph import Graph, Node
from claimcli.core.table import to_json
from claimcli.core.text.escaping import one_line
from claimcli.formats.drawing.text_metrics import ELLIPSIS, clusters

LONGEST = 280
"""Characters of a statement that pictures made elsewhere show."""


def json(found: Graph) -> str:
    """Return ``{nodes: [...], edges: [{source, target, kind}]}``.

    A node is a claim: its id, parties, their names, speaker, said, statement, issue, position,
    status, withdrawn, superseded_by, asked, file, line, and by id what is not shown: answers to
    it (beyond), and what it answers (above).
    """
    edges = [
        {"source": edge.source, "target": edge.target, "kind": edge.kind} for edge in found.edges
    ]
    return to_json({"nodes": [_node(node) for node in found.nodes], "edges": edges})


def _node(node: Node) -> dict[str, Any]:
    claim = node.claim
    return {
        "id": claim.id,
        "parties": list(claim.parties),
        "names": list(node.names),
        "speaker": claim.speaker,
        "said": str(claim.said) if claim.said else None,
        "statement": claim.statement,
        "issue": claim.issue,
        "position": claim.position,
        "status": node.status.value,
        "withdrawn": str(claim.withdrawn) if claim.withdrawn else None,
        "superseded_by": node.superseded_by,
        "asked": node.asked,
        "beyond": list(node.beyond),
        "above": list(node.above),
        "file": claim.location.span.path,
        "line": claim.location.span.line,
    }


def attribution(node: Node) -> str:
    """Return who spoke and when, beside the parties; "" where neither is on file."""
    claim = node.claim
    return ", ".join(part for part in (claim.speaker, str(claim.said or "")) if part)


def remarks(node: Node) -> list[str]:
    """Return in words how the claim stands, and what of it the graph does not show."""
    found = [node.status.value]
    if node.claim.position:
        found.append(f"position: {node.claim.position}")
    if node.above:
        found.append(f"answers {', '.join(node.above)}, not shown")
    if node.superseded_by:
        found.append(f"superseded by {node.superseded_by}")
    if node.beyond:
        many = len(node.beyond)
        found.append(f"{many} more {'answer' if many == 1 else 'answers'} not shown")
    return found


def shortened(text: str) -> str:
    """Return a text on one line, with an ellipsis where it is too long for a picture."""
    line = one_line(text)
    if len(line) <= LONGEST:
        return line
    return "".join(clusters(line[:LONGEST])).rstrip() + ELLIPSIS


def by_issue(found: Graph) -> list[tuple[str, list[Node]]]:
    """Return the claims of each issue under its question, those on no issue last."""
    issues: dict[str, list[Node]] = {}
    for node in found.nodes:
        issues.setdefault(node.claim.issue or "", []).append(node)
    ordered = sorted(issues, key=lambda issue: (not issue, issue))
    return [(question(found, issue), issues[issue]) for issue in ordered]


def question(found: Graph, issue: str) -> str:
    """Return an issue's question, its id where there is none, or that there is no issue."""
    return found.questions.get(issue) or issue or "claims on no issue"
