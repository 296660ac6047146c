"""A graph of claims as an SVG picture, drawn without other programs.

Each claim is a box with its party, statement and id; answers are below it, with the kind of answer
next to the line. Thin lines link rival positions. Connected claims on one issue are drawn together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import ceil, sqrt

from msgspec import Struct

from claimcli.analysis.graph import Graph, GraphEdge, GraphNode
from claimcli.core.opposition import BY_POSITION
from claimcli.core.problems import ClaimcliError
from claimcli.core.text.escaping import for_xml
from claimcli.formats.drawing.layout import EdgeLine, Layout, LayoutEdge, lay_out
from claimcli.formats.drawing.legend import legend, party_styles
from claimcli.formats.drawing.packing import connected_parts, pack
from claimcli.formats.drawing.paints import SOFT, Paint, Painted, numbered_paints
from claimcli.formats.drawing.svg import (
    Link,
    Point,
    StyleRule,
    document,
    element,
    linked,
    no_link,
    polyline,
    rectangle,
    text,
)
from claimcli.formats.drawing.text_metrics import width, wrap
from claimcli.formats.edge_styles import RULES, draw_edge, edge_class, edge_legend
from claimcli.formats.graph_boxes import WIDE, ClaimBox, claim_box
from claimcli.formats.graph_text import issue_heading, link_text

MOST_CLAIMS = 3_000
"""Maximum number of claims in one picture, limited by what browsers draw and people read."""
_MARGIN, _EDGE, _APART, _PAD = 20.0, 6.0, 26.0, 14.0
_INLINE = 3
"""Maximum number of claims in a row of a picture within a page of text."""
_COLUMNS = 0.85
"""Number of claims in a row, relative to the square root of the number of connected claims."""
_LABEL, _LABEL_LINE, _LABEL_ROOM = 11.0, 13.0, 122.0
_BEND = 9.0
_NO_CLAIMS = "No claims."


class _Drawing(Struct, frozen=True):
    """A drawing with its upper left corner at (0, 0), and its size."""

    drawn: tuple[str, ...]
    size: Point


_NOTHING = _Drawing((text(_NO_CLAIMS, (0, 12), "soft"),), (width(_NO_CLAIMS, 12), 16))


def svg(  # noqa: PLR0913 - the picture's place, and paints that are known
    graph: Graph,
    *,
    name: str = "graph",
    title: str = "",
    inline: bool = False,
    link: Link = no_link,
    painted: Painted | None = None,
) -> str:
    """Return a graph as one SVG document without scripts; all text is escaped.

    ``name`` is the id of the picture and the prefix of the ids within it. An ``inline`` picture,
    for the middle of a page, is narrower and does not repeat the question of a single issue. With
    ``link``, boxes are links, and the page must have the :func:`rules`. ``painted`` are the paints
    of the graph's dossier, if they are known. Raises ClaimcliError if the graph is too large.
    """
    _refuse_too_many(graph)
    painted = painted or numbered_paints(graph.dossier)
    own = {party: painted[party][1] for party in graph.names}
    kinds = {party: paint.kind for party, paint in own.items()}
    blocks = _sections(graph, kinds, link, inline=inline) or [_NOTHING]
    corners, size = pack([block.size for block in blocks], _APART)
    key = _key(graph, kinds, max(size[0], 2 * WIDE))
    edge = _EDGE if inline else _MARGIN
    top = edge + key.size[1] + _PAD
    body = [
        _translate(key.drawn, (edge, edge)),
        *(
            _translate(block.drawn, (corner[0] + edge, corner[1] + top))
            for block, corner in zip(blocks, corners, strict=True)
        ),
    ]
    return document(
        (max(size[0], key.size[0]) + 2 * edge, top + size[1] + edge),
        body,
        name=name,
        title=title or "Claims and what answers them",
        description=description(graph),
        rules=rules(own.values()),
        interactive=link is not no_link,
    )


def _refuse_too_many(graph: Graph) -> None:
    if len(graph.nodes) > MOST_CLAIMS:
        raise ClaimcliError(
            f"{len(graph.nodes):,} claims are too many for one picture, which shows "
            f"{MOST_CLAIMS:,} at most",
            "narrow it with --issue or --around, or write mermaid, dot or json",
        )


def rules(paints: Iterable[Paint]) -> tuple[StyleRule, ...]:
    """Return the style rules of a graph with these paints."""
    return (*_RULES, *party_styles(dict.fromkeys(paints)))


def description(graph: Graph) -> str:
    """Return every claim and every answer in words, for readers who cannot see the picture."""
    names = {node.id: " and ".join(node.names) for node in graph.nodes}
    shown = {node.id: f" [{node.id}]" if graph.notation.ids else "" for node in graph.nodes}
    claims = [f"{names[n.id]}: {n.claim.statement}{shown[n.id]}" for n in graph.nodes]
    ties = [
        link_text(edge, *(f"{names[end]}{shown[end]}" for end in (edge.source, edge.target)))
        for edge in graph.edges
    ]
    return "; ".join((*claims, *ties)) or _NO_CLAIMS


def _key(graph: Graph, kinds: Mapping[str, str], room: float) -> _Drawing:
    """Return the legend of the parties and line styles."""
    parties = ((kinds[party], name) for party, name in graph.names.items())
    drawn, size = legend(parties, room)
    kinds_of_lines = (edge.kind for edge in graph.edges if edge.source != edge.target)
    lines, high = edge_legend(kinds_of_lines, (0, size[1] + _PAD / 2), room)
    return _Drawing((*drawn, *lines), (size[0], size[1] + (high + _PAD / 2 if lines else 0)))


def _sections(
    graph: Graph, kinds: Mapping[str, str], link: Link, *, inline: bool
) -> list[_Drawing]:
    """Return a block for each issue, with its question unless the page shows it already."""
    own: dict[str, list[GraphEdge]] = defaultdict(list)
    edges: dict[str, list[GraphEdge]] = defaultdict(list)
    for edge in graph.edges:
        (own if edge.source == edge.target else edges)[edge.source].append(edge)
    arriving = Counter(edge.target for edge in graph.edges)
    issues = _by_issue(graph)
    blocks = []
    for issue, threads in issues:
        pictures = []
        for nodes in threads:
            boxes = [
                claim_box(
                    graph, node, kinds, issue=issue, lines=arriving[node.id], own=own[node.id]
                )
                for node in nodes
            ]
            links = [edge for node in nodes for edge in edges[node.id]]
            pictures.append(_draw_thread(boxes, links, link, columns=_INLINE if inline else 0))
        with_question = len(issues) > 1 or not inline
        blocks.append(_draw_issue(issue_heading(graph, issue) if with_question else "", pictures))
    return blocks


def _by_issue(graph: Graph) -> list[tuple[str, list[list[GraphNode]]]]:
    """Return connected claims, then single ones, by the issue of their first claim."""
    numbers = {node.id: number for number, node in enumerate(graph.nodes)}
    ends = [(numbers[edge.source], numbers[edge.target]) for edge in graph.edges]
    answering = {
        numbers[edge.source]
        for edge in graph.edges
        if edge.source != edge.target and edge.kind != BY_POSITION
    }
    issues: dict[str, list[list[GraphNode]]] = {}
    for part in sorted(
        connected_parts(len(numbers), ends), key=lambda part: (len(part) == 1, part[0])
    ):
        first = next((number for number in part if number not in answering), part[0])
        issue = graph.nodes[first].claim.issue or ""
        issues.setdefault(issue, []).append([graph.nodes[number] for number in part])
    return [(issue, issues[issue]) for issue in (*graph.issues, "") if issue in issues]


def _draw_issue(title: str, pictures: Sequence[_Drawing]) -> _Drawing:
    corners, size = pack([picture.size for picture in pictures], _APART)
    drawn = [_translate(p.drawn, corner) for p, corner in zip(pictures, corners, strict=True)]
    if not title:
        return _Drawing(tuple(drawn), size)
    lines = wrap(title, size[0], 13, most=4, bold=True)
    head = 17.0 * len(lines) + 8
    outer = size[0] + 2 * _PAD, size[1] + 2 * _PAD + head
    titles = [
        text(line, (_PAD, _PAD + 11 + 17 * number), "bold section", size[0], whole=title)
        for number, line in enumerate(lines)
    ]
    frame = rectangle((0, 0), outer, "frame", 8)
    return _Drawing((frame, *titles, _translate(drawn, (_PAD, _PAD + head))), outer)


def _translate(drawn: Iterable[str], by: Point) -> str:
    across, down = (f"{value:.1f}".removesuffix(".0") for value in by)
    return element("g", {"transform": f"translate({across},{down})"}, *drawn)


def _draw_thread(
    boxes: Sequence[ClaimBox], edges: Sequence[GraphEdge], link: Link, *, columns: int
) -> _Drawing:
    numbers = {one.node.id: number for number, one in enumerate(boxes)}
    labels = [
        () if edge.kind == BY_POSITION else wrap(edge.label, _LABEL_ROOM, _LABEL, most=4)
        for edge in edges
    ]
    links = [
        LayoutEdge(numbers[edge.target], numbers[edge.source], _label_size(lines))
        for edge, lines in zip(edges, labels, strict=True)
    ]
    per_row = columns or max(4, ceil(_COLUMNS * sqrt(len(boxes))))
    layout = lay_out([one.size for one in boxes], links, columns=per_row)
    names = {one.node.id: one.id or " and ".join(one.node.names) for one in boxes}
    drawn = (
        linked(one.draw(corner), link(one.node.id))
        for one, corner in zip(boxes, layout.corners, strict=True)
    )
    return _Drawing((*_lines(edges, labels, layout, names), *drawn), layout.size)


def _label_size(lines: Sequence[str]) -> Point:
    if not lines:  # the legend explains the lines of rivals
        return 0.0, 0.0
    return max(width(line, _LABEL) for line in lines) + 4, _LABEL_LINE * len(lines) + 4


def _lines(
    edges: Sequence[GraphEdge],
    labels: Sequence[Sequence[str]],
    layout: Layout,
    names: Mapping[str, str],
) -> Iterable[str]:
    """Yield the lines of a thread with their labels; ``names`` are those of the claims by id."""
    for edge, lines, route in zip(edges, labels, layout.routes, strict=True):
        yield element(
            "g",
            {},
            element("title", {}, for_xml(link_text(edge, names[edge.source], names[edge.target]))),
            *_line(edge.kind, route),
            *_label(lines, route.label),
        )


def _line(kind: str, route: EdgeLine) -> Iterable[str]:
    """Yield the line before and after its label; a line without a label is in one part."""
    if kind == BY_POSITION:
        yield draw_edge((*route.before, *route.after[1:]), kind, _BEND)
        return
    towards, away = route.before[::-1], route.after
    if route.reversed:  # the layout puts the answered claim below its answer
        towards, away = away, towards
    yield polyline(away, f"line {edge_class(kind)}", _BEND)
    yield draw_edge(towards, kind)


def _label(lines: Sequence[str], corner: Point) -> Iterable[str]:
    middle = corner[0] + _label_size(lines)[0] / 2
    for number, line in enumerate(lines):
        yield text(line, (middle, corner[1] + 11 + _LABEL_LINE * number), "label middle")


_RULES = (
    *RULES,
    StyleRule("text.section", "font-size:13px"),
    StyleRule("text.small", "font-size:11px"),
    StyleRule("text.label", "font-size:11px"),
    StyleRule("rect.frame", f"fill:none;stroke:{SOFT[0]};stroke-opacity:.4", f"stroke:{SOFT[1]}"),
)
