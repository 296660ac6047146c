"""A graph of claims as a Mermaid flowchart, which many markdown readers draw.

Names of nodes are made up, and in a label every character that could mean something is
written as its number, so that nothing from the data is syntax, markdown, HTML or a link.
"""

import re
from collections.abc import Iterator

from claimcli.analysis.graph import Graph, GraphEdge, GraphNode
from claimcli.core.text.escaping import one_line
from claimcli.formats.drawing.svg import INK, paints
from claimcli.formats.edge_styles import edge_class
from claimcli.formats.graph_text import attribution, nodes_by_issue, remarks, shorten

MOST_EDGES, MOST_CHARACTERS = 500, 50_000
"""What Mermaid draws unless its own settings allow more (``maxEdges`` and ``maxTextSize``)."""
_ARROWS = {
    "against": "==>",
    "aside": "-.->",
    "allowing": "-->",
    "sharing": "-->",
    "again": "-.-o",
}
_MEANING = re.compile(r"[^\w ,.'-]|_|(?<![^\W_])[-']|[-'](?![^\W_])|(?<![^\W\d_])\.|\.(?! |$)")
"""What could mean something: all but letters, digits, spaces and commas, hyphens and apostrophes
within a word, and full stops behind one."""
_AGAIN = re.compile(r"\$(?=\$)|:(?=fa-)|ﬂ(?=°)|¶(?=ß)")
"""What Mermaid looks for once more when it has read the numbers: formulas, icons, its own marks."""
_DIRECTION = re.compile(r"(?i)(direction) ")
"""What Mermaid takes for a direction of the flowchart anywhere on a line, in quotes too."""


def mermaid(found: Graph) -> str:
    """Return the graph as the text of a flowchart in which answers stand to the right of claims."""
    names = {node.id: f"n{number}" for number, node in enumerate(found.nodes, 1)}
    lines = ["flowchart RL", "accTitle: Claims and what answers them"]
    groups = nodes_by_issue(found)
    for number, (words, nodes) in enumerate(groups, 1):
        if len(groups) > 1:
            lines += [f'subgraph s{number}["{escaped(words)}"]', "direction RL"]
        lines += (f'{names[node.id]}["{_label(node)}"]' for node in nodes)
        lines += ["end"] if len(groups) > 1 else []
    lines += [] if groups else ['n0["no claims"]']
    lines += (
        f'{names[edge.source]} {_arrow(edge)}|"{escaped(edge.label)}"| {names[edge.target]}'
        for edge in found.edges
    )
    lines += _classes(found, names)
    return "\n".join(lines) + "\n"


def too_large(text: str, found: Graph) -> bool:
    """Return whether Mermaid would refuse to draw this unless its settings allow it."""
    return len(text) > MOST_CHARACTERS or len(found.edges) > MOST_EDGES


def escaped(text: str) -> str:
    """Return text for a quoted label: what Mermaid shows is just it.

    Numbers of characters are Mermaid's "entity codes", ``#`` and a decimal number and ``;``.
    """
    line = _AGAIN.sub(lambda found: f"{found[0].replace('ﬂ', 'fl')}\u2060", one_line(text))
    written = _MEANING.sub(lambda found: f"#{ord(found[0])};", line)
    return _DIRECTION.sub(r"\1#32;", written)


def _arrow(edge: GraphEdge) -> str:
    return _ARROWS[edge_class(edge.answer)]


def _label(node: GraphNode) -> str:
    parts = (
        " and ".join(node.names),
        attribution(node),
        shorten(node.claim.statement),
        ", ".join((node.id, *remarks(node))),
    )
    return "<br>".join(escaped(part) for part in parts if part)


def _classes(found: Graph, names: dict[str, str]) -> Iterator[str]:
    """Yield the looks of each party: its first one gives a claim its own."""
    for number, (party, paint) in enumerate(paints(found.names).items(), 1):
        own = [names[node.id] for node in found.nodes if node.claim.party == party]
        if own:
            dashes = f",stroke-dasharray:{paint.dashes}" if paint.dashes else ""
            looks = f"fill:{paint.fill[0]},stroke:{paint.line[0]},color:{INK[0]}{dashes}"
            yield f"classDef p{number} {looks}"
            yield f"class {','.join(own)} p{number}"
