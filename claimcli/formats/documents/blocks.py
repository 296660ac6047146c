"""The blocks of a document: headings, paragraphs, list items, tables and pictures."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from claimcli.analysis.graph import Graph
from claimcli.history.revision import Revision


class TextStyle(StrEnum):
    """How a run of text is written."""

    PLAIN = ""
    STRONG = "strong"
    CODE = "code"
    STRUCK = "struck"


class TextRun(Struct, frozen=True):
    """A piece of text with one style; each value from the data is a run, alone.

    ``link`` is a web address, or ``#`` and the anchor of an item. A run with a ``note`` is the
    mark of that footnote and has no text; the ``first`` mark of a number is where the footnote is.
    """

    text: str = ""
    style: TextStyle = TextStyle.PLAIN
    link: str = ""
    note: int = 0
    first: bool = False


Runs = tuple[TextRun, ...]


class Contents(Struct, frozen=True):
    """The place of the table of contents, which lists the headings."""


class Heading(Struct, frozen=True):
    """A heading below the title. ``issue`` says whether it is that of an issue."""

    text: str
    issue: bool = False


class Paragraph(Struct, frozen=True):
    """A paragraph of text."""

    runs: Runs


class ItemKind(StrEnum):
    """What a list item is."""

    CLAIM = "claim"
    QUOTE = "quote"
    DETAIL = "detail"
    REFERENCE = "reference"
    POINT = "point"


class ListItem(Struct, frozen=True):
    """A list item; items of the same depth are siblings. ``anchor`` is what links name."""

    runs: Runs
    depth: int = 0
    kind: ItemKind = ItemKind.POINT
    anchor: str = ""


Cell = tuple[Runs, ...]
"""The paragraphs of a cell of a table."""


class DocumentTable(Struct, frozen=True):
    """A table with a header row; its first column names the rows.

    ``shares`` are the relative widths of the columns. A ``landscape`` table is wider than an
    upright page.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[float, ...]
    landscape: bool = False


class Picture(Struct, frozen=True):
    """The graph of a section's related claims."""

    graph: Graph
    name: str
    title: str


class Note(Struct, frozen=True):
    """A source: what its footnote says, and the complete entry in the list of sources."""

    number: int
    footnote: Runs
    entry: Runs


class Sources(Struct, frozen=True):
    """The list of sources, by the numbers of their footnotes."""

    notes: tuple[Note, ...]


Block = Contents | Heading | Paragraph | ListItem | DocumentTable | Picture | Sources


class BriefingDocument(Struct, frozen=True):
    """A document; ``notes`` are the footnotes, numbered from 1 in the order of their first marks.

    ``as_of`` says which state of the dossier the document shows.
    """

    title: str
    as_of: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]


class WrittenDocument(Struct, frozen=True):
    """The bytes of a file, and notes on what differs from the data."""

    content: bytes
    notes: tuple[str, ...] = ()


class DocumentOptions(Struct, frozen=True):
    """How a document is laid out.

    ``paper`` is ``a4`` or ``letter``, "" for A4 or the page of ``styles``; ``font`` is a font
    family, "" for the writer's own. ``font_paths`` are folders with fonts, ``language`` is a
    language tag. ``styles`` is a Word document whose styles and page are used. ``force`` keeps a
    document with characters that no font has.
    ``revision`` is the git revision of the data, if any.
    """

    paper: str = ""
    font: str = ""
    font_paths: Sequence[Path] = ()
    language: str = "en"
    styles: Path | None = None
    force: bool = False
    revision: Revision | None = None
