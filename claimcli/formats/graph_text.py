"""Texts that all drawings of a graph show."""

from claimcli.analysis.graph import Graph, GraphNode
from claimcli.core.text.escaping import one_line
from claimcli.formats.drawing.text_metrics import ELLIPSIS, clusters

LONGEST = 280
"""Characters of a statement that pictures made elsewhere show."""


def attribution(node: GraphNode) -> str:
    """Return who spoke and when, beside the parties; "" where neither is on file."""
    claim = node.claim
    return ", ".join(part for part in (claim.speaker, str(claim.said or "")) if part)


def remarks(node: GraphNode) -> list[str]:
    """Return in words how the claim stands, and what of it the graph does not show."""
    found = [node.status.value]
    if node.claim.position:
        found.append(f"position: {node.claim.position}")
    if node.hidden_targets:
        found.append(f"answers {', '.join(node.hidden_targets)}, not shown")
    if node.superseded_by:
        found.append(f"superseded by {node.superseded_by}")
    if node.hidden_answers:
        many = len(node.hidden_answers)
        found.append(f"{many} more {'answer' if many == 1 else 'answers'} not shown")
    return found


def shorten(text: str) -> str:
    """Return a text on one line, with an ellipsis where it is too long for a picture."""
    line = one_line(text)
    if len(line) <= LONGEST:
        return line
    return "".join(clusters(line[:LONGEST])).rstrip() + ELLIPSIS


def nodes_by_issue(found: Graph) -> list[tuple[str, list[GraphNode]]]:
    """Return the claims of each issue under its question, those on no issue last."""
    issues: dict[str, list[GraphNode]] = {}
    for node in found.nodes:
        issues.setdefault(node.claim.issue or "", []).append(node)
    ordered = sorted(issues, key=lambda issue: (not issue, issue))
    return [(issue_heading(found, issue), issues[issue]) for issue in ordered]


def issue_heading(found: Graph, issue: str) -> str:
    """Return an issue's question, its id where there is none, or that there is no issue."""
    return found.questions.get(issue) or issue or "claims on no issue"
