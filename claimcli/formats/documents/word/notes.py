"""The footnotes of a Word document, for which python-docx has no functions.

The separator line and its continuation have the ids -1 and 0 as in documents of Word: under other
ids, LibreOffice shows each note at the mark of another one.
"""

from collections.abc import Iterable

from claimcli.formats.documents.blocks import Note
from claimcli.formats.documents.word.markup import NAMESPACES, MarkupWriter, text_run

SEPARATORS = (-1, 0)
"""The ids of the separator and of the one above a note that continues from another page."""


def footnotes(markup: MarkupWriter, notes: Iterable[Note]) -> str:
    """Return the part of the footnotes; ``markup`` collects its links."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {NAMESPACES}>'
        + _separator(SEPARATORS[0], "separator")
        + _separator(SEPARATORS[1], "continuationSeparator")
        + "".join(_footnote(markup, note) for note in notes)
        + "</w:footnotes>"
    )


def _separator(number: int, kind: str) -> str:
    spacing = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    line = f"<w:p><w:pPr>{spacing}</w:pPr><w:r><w:{kind}/></w:r></w:p>"
    return f'<w:footnote w:type="{kind}" w:id="{number}">{line}</w:footnote>'


def _footnote(markup: MarkupWriter, note: Note) -> str:
    style = f'<w:rStyle w:val="{markup.styles["footnote reference"]}"/>'
    mark = f"<w:r><w:rPr>{style}</w:rPr><w:footnoteRef/></w:r>{text_run(' ')}"
    text = markup.paragraph("footnote text", note.footnote, before=mark)
    return f'<w:footnote w:id="{note.number}">{text}</w:footnote>'
