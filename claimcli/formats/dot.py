"""A graph of claims in the DOT language of Graphviz.

Every name and label is a quoted string in which characters with a meaning in Graphviz escapes or
HTML entities are escaped.
"""

from collections.abc import Iterator

from claimcli.analysis.graph import Graph, GraphEdge, GraphNode
from claimcli.core.text.escaping import one_line
from claimcli.formats.claim_text import rival_notes
from claimcli.formats.drawing.paints import INK, SOFT, paints
from claimcli.formats.drawing.text_metrics import wrap
from claimcli.formats.edge_styles import edge_class
from claimcli.formats.graph_text import attribution, id_and_remarks, nodes_by_issue, shorten

_LINES = {
    "against": f'style=bold, color="{INK[0]}"',
    "aside": f'style=dashed, color="{INK[0]}"',
    "allowing": f'style=dotted, arrowhead=vee, color="{SOFT[0]}"',
    "sharing": f'style=dotted, arrowhead=vee, color="{SOFT[0]}"',
    "rival": f'penwidth=0.5, dir=both, arrowhead=odot, arrowtail=odot, color="{INK[0]}"',
    "again": f'style=dashed, arrowhead=odiamond, color="{SOFT[0]}"',
}
_EDGES = ("solid", "dashed", "dotted", "bold")
_ROOM = 230.0


def dot(graph: Graph) -> str:
    """Return the graph as a digraph with answers to the right of claims."""
    lines = [
        "digraph claims {",
        '  graph [rankdir=RL, charset="UTF-8", fontname=Helvetica];',
        '  node [shape=box, fontname=Helvetica, fontsize=11, margin="0.12,0.08"];',
        "  edge [fontname=Helvetica, fontsize=10];",
    ]
    looks = {
        party: f'style="filled,{_EDGES[number % len(_EDGES)]}", '
        f'fillcolor="{paint.fill[0]}", color="{paint.line[0]}"'
        for number, (party, paint) in enumerate(paints(graph.dossier).items())
    }
    groups = nodes_by_issue(graph)
    for number, (words, nodes) in enumerate(groups, 1):
        if len(groups) > 1:
            lines += [f"  subgraph cluster_{number} {{", f"    label={_quoted(words)};"]
        lines += (f"    {_node(graph, node)}, {looks[node.claim.party]}];" for node in nodes)
        lines += ["  }"] if len(groups) > 1 else []
    lines += (f"  {_edge(edge)};" for edge in graph.edges)
    return "\n".join((*lines, "}")) + "\n"


def _node(graph: Graph, node: GraphNode) -> str:
    label = "".join(f"{_escaped(line)}\\l" for line in _lines(graph, node))
    return f'{_name(node.id)} [label="{label}", tooltip={_quoted(node.claim.statement)}'


def _edge(edge: GraphEdge) -> str:
    attributes = f"label={_quoted(edge.label)}, {_LINES[edge_class(edge.kind)]}"
    return f"{_name(edge.source)} -> {_name(edge.target)} [{attributes}]"


def _lines(graph: Graph, node: GraphNode) -> Iterator[str]:
    yield from wrap(" and ".join(node.names), _ROOM, 11, most=3, bold=True)
    for part in (attribution(graph, node), shorten(node.claim.statement)):
        yield from wrap(part, _ROOM, 11, most=20)
    yield from wrap(" · ".join(id_and_remarks(graph, node)), _ROOM, 11, most=6)
    for note in rival_notes(graph.dossier, node.claim, node.unlinked_rivals, graph.notation):
        yield from wrap(note, _ROOM, 11, most=4)


def _name(name: str) -> str:
    """Return the name of a node: its id in quotes."""
    return f'"{one_line(name).replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34))}"'


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    """Return text for a label in quotes, an ``escString`` of Graphviz."""
    line = one_line(text).replace("&", "&amp;")
    return line.replace("\\", "\\\\").replace('"', '\\"')
