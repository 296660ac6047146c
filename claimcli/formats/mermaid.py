"""A graph of claims as a Mermaid flowchart, which many markdown readers draw.

Node names are generated, and in labels every character that could have a meaning is written as
its number, so that no data is read as syntax, markdown, HTML or a link.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from claimcli.analysis.graph import Graph, GraphEdge, GraphNode
from claimcli.core.text.escaping import one_line
from claimcli.formats.claim_text import rival_notes
from claimcli.formats.drawing.paints import INK, Painted, numbered_paints
from claimcli.formats.edge_styles import edge_class
from claimcli.formats.graph_text import attribution, id_and_remarks, nodes_by_issue, shorten

MOST_EDGES, MOST_CHARACTERS = 500, 50_000
"""Limits of Mermaid unless its settings allow more (``maxEdges`` and ``maxTextSize``)."""
_ARROWS = {
    "against": "==>",
    "aside": "-.->",
    "allowing": "-->",
    "sharing": "-->",
    "rival": "o--o",
    "again": "-.-o",
}
_MEANING = re.compile(
    r"[\W_](?:(?<![ ,.'-])|(?<=[-'])(?:(?<![^\W_].)|(?![^\W_]))|(?<=\.)(?:(?<![^\W\d_].)|(?! |$)))"
)
"""Characters that could have a meaning: all but letters, digits, spaces, commas, hyphens and
apostrophes within words, and full stops after words. Beginning with a class makes it fast."""
_AGAIN = re.compile(r"[$\\:ﬂ¶](?:(?<=\$)(?=\$)|(?<=\\)(?=n)|(?<=:)(?=fa-)|(?<=ﬂ)(?=°)|(?<=¶)(?=ß))")
"""Syntax that Mermaid searches after decoding: formulas, line breaks, icons, its own marks."""
_DIRECTION = re.compile(r"(?i)(direction) ")
"""Words that Mermaid reads as a flowchart direction anywhere on a line, even in quotes."""


def mermaid(graph: Graph, painted: Painted | None = None) -> str:
    """Return the graph as a Mermaid flowchart with answers to the right of claims.

    ``painted`` are the paints of the graph's dossier, if they are known already.
    """
    names = {node.id: f"n{number}" for number, node in enumerate(graph.nodes, 1)}
    lines = ["flowchart RL", "accTitle: Claims and what answers them"]
    groups = nodes_by_issue(graph)
    for number, (words, nodes) in enumerate(groups, 1):
        if len(groups) > 1:
            lines += [f'subgraph s{number}["{escaped(words)}"]', "direction RL"]
        lines += (f'{names[node.id]}["{_label(graph, node)}"]' for node in nodes)
        lines += ["end"] if len(groups) > 1 else []
    lines += [] if groups else ['n0["no claims"]']
    lines += (
        f'{names[edge.source]} {_arrow(edge)}|"{escaped(edge.label)}"| {names[edge.target]}'
        for edge in graph.edges
    )
    lines += _classes(graph, names, painted or numbered_paints(graph.dossier))
    return "\n".join(lines) + "\n"


def too_large(text: str, graph: Graph) -> bool:
    """Return whether Mermaid refuses to draw the text with its default settings."""
    return len(text) > MOST_CHARACTERS or len(graph.edges) > MOST_EDGES


@lru_cache(maxsize=1024)
def escaped(text: str) -> str:
    """Return text for a quoted label, which Mermaid shows unchanged.

    Characters are written as Mermaid's "entity codes": ``#``, a decimal number and ``;``.
    """
    line = _AGAIN.sub(lambda match: f"{match[0].replace('ﬂ', 'fl')}\u2060", one_line(text))
    written = _MEANING.sub(lambda match: f"#{ord(match[0])};", line)
    # the search without case is slow; only "i" has other forms
    return _DIRECTION.sub(r"\1#32;", written) if "rect" in written.lower() else written


def _arrow(edge: GraphEdge) -> str:
    return _ARROWS[edge_class(edge.kind)]


def _label(graph: Graph, node: GraphNode) -> str:
    parts = (
        " and ".join(node.names),
        attribution(graph, node),
        shorten(node.claim.statement),
        ", ".join(id_and_remarks(graph, node)),
        *rival_notes(graph.dossier, node.claim, node.unlinked_rivals, graph.notation),
    )
    return "<br>".join(escaped(part) for part in parts if part)


def _classes(graph: Graph, names: dict[str, str], painted: Painted) -> Iterator[str]:
    """Yield the styles of parties and their claims; a joint claim has that of its first party."""
    of_party: dict[str, list[str]] = defaultdict(list)
    for node in graph.nodes:
        of_party[node.claim.party].append(names[node.id])
    for party in sorted(of_party, key=lambda party: painted[party][0]):
        number, paint = painted[party]
        dashes = f",stroke-dasharray:{paint.dashes}" if paint.dashes else ""
        looks = f"fill:{paint.fill[0]},stroke:{paint.line[0]},color:{INK[0]}{dashes}"
        yield f"classDef p{number} {looks}"
        yield f"class {','.join(of_party[party])} p{number}"
