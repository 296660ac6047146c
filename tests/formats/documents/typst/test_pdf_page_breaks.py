"""Where the pages of a PDF end."""

import pypdfium2

from claimcli.formats.documents.blocks import (
    BriefingDocument,
    DocumentOptions,
    Heading,
    ItemKind,
    ListItem,
    Paragraph,
    TextRun,
)
from claimcli.formats.documents.typst.pdf import pdf


def pages(lines: int) -> list[str]:
    """Return the texts of the pages, with an issue below some lines of text."""
    blocks = (
        *(Paragraph((TextRun("filler"),)) for _ in range(lines)),
        Heading("Who asked?", issue=True),
        Paragraph((TextRun("Issue: asked"),)),
        ListItem((TextRun("White House: Russia did"),), 0, ItemKind.CLAIM, "claim-a"),
        ListItem((TextRun("the call was requested"),), 1, ItemKind.QUOTE),
        ListItem((TextRun("second quote"),), 1, ItemKind.QUOTE),
    )
    made = pdf(BriefingDocument("Title", "", blocks, ()), DocumentOptions()).content
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]


def test_a_heading_is_on_the_page_of_the_first_claim_and_its_quote() -> None:
    """However far down the page it would be."""
    for lines in range(30, 46):
        shown = next(page for page in pages(lines) if "Who asked?" in page)
        assert "the call was requested" in shown, lines
