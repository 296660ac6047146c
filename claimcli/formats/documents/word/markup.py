"""Runs and paragraphs as WordprocessingML.

The order of properties is that of the schema (ECMA-376-1, 17.3.1.26 and 17.3.2.28).
"""

import re
from collections.abc import Iterator, Mapping
from html import escape

from claimcli.core.text.escaping import visible, xml_characters
from claimcli.formats.documents.blocks import Runs, TextRun, TextStyle
from claimcli.formats.drawing.text_metrics import right_to_left

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL_SPAN = re.compile(f"([{_RTL}](?:[^A-Za-z]*[{_RTL}])?)")
"""Right-to-left letters with what is between them."""
_LEFT_MARK, _RIGHT_MARK = "\u200e", "\u200f"
_CHARACTER_STYLES = {TextStyle.STRONG: "Strong", TextStyle.CODE: "HTML Code"}


class MarkupWriter:
    """Writes runs as XML, and remembers what later runs of the document refer to.

    ``styles`` has the id of each style by name, ``bookmarks`` the bookmarks by anchor. ``links``
    has the id of each web address that was written.
    """

    def __init__(self, styles: Mapping[str, str], bookmarks: Mapping[str, str] | None = None):
        self.styles = styles
        self.bookmarks = bookmarks or {}
        self.links: dict[str, str] = {}
        self._bookmark_count = 0

    def paragraph(
        self, style: str, runs: Runs, *, properties: str = "", before: str = "", bookmark: str = ""
    ) -> str:
        """Return a paragraph in the direction of its first letter.

        ``properties`` are those between the style and the direction, ``before`` is XML in front of
        the runs, and ``bookmark`` the name of a bookmark around them.
        """
        rtl = right_to_left("".join(run.text for run in runs))
        named = f'<w:pStyle w:val="{self.styles[style]}"/>' if style else ""
        direction = "<w:bidi/>" if rtl else ""
        text = before + "".join(self._runs(runs, rtl=rtl))
        if bookmark:
            text = self.bookmarked(bookmark, text)
        return f"<w:p><w:pPr>{named}{properties}{direction}</w:pPr>{text}</w:p>"

    def _runs(self, runs: Runs, *, rtl: bool) -> Iterator[str]:
        mixed = rtl or any(re.search(_RTL_SPAN, run.text) for run in runs)
        previous = TextRun()
        for run in runs:
            if run.note:
                yield from [self._mark_text(", ")] if previous.note else []
                yield self._note(run)
            else:
                yield self._linked(run, self._text(run, rtl=rtl, mixed=mixed))
            previous = run

    def _text(self, run: TextRun, *, rtl: bool, mixed: bool) -> str:
        """Return the text of a run; in a text of both directions each run keeps its own.

        The marks do what isolation does in HTML, which not every version of Word knows.
        """
        name = "Hyperlink" if run.link and not run.link.startswith("#") else ""
        name = name or _CHARACTER_STYLES.get(run.style, "")
        style = f'<w:rStyle w:val="{self.styles[name]}"/>' if name else ""
        look = style + ("<w:strike/>" if run.style is TextStyle.STRUCK else "")
        text = visible(run.text)
        if not mixed:
            return text_run(text, look)
        if not any(letter.isalpha() for letter in text):
            return text_run(text, look, rtl=rtl)
        own = right_to_left(text)
        around, inside = (_RIGHT_MARK if rtl else _LEFT_MARK), (_RIGHT_MARK if own else _LEFT_MARK)
        marked = f"{text}{around}" if own == rtl else f"{inside}{text}{inside}{around}"
        if own:
            return text_run(marked, look, rtl=True)
        pieces = enumerate(re.split(_RTL_SPAN, marked))
        return "".join(text_run(piece, look, rtl=place % 2 == 1) for place, piece in pieces)

    def _linked(self, run: TextRun, text: str) -> str:
        if run.link.startswith("#"):
            bookmark = self.bookmarks.get(run.link[1:])
            return f'<w:hyperlink w:anchor="{bookmark}">{text}</w:hyperlink>' if bookmark else text
        if run.link:
            name = self.links.setdefault(run.link, f"link{len(self.links) + 1}")
            return f'<w:hyperlink r:id="{name}">{text}</w:hyperlink>'
        return text

    def _note(self, run: TextRun) -> str:
        """Return the mark of a footnote; after the first one, a field that has its number."""
        number = run.note
        look = f'<w:rStyle w:val="{self.styles["footnote reference"]}"/>'
        name = f"_Note{number}"
        if not run.first:
            return field(f"NOTEREF {name} \\h", text_run(str(number), look), look)
        mark = f'<w:r><w:rPr>{look}</w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
        return self.bookmarked(name, mark)

    def bookmarked(self, name: str, content: str) -> str:
        """Return XML with a bookmark around it."""
        self._bookmark_count += 1
        number = f'w:id="{self._bookmark_count}"'
        return f'<w:bookmarkStart {number} w:name="{name}"/>{content}<w:bookmarkEnd {number}/>'

    def _mark_text(self, text: str) -> str:
        return text_run(text, f'<w:rStyle w:val="{self.styles["footnote reference"]}"/>')


def text_run(text: str, look: str = "", *, rtl: bool = False) -> str:
    """Return a run of visible text; ``look`` is XML of its properties up to the direction."""
    if not text:
        return ""
    look += "<w:rtl/>" if rtl else ""
    return f'<w:r>{_properties(look)}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def field(instruction: str, result: str, look: str = "") -> str:
    """Return a field, which Word computes again on request, with its present result.

    It consists of runs, as readers that do not know a field leave out an element for one.
    """
    return (
        f"{field_mark('begin', look)}<w:r>{_properties(look)}"
        f'<w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
        f"{field_mark('separate', look)}{result}{field_mark('end', look)}"
    )


def field_mark(kind: str, look: str = "") -> str:
    """Return the begin, the end of the instruction, or the end of a field."""
    return f'<w:r>{_properties(look)}<w:fldChar w:fldCharType="{kind}"/></w:r>'


def _properties(look: str) -> str:
    return f"<w:rPr>{look}</w:rPr>" if look else ""


def escaped(text: str) -> str:
    """Return visible text as XML, as content or in an attribute."""
    return escape(xml_characters(text))
