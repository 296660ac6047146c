"""The body of a Word document: the blocks of a briefing as paragraphs, tables and sections."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from claimcli.formats.documents.blocks import (
    Block,
    BriefingDocument,
    Contents,
    DocumentTable,
    Heading,
    ListItem,
    Paragraph,
    Picture,
    Sources,
    TextRun,
)
from claimcli.formats.documents.word.markup import MarkupWriter, field_mark
from claimcli.formats.documents.word.page import WordPage
from claimcli.formats.documents.word.tables import relations, table

_GAP = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
"""The height of paragraphs that only separate tables or end a section."""


class WordLayout(Struct, frozen=True):
    """The page, XML that names headers and footers, and the ids of the kinds of list."""

    page: WordPage
    headers: str
    bullets: int
    numbers: int


def body(document: BriefingDocument, markup: MarkupWriter, setting: WordLayout) -> str:
    """Return the paragraphs, tables and sections of a document as XML."""
    return "".join(_BodyWriter(document, markup, setting).parts())


def bookmarks(document: BriefingDocument) -> dict[str, str]:
    """Return a bookmark for each anchor; Word allows 40 letters, digits and underscores."""
    anchors = [b.anchor for b in document.blocks if isinstance(b, ListItem) and b.anchor]
    headings = range(1, 1 + sum(isinstance(block, Heading) for block in document.blocks))
    claims = {anchor: f"claim_{number}" for number, anchor in enumerate(anchors, 1)}
    return claims | {name: name for name in map(_heading_bookmark, headings)}


class _BodyWriter:
    def __init__(
        self, document: BriefingDocument, markup: MarkupWriter, setting: WordLayout
    ) -> None:
        self.document, self.markup, self.setting = document, markup, setting
        self.headers = setting.headers
        self.landscape = self.below_heading = False
        self.heading_count = 0
        self.title = document.title

    def parts(self) -> Iterator[str]:
        yield self.markup.paragraph("Title", (TextRun(self.document.title),))
        if self.document.as_of:
            yield self.markup.paragraph("Subtitle", (TextRun(self.document.as_of),))
        following: Sequence[Block | None] = (*self.document.blocks[1:], None)
        for block, after in zip(self.document.blocks, following, strict=True):
            yield from self._turned(block, after)
            yield from self._block(block, after)
            self.below_heading = isinstance(block, Heading)
            if isinstance(block, DocumentTable | Picture) and not isinstance(after, Heading):
                yield self._gap()
        yield self._section()

    def _turned(self, block: Block, after: Block | None) -> Iterator[str]:
        """Yield the end of a section if the block is on paper of the other orientation.

        A heading is on the page of the table below it.
        """
        placed = after if isinstance(block, Heading) and after else block
        wide = isinstance(placed, DocumentTable) and placed.landscape
        if wide != self.landscape:
            yield self._gap(self._section())
            self.landscape = wide

    def _section(self) -> str:
        """Return the properties of this section; later ones have the headers of the first."""
        headers, self.headers = self.headers, ""
        return self.setting.page.section(landscape=self.landscape, headers=headers)

    def _gap(self, section: str = "") -> str:
        return f"<w:p><w:pPr>{_GAP}{section}</w:pPr></w:p>"

    def _block(self, block: Block, after: Block | None) -> Iterator[str]:
        match block:
            case Contents():
                yield from self._contents()
            case Heading():
                yield self._heading(block)
            case Paragraph():
                kept = "<w:keepNext/>" if self.below_heading else ""
                yield self.markup.paragraph("", block.runs, properties=kept)
            case ListItem():
                yield self._item(block, after)
            case DocumentTable():
                yield self._table(block)
            case Picture():
                yield self.markup.paragraph("caption", (TextRun("Who answers whom:"),))
                yield self._table(relations(block.graph))
            case Sources():
                listed = _in_list(self.setting.numbers, 0)
                written = self.markup.paragraph
                yield from (written("List Number", n.entry, properties=listed) for n in block.notes)

    def _heading(self, heading: Heading) -> str:
        self.heading_count += 1
        self.title = heading.text
        name = _heading_bookmark(self.heading_count)
        return self.markup.paragraph("heading 1", (TextRun(heading.text),), bookmark=name)

    def _item(self, item: ListItem, after: Block | None) -> str:
        """Return a list item; a line that introduces the items below it is on their page."""
        bookmark = self.markup.bookmarks.get(item.anchor, "")
        introduces = isinstance(after, ListItem) and after.depth > item.depth
        kept = "<w:keepNext/>" if introduces else ""
        listed = kept + _in_list(self.setting.bullets, item.depth)
        return self.markup.paragraph("List Bullet", item.runs, properties=listed, bookmark=bookmark)

    def _table(self, block: DocumentTable) -> str:
        width = self.setting.page.text_width(landscape=self.landscape)
        return table(self.markup, block, width=width, title=self.title)

    def _contents(self) -> Iterator[str]:
        """Yield the table of contents as a field; its entries have page numbers once updated."""
        headings = [block.text for block in self.document.blocks if isinstance(block, Heading)]
        yield _CONTENTS_BEGIN
        yield self.markup.paragraph("TOC Heading", (TextRun("Contents"),))
        begin = f'{field_mark("begin")}<w:r><w:instrText xml:space="preserve">{_CONTENTS}'
        begin += f"</w:instrText></w:r>{field_mark('separate')}"
        for number, text in enumerate(headings, 1):
            runs = (TextRun(text, link=f"#{_heading_bookmark(number)}"),)
            yield self.markup.paragraph("toc 1", runs, before=begin if number == 1 else "")
        yield f"<w:p><w:pPr>{_GAP}</w:pPr>{field_mark('end')}</w:p></w:sdtContent></w:sdt>"


_CONTENTS = 'TOC \\o "1-1" \\h \\z \\u'
_CONTENTS_BEGIN = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
    "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
)


def _heading_bookmark(number: int) -> str:
    return f"_Toc{number:08}"


def _in_list(numbering: int, depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{numbering}"/></w:numPr>'
