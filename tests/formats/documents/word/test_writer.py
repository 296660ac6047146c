"""Briefings as Word documents."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from claimcli.analysis.briefing import briefing
from claimcli.core.records import Dossier
from claimcli.dossier.data_folders import sample
from claimcli.dossier.open import open_dossier
from claimcli.formats.documents.blocks import (
    BriefingDocument,
    Contents,
    DocumentOptions,
    DocumentTable,
    Heading,
    ItemKind,
    ListItem,
    Note,
    Paragraph,
    TextRun,
)
from claimcli.formats.documents.content import document
from claimcli.formats.documents.word.writer import word
from tests.support.word_documents import W, paragraphs, part, text_of

DossierOf = Callable[[str], Dossier]


def written(*blocks: Any, notes: tuple[Note, ...] = (), **options: Any) -> bytes:
    """Return a Word document of some blocks."""
    made = BriefingDocument("Title", "", blocks, notes)
    return word(made, DocumentOptions(**options)).content


def said(text: str) -> Paragraph:
    """Return a paragraph of one run."""
    return Paragraph((TextRun(text),))


def row(*texts: str) -> tuple[Any, ...]:
    """Return a row of a table."""
    return tuple(((TextRun(text),),) for text in texts)


def test_bytes_are_reproducible_and_the_parts_few() -> None:
    """There are no times, authors, comments, pictures or macros."""
    made = document(briefing(open_dossier([sample("waterworks")])))
    first, second = (word(made, DocumentOptions()).content for _ in range(2))
    archive = ZipFile(BytesIO(first))

    assert first == second
    assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert sorted(archive.namelist()) == [
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels",
        "word/_rels/footnotes.xml.rels", "word/document.xml", "word/footer2.xml",
        "word/footer3.xml", "word/footnotes.xml", "word/header1.xml", "word/numbering.xml",
        "word/settings.xml", "word/styles.xml",
    ]  # fmt: skip
    core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"<(\w+:\w+)>([^<]+)", core) == [
        ("dc:title", "Briefing: who said what"),
        ("dc:language", "en"),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("</w:t></w:r><w:instrText>DDEAUTO c:\\\\x</w:instrText>", None),
        ("]]> <!-- --> <?x y?> &amp; &#0; \"'`", None),
        ("=cmd|'/C calc'!A1 {INCLUDETEXT x} \\o \\*", None),
        ("👩‍👩‍👧‍👦 é नमस्ते 汉字", None),
        ("a\x00b\x08c\ufffed\ud800e\u202ef", "a⟨U+0000⟩b⟨U+0008⟩c⟨U+FFFE⟩d⟨U+D800⟩e⟨U+202E⟩f"),
    ],
)
def test_text_is_never_markup(text: str, shown: str | None) -> None:
    """Characters that XML or a display cannot have are spelled out."""
    data = written(
        said(text),
        Heading(text),
        ListItem((TextRun(text, link='https://example.org/?a=<&"'),)),
        DocumentTable((text, "b"), (row(text, "c"),), (1.0, 1.0)),
        notes=(Note(1, (TextRun(text),), ()),),
        font=text,
        language=text,
    )

    assert paragraphs(data).count(shown or text) == 5
    assert f" {shown or text}" in paragraphs(data, "footnotes")
    assert not [*part(data).iter(f"{W}instrText")]


def test_right_to_left_paragraphs() -> None:
    """A paragraph has the direction of its first letter, and each run has its own."""
    pipe = "הצינור תקין (2023)."
    data = written(
        said("قال الوزير إن الماء نظيف"),
        Paragraph((TextRun("East"), TextRun(": "), TextRun(pipe), TextRun(" (a-1)"))),
        said("no letters of that kind"),
    )
    right, mixed, left = list(part(data).iter(f"{W}p"))[1:4]
    runs = [
        ((run.findtext(f"{W}t") or ""), run.find(f"{W}rPr/{W}rtl") is not None)
        for run in mixed.iter(f"{W}r")
    ]

    assert right.find(f"{W}pPr/{W}bidi") is not None
    assert right.find(f"{W}r/{W}rPr/{W}rtl") is not None
    assert mixed.find(f"{W}pPr/{W}bidi") is None
    assert runs == [
        ("East\u200e", False),
        (": ", False),
        (f"\u200f{pipe}\u200f\u200e", True),
        (" (a-1)\u200e", False),
    ]
    assert not re.search(b"bidi|rtl", ElementTree.tostring(left))


def test_only_a_wide_table_is_in_a_landscape_section() -> None:
    """Its heading is on the same page, and only the first section names headers."""
    table = DocumentTable(("a", "b"), (row("c", "d"),), (1.0, 1.0), landscape=True)
    data = written(said("before"), Heading("Positions"), table, Heading("after"))
    sections = [*part(data).iter(f"{W}sectPr")]
    sizes = [dict(one.find(f"{W}pgSz").attrib) for one in sections]  # type: ignore[union-attr]
    texts = [
        "---" if one.tag == f"{W}sectPr" or one.find(f".//{W}sectPr") is not None else text_of(one)
        for one in part(data)[0]
    ]

    upright = {f"{W}w": "11906", f"{W}h": "16838"}
    across = {f"{W}w": "16838", f"{W}h": "11906", f"{W}orient": "landscape"}
    assert sizes == [upright, across, upright]
    assert [len(one.findall(f"{W}headerReference")) for one in sections] == [1, 0, 0]
    assert texts == ["Title", "before", "---", "Positions", "abcd", "---", "after", "---"]


def test_a_line_that_introduces_items_is_on_their_page() -> None:
    """ "No response on file:" is not left alone at the foot of a page, nor a claim with quotes."""
    data = written(
        Heading("Who asked?"),
        Paragraph((TextRun("Issue: asked"),)),
        Paragraph((TextRun("Other text"),)),
        ListItem((TextRun("No response on file:"),)),
        ListItem((TextRun("a"),), 1, ItemKind.CLAIM),
        ListItem((TextRun("b"),), 1, ItemKind.CLAIM),
        ListItem((TextRun("quote"),), 2, ItemKind.QUOTE),
    )
    kept = [
        text_of(one)
        for one in part(data).iter(f"{W}p")
        if one.find(f"{W}pPr/{W}keepNext") is not None
    ]

    assert kept == ["Issue: asked", "No response on file:", "b"]


def test_letter_paper() -> None:
    """The size of the page is that of the option."""
    found = part(written(said("a"), paper="letter")).find(f".//{W}pgSz")

    assert found is not None
    assert found.attrib == {f"{W}w": "12240", f"{W}h": "15840"}


def test_font_and_language() -> None:
    """The font is that of all styles except ids; the language that of all text."""
    styles = part(written(said("a"), font="Arial", language="he"), "styles")

    assert [one.get(f"{W}ascii") for one in styles.iter(f"{W}rFonts")] == ["Arial", "Consolas"]
    assert [one.attrib for one in styles.iter(f"{W}lang")] == [{f"{W}val": "he", f"{W}bidi": "he"}]


def test_contents_are_a_field_with_links_to_the_headings() -> None:
    """A word processor adds the page numbers when it updates the field."""
    root = part(written(Contents(), Heading("One"), Heading("Two")))
    contents = root.find(f".//{W}sdtContent")

    assert contents is not None
    assert [one.text for one in contents.iter(f"{W}instrText")] == ['TOC \\o "1-1" \\h \\z \\u']
    assert [text_of(one) for one in contents] == ["Contents", "One", "Two", ""]
    linked = [one.get(f"{W}anchor") for one in contents.iter(f"{W}hyperlink")]
    bookmarks = [one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")]
    assert linked == bookmarks == ["_Toc00000001", "_Toc00000002"]


RAIN = """
parties: [{id: east, name: East}, {id: west, name: West}]
claims:
  - {id: a, party: east, statement: It rains., rebuttals: [{id: b, party: west, statement: Dry.}]}
"""


def test_relations_of_an_issue_are_a_table_of_who_answers_whom(dossier_of: DossierOf) -> None:
    """Instead of a picture, with links to the claims."""
    data = word(document(briefing(dossier_of(RAIN))), DocumentOptions()).content
    root = part(data)
    rows = [[text_of(cell) for cell in one.iter(f"{W}tc")] for one in root.iter(f"{W}tr")]
    linked = [one.get(f"{W}anchor") for one in root.iter(f"{W}hyperlink")]
    items = {
        one.get(f"{W}name"): text_of(paragraph)
        for paragraph in root.iter(f"{W}p")
        for one in paragraph.iter(f"{W}bookmarkStart")
    }

    assert rows == [["who", "how", "whom"], ["West (b)", "denies", "East (a)"]]
    assert [items[name] for name in linked[:2]] == [
        "West denies: Dry. (b; no source on file)",
        "East: It rains. (a; no source on file)",
    ]


def test_later_marks_of_a_note_are_fields_with_its_number() -> None:
    """Each footnote is in the text once; adjacent marks have a comma between them."""
    data = written(
        Paragraph((TextRun("a"), TextRun(note=1, first=True), TextRun(note=2, first=True))),
        Paragraph((TextRun("b"), TextRun(note=1))),
        notes=tuple(Note(n, (TextRun(f"source {n}"),), ()) for n in (1, 2)),
    )
    marks = [one.get(f"{W}id") for one in part(data).iter(f"{W}footnoteReference")]
    numbered = [one.get(f"{W}id") for one in part(data, "footnotes").iter(f"{W}footnote")]

    assert marks == ["1", "2"]
    assert [one.text for one in part(data).iter(f"{W}instrText")] == [" NOTEREF _Note1 \\h "]
    assert paragraphs(data)[1:3] == ["a, ", "b1"]
    assert numbered == ["-1", "0", "1", "2"]
    assert paragraphs(data, "footnotes") == ["", "", " source 1", " source 2"]
