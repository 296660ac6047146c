"""Tables of Word documents, and the relations of claims as tables."""

from collections.abc import Sequence

from claimcli.analysis.graph import Graph, GraphEdge, GraphNode
from claimcli.core.opposition import BY_POSITION
from claimcli.core.text.escaping import one_line, visible
from claimcli.formats.documents.blocks import (
    Cell,
    DocumentTable,
    Runs,
    TextRun,
    TextStyle,
)
from claimcli.formats.documents.word.markup import MarkupWriter, escaped

HEADER_FILL = "F2F2F2"


def table(markup: MarkupWriter, block: DocumentTable, *, width: int, title: str) -> str:
    """Return a table of a width in twentieths of a point; ``title`` is for screen readers.

    The header is repeated on each page, and a row is not divided unless it fills a page.
    """
    widths = _widths(block.shares, width)
    header = tuple(((TextRun(name, TextStyle.STRONG),),) for name in block.header)
    rows = (
        _row(markup, header, widths, header=True),
        *(_row(markup, r, widths) for r in block.rows),
    )
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{markup.styles["Table Grid"]}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escaped(visible(title))}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def _widths(shares: Sequence[float], width: int) -> list[int]:
    return [int(width * share / sum(shares)) for share in shares]


def _row(
    markup: MarkupWriter, cells: Sequence[Cell], widths: Sequence[int], *, header: bool = False
) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    written = "".join(
        _cell(markup, cell, width, header=header) for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{written}</w:tr>"


def _cell(markup: MarkupWriter, cell: Cell, width: int, *, header: bool) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEADER_FILL}"/>' if header else ""
    text = "".join(markup.paragraph("Table Text", runs) for runs in cell or ((),))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{text}</w:tc>'


def relations(graph: Graph) -> DocumentTable:
    """Return the edges of a graph in words: who answers whom, and how."""
    names = {node.id: _claim(graph, node) for node in graph.nodes}
    rows = tuple(
        ((names[edge.source],), ((TextRun(_label(edge)),),), (names[edge.target],))
        for edge in graph.edges
    )
    return DocumentTable(("who", "how", "whom"), rows, (3.0, 1.3, 3.0))


def _label(edge: GraphEdge) -> str:
    return f"{edge.label} than" if edge.kind == BY_POSITION else edge.label


def _claim(graph: Graph, node: GraphNode) -> Runs:
    """Return the parties of a claim, with its id or its statement as a link to it."""
    names = TextRun(one_line(" and ".join(node.names)), TextStyle.STRONG)
    link = f"#claim-{node.id}"
    if graph.notation.ids:
        return (names, TextRun(" ("), TextRun(node.id, TextStyle.CODE, link), TextRun(")"))
    return (names, TextRun(': "'), TextRun(one_line(node.claim.statement), link=link), TextRun('"'))
