"""Styles and page of a user's Word document, which may be hostile."""

import re
from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from claimcli.core.problems import ClaimcliError
from claimcli.formats.documents.blocks import (
    BriefingDocument,
    DocumentOptions,
    Heading,
    ListItem,
    Note,
    Paragraph,
    TextRun,
)
from claimcli.formats.documents.word import house_style
from claimcli.formats.documents.word.writer import word
from tests.support.word_documents import W, paragraphs, part

PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MAIN, HEADER, SETTINGS = "word/document.xml", "word/header1.xml", "word/settings.xml"
Edit = Callable[[str], str]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A Word document with its own heading, page, header with a picture, text and author."""
    made = docx.Document()
    made.styles["Heading 1"].font.name = "House Grotesk"
    made.styles["Heading 1"].font.size = Pt(33)
    section = made.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(200), Mm(250)
    section.left_margin = section.right_margin = Mm(30)
    section.header.paragraphs[0].add_run("House of claims ").add_picture(BytesIO(PIXEL))
    made.add_paragraph("Secret text of the template")
    made.core_properties.author = "Secret author"
    made.save(str(tmp_path / "house.docx"))
    return tmp_path / "house.docx"


def changed(house: Path, edits: dict[str, Edit], added: dict[str, bytes] | None = None) -> Path:
    """Return the document with some parts edited and others added."""
    files = {name: ZipFile(house).read(name) for name in ZipFile(house).namelist()}
    files |= {name: edit(files[name].decode()).encode() for name, edit in edits.items()}
    with ZipFile(house, "w", ZIP_DEFLATED) as archive:
        for name, data in (files | (added or {})).items():
            archive.writestr(name, data)
    return house


def in_header(xml: str) -> dict[str, Edit]:
    """Return the edit that adds XML to the header."""
    return {HEADER: lambda text: text.replace("</w:hdr>", f"<w:p>{xml}</w:p></w:hdr>")}


def styled(house: Path, **options: object) -> bytes:
    """Return a document with the styles of another one."""
    made = BriefingDocument(
        "Title",
        "",
        (Heading("Issue"), ListItem((TextRun("said"), TextRun(note=1, first=True)))),
        (Note(1, (TextRun("source"),), ()),),
    )
    return word(made, DocumentOptions(styles=house, **options)).content  # type: ignore[arg-type]


def refusal(house: Path) -> str:
    """Return the message by which styles are refused, without the path."""
    with pytest.raises(ClaimcliError) as caught:
        styled(house)
    return str(caught.value.message).replace(str(house), "house.docx")


def test_styles_page_and_header_are_those_of_the_house(house: Path) -> None:
    """What its styles lack is added; it has no style for footnotes and ids."""
    data = styled(house)
    styles = part(data, "styles")
    by_id = {one.get(f"{W}styleId"): one for one in styles.iter(f"{W}style")}
    heading = next(one for one in part(data).iter(f"{W}p") if "Issue" in "".join(one.itertext()))
    used = {one.get(f"{W}val") for one in part(data).iter(f"{W}pStyle")}
    size, fonts = part(data).find(f".//{W}pgSz"), by_id["Heading1"].find(f"{W}rPr/{W}rFonts")

    assert size is not None
    assert fonts is not None
    assert heading.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Heading1"  # type: ignore[union-attr]
    assert fonts.get(f"{W}ascii") == "House Grotesk"
    assert {"FootnoteText", "FootnoteReference", "HTMLCode", "TableText"} | used <= set(by_id)
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11339", "14173")
    assert paragraphs(data, "header1") == ["House of claims "]
    assert ZipFile(BytesIO(data)).read("word/media/image1.png") == PIXEL
    assert docx.Document(BytesIO(data)).sections[0].left_margin.mm == pytest.approx(30, abs=0.1)


def test_paper_and_font_of_options_replace_those_of_the_house(house: Path) -> None:
    """An option that is given counts more than the house style."""
    data = styled(house, paper="letter", font="Arial")
    size = part(data).find(f".//{W}pgSz")

    assert size is not None
    assert size.get(f"{W}w") == "12240"
    assert {one.get(f"{W}ascii") for one in part(data, "styles").iter(f"{W}rFonts")} == {
        "Arial",
        "Consolas",
    }


def test_lists_of_the_house_stay_and_get_ours(house: Path) -> None:
    """Definitions come before the lists that use them, as the schema demands."""
    root = part(styled(house), "numbering")
    tags = [one.tag.removeprefix(W) for one in root]
    numbers = [one.get(f"{W}numId") for one in root.iter(f"{W}num")]
    item = next(one for one in part(styled(house)).iter(f"{W}numId"))

    assert tags == sorted(tags)
    assert len(numbers) == len(set(numbers))
    assert item.get(f"{W}val") == numbers[-2]


def test_nothing_else_is_taken(house: Path) -> None:
    """Neither text, author, macros, settings such as an attached template, nor embedded objects."""
    attached = '<w:attachedTemplate r:id="rId9"/>'
    edits: dict[str, Edit] = {SETTINGS: lambda text: text.replace("<w:zoom", f"{attached}<w:zoom")}
    changed(
        house,
        edits,
        {"word/vbaProject.bin": b"evil macro", "word/embeddings/o.bin": b"evil object"},
    )
    archive = ZipFile(BytesIO(styled(house)))
    everything = b"".join(archive.read(name) for name in archive.namelist())

    assert not re.search(rb"Secret|evil|attachedTemplate|customXml|python-docx", everything)
    assert not [
        name for name in archive.namelist() if re.search(r"vba|embed|custom|app\.xml", name)
    ]


def test_fields_that_show_the_page_are_kept(house: Path) -> None:
    """The number of the page in a header is no danger."""
    changed(house, in_header('<w:fldSimple w:instr=" PAGE "/>'))

    assert b"PAGE" in ZipFile(BytesIO(styled(house))).read("word/header1.xml")


BEGIN, END = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
)


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ('<w:fldSimple w:instr="DDEAUTO c:\\\\x"/>', "the field 'DDEAUTO c:\\\\x'"),
        (
            f"{BEGIN}<w:r><w:instrText>INCLUDE</w:instrText></w:r>"
            f"<w:r><w:instrText>PICTURE x</w:instrText></w:r>{END}",
            "the field 'INCLUDEPICTURE x'",
        ),
        (
            f"{BEGIN}{BEGIN}<w:r><w:instrText>PAGE</w:instrText></w:r>{END}"
            f"<w:r><w:instrText>DDE x</w:instrText></w:r>",
            "the field 'DDE x'",
        ),
        (
            '<w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" src="http://x.example/a"/></w:pict>',
            "a reference to 'http://x.example/a'",
        ),
    ],
)
def test_a_header_that_reads_something_else_is_refused(house: Path, xml: str, reason: str) -> None:
    """Word would fetch it, or run a program, when the document is opened."""
    assert refusal(changed(house, in_header(xml))) == f"the header of 'house.docx' has {reason}"


@pytest.mark.parametrize("kind", ["oleObject", "image", "frame"])
def test_a_header_with_an_outside_relationship_is_refused(house: Path, kind: str) -> None:
    """Also a picture that is not in the document."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="x" Type="{space}/{kind}" TargetMode="External" Target="http://x.example/a"/>'
    file = "word/_rels/header1.xml.rels"
    changed(house, {file: lambda text: text.replace("</Rel", f"{relation}</Rel")})

    expected = f"the header of 'house.docx' has a relationship of the type '{kind}'"
    assert refusal(house) == expected


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (f"{ENTITY}<w:styles/>".encode(), "'word/styles.xml' is not plain XML in UTF-8"),
        ("<w:styles/>".encode("utf-16"), "'word/styles.xml' is not plain XML in UTF-8"),
        (
            b'<?xml version="1.0" encoding="UTF-7"?><a/>',
            "'word/styles.xml' is not plain XML in UTF-8",
        ),
        (b"<w:styles>", "'word/styles.xml' is not XML"),
        (b"<a>" * 5000, "'word/styles.xml' is not XML"),
        (bytes(9 * 2**20), "'word/styles.xml' has more than 8 MiB unpacked"),
    ],
)
def test_hostile_parts_are_refused(house: Path, data: bytes, reason: str) -> None:
    """Entities, other encodings, damage, deep nesting, and archives that grow when unpacked."""
    changed(house, {}, {"word/styles.xml": data})

    assert refusal(house) == f"the styles of 'house.docx' cannot be used: {reason}"


def test_a_damaged_or_large_document_is_refused(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a traceback, whatever bytes it has."""
    damaged = "the styles of 'house.docx' cannot be used: it is damaged or not a Word document"
    whole = house.read_bytes()
    for end in (0, 10, len(whole) // 2):
        house.write_bytes(whole[:end])
        assert refusal(house) == damaged
    monkeypatch.setattr(house_style, "MOST_PARTS", 3)
    house.write_bytes(whole)
    assert refusal(house) == "the styles of 'house.docx' cannot be used: it has more than 3 parts"
    monkeypatch.setattr(house_style, "LARGEST_FILE", 2**20)
    house.write_bytes(bytes(2**20 + 1))
    assert refusal(house) == "the styles of 'house.docx' cannot be used: it is larger than 1 MiB"


def test_names_in_styles_are_never_markup(house: Path) -> None:
    """Neither the id of a style nor the page of a header adds elements."""
    evil = "&quot;/&gt;&lt;w:altChunk/&gt;"
    edits: dict[str, Edit] = {
        "word/styles.xml": lambda text: text.replace('w:styleId="Heading1"', f'w:styleId="{evil}"'),
        MAIN: lambda text: text.replace(
            "<w:sectPr",
            f'<w:sectPr><w:headerReference w:type="{evil}" r:id="rId1"/></w:sectPr><w:sectPr',
        ),
    }
    root = part(styled(changed(house, edits)))

    assert not [*root.iter(f"{W}altChunk")]
    assert '"/><w:altChunk/>' in {one.get(f"{W}val") for one in root.iter(f"{W}pStyle")}
    assert len([*root.iter(f"{W}headerReference")]) == 1


def test_a_folder_or_device_is_refused(tmp_path: Path) -> None:
    """Reading a device, or a pipe, could never end."""
    (tmp_path / "house.docx").symlink_to("/dev/zero")

    expected = "the styles of 'house.docx' cannot be used: it is not a file"
    assert refusal(tmp_path / "house.docx") == expected


def test_another_kind_of_archive_is_refused(tmp_path: Path) -> None:
    """A spreadsheet has no styles of text."""
    with ZipFile(tmp_path / "house.docx", "w") as archive:
        archive.writestr("word/document.xml", "<workbook/>")

    expected = (
        "the styles of 'house.docx' cannot be used: it is not a document of Word 2007 or later"
    )
    assert refusal(tmp_path / "house.docx") == expected


def test_a_document_without_text_in_styles_of_a_house(house: Path) -> None:
    """A house style without lists or settings is enough."""
    names = ("word/settings.xml", "word/numbering.xml", "word/theme/theme1.xml")
    file = "word/_rels/document.xml.rels"
    pattern = "|".join(name.removeprefix("word/") for name in names)
    changed(house, {file: lambda text: re.sub(rf"<Relationship [^>]*({pattern})[^>]*/>", "", text)})

    made = word(BriefingDocument("T", "", (Paragraph(()),), ()), DocumentOptions(styles=house))
    assert paragraphs(made.content) == ["T", ""]
