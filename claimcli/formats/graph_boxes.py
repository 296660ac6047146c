"""A claim as a box of a picture: its parties, date, statement and status."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from claimcli.analysis.graph import Graph, GraphEdge, GraphNode
from claimcli.core.text.escaping import for_xml, one_line
from claimcli.formats.claim_text import rival_notes
from claimcli.formats.drawing.legend import party_box
from claimcli.formats.drawing.svg import Point, element, text
from claimcli.formats.drawing.text_metrics import wrap
from claimcli.formats.graph_text import attribution, remarks

WIDE = 232.0
_WIDEST, _PER_LINE = 4 * WIDE, 9.0
"""A claim with many answers or rivals is wider, so that the lines do not overlap."""
_BAR, _LEFT, _RIGHT, _ABOVE, _BELOW = 6.0, 15.0, 9.0, 8.0, 5.0
_LEADING, _DESCENT, _BETWEEN = 3.5, 4.0, 3.0
_TOGETHER = 26
"""Remarks shorter than this are not broken over two lines."""


class BoxLine(Struct, frozen=True):
    """A line of a text: its distance from the upper edge, its CSS class and its maximum width."""

    content: str
    down: float
    kind: str
    room: float
    whole: str


_MOST_NAMES = 24
"""Maximum number of lines for the names of joint parties."""


class ClaimBox(Struct, frozen=True):
    """A claim as a box: its lines, size, remarks and the CSS classes of its parties.

    ``attribution`` is the speaker and the date; ``id`` is "" if ids are left out.
    """

    node: GraphNode
    attribution: str
    id: str
    lines: tuple[BoxLine, ...]
    size: Point
    kinds: tuple[str, ...]
    notes: tuple[str, ...]

    def draw(self, corner: Point) -> str:
        """Return the SVG of the box with its upper left corner at a point."""
        node = self.node
        who = " and ".join(node.names)
        said = f" ({self.attribution})" if self.attribution else ""
        shown = f" [{self.id}]" if self.id else ""
        whole = f"{who}{said}: {node.claim.statement}{shown}; {'; '.join(self.notes)}"
        lines = (
            text(
                line.content,
                (corner[0] + _LEFT, corner[1] + line.down),
                line.kind,
                line.room,
                whole=line.whole,
            )
            for line in self.lines
        )
        return element(
            "g",
            {"class": self.kinds[0]},
            element("title", {}, for_xml(whole)),
            party_box(corner, self.size, self.kinds, _BAR),
            *lines,
        )


def claim_box(  # noqa: PLR0913 - all contents of the box
    graph: Graph,
    node: GraphNode,
    kinds: Mapping[str, str],
    *,
    issue: str,
    lines: int = 0,
    own: Sequence[GraphEdge] = (),
) -> ClaimBox:
    """Return the box of a claim in the picture of an issue.

    ``lines`` is the number of lines to it, ``own`` are its answers to itself.
    """
    claim, attributed = node.claim, attribution(graph, node)
    shown = claim.id if graph.notation.ids else ""
    notes = _notes(graph, node, issue, own)
    rivals = rival_notes(graph.dossier, claim, node.unlinked_rivals, graph.notation)
    texts = (
        (" and ".join(node.names), 12.0, "bold", min(3 * len(node.names), _MOST_NAMES)),
        (attributed, 11.0, "soft small", 2),
        (claim.statement, 12.0, "words", 7),
        (shown, 11.0, "soft small", 3),
        (" · ".join(_keep_together(part) for part in notes), 11.0, "soft small", 5),
        *((note, 11.0, "soft small", 4) for note in rivals),
    )
    wide = min(max(WIDE, _PER_LINE * (lines + 3)), _WIDEST)
    room = wide - _LEFT - _RIGHT
    drawn: list[BoxLine] = []
    down = _ABOVE
    for words, size, kind, most in texts:
        for line in wrap(words, room, size, most=most, bold=kind == "bold"):
            down += size + _LEADING
            drawn.append(BoxLine(line, down - _DESCENT, kind, room, words))
        down += 0 if kind == "soft small" else _BETWEEN
    classes = tuple(dict.fromkeys(kinds[party] for party in claim.parties))
    return ClaimBox(
        node, attributed, shown, tuple(drawn), (wide, down + _BELOW), classes, (*notes, *rivals)
    )


def _notes(graph: Graph, node: GraphNode, issue: str, own: Sequence[GraphEdge]) -> list[str]:
    """Return the remarks on a claim, also on another issue and on its answers to itself."""
    notes = remarks(graph, node)
    other = node.claim.issue or ""
    if other != issue:
        notes.append(f"issue: {graph.notation.issue(graph.dossier, other or 'none')}")
    notes += [f"answers itself: {edge.label}" for edge in own]
    return sorted(notes, key=lambda part: part.startswith("position"))  # a long one is cut first


def _keep_together(content: str) -> str:
    """Return short texts with no-break spaces, so that they stay on one line."""
    return one_line(content).replace(" ", "\u00a0") if len(content) < _TOGETHER else content
