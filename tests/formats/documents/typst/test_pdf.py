"""Briefings as PDF: the words of the markdown, tagged, with footnotes, an outline and pictures."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import typst

from claimcli.analysis.briefing import Briefing, briefing, with_notation
from claimcli.core.notation import Notation
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier
from claimcli.dossier.data_folders import sample
from claimcli.dossier.open import open_dossier
from claimcli.formats.documents.blocks import (
    BriefingDocument,
    DocumentOptions,
    DocumentTable,
    Heading,
    TextRun,
    WrittenDocument,
)
from claimcli.formats.documents.content import document
from claimcli.formats.documents.typst.pdf import pdf
from claimcli.formats.documents.typst.source import source
from tests.support.briefings import SHIPPED, markdown
from tests.support.cli import claimcli
from tests.support.plain_documents import words_of_markdown

Read = Callable[[str], Dossier]
NAMES = ("call", "waterworks")
LETTERS = re.compile(r"[^\W\d_]+")
HOSTILE = """
parties: [{id: p, name: '#panic("x") *Mill*'}, {id: q, name: חוף}]
issues: [{id: i, question: '#import "@preview/x:1.0.0": y'}]
sources: [{id: s, title: '\\u{41} ]] $x$ <note-1>', published: 2023}]
claims:
- {id: a, party: p, issue: i, statement: '#read("/etc/passwd") ${1+1}$ `raw` // no comment', source: s,
   rebuttals: [{id: b, party: q, statement: 'שלום עולם (12) \\ "', source: s}]}
"""


def of_sample(name: str) -> Briefing:
    """Return the briefing of a sample with dates in words."""
    words = Notation(long_dates=True)
    return with_notation(briefing(open_dossier([sample(name)])), words)


def written(whole: Briefing, template: str = "briefing", **options: object) -> WrittenDocument:
    return pdf(document(whole, template), DocumentOptions(**options))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a PDF of each template for each sample."""
    folder = tmp_path_factory.mktemp("pdf")
    for name in NAMES:
        whole = of_sample(name)
        for template in SHIPPED:
            place = folder / f"{name}-{template}.pdf"
            place.write_bytes(written(whole, template).content)
    return folder


def run(*command: str | Path) -> str:
    """Return the output of a program; the test is skipped if it is not installed."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return done.stdout


@pytest.mark.parametrize("template", SHIPPED)
@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_the_markdown_are_in_their_order(
    name: str, template: str, folder: Path
) -> None:
    """Up to the sources, and among them footnotes, the contents and page headers."""
    expected = words_of_markdown(markdown(of_sample(name), template))
    end = len(expected) - expected[::-1].index("Sources")
    shown = iter(LETTERS.findall(run("pdftotext", "-raw", folder / f"{name}-{template}.pdf", "-")))

    missing = [w for w in LETTERS.findall(" ".join(expected[:end])) if w not in shown]

    assert missing == []


@pytest.mark.parametrize("template", SHIPPED)
@pytest.mark.parametrize("name", NAMES)
def test_each_source_is_a_footnote(name: str, template: str, folder: Path) -> None:
    """They are tagged as notes, in the order of their numbers."""
    tree = run("pdfinfo", "-struct-text", folder / f"{name}-{template}.pdf")
    notes = document(of_sample(name), template).notes
    texts = re.findall(r"\n( *)Note [^\n]*\n((?:\1 [^\n]*\n)*)", tree)
    shown = ["".join(re.findall(r'"([^\n]*)"', text)) for _, text in texts]

    for note, text in zip(notes, shown, strict=True):
        assert f"{note.number}{note.footnote[0].text.partition(' ')[0]}" in text.replace(" ", "")


def test_the_outline_has_the_issues(folder: Path) -> None:
    """Between the positions and what concerns all issues."""
    file = pypdfium2.PdfDocument(folder / "call-briefing.pdf")
    headings = [b.text for b in document(of_sample("call")).blocks if isinstance(b, Heading)]

    assert [entry.get_title() for entry in file.get_toc()] == headings


@pytest.mark.parametrize("name", NAMES)
def test_it_is_tagged_and_has_a_title_and_a_language(name: str, folder: Path) -> None:
    """A checker finds nothing wrong in the file, and its fonts are in it."""
    place = folder / f"{name}-briefing.pdf"
    about = run("pdfinfo", place)

    assert re.search(r"Title: +Briefing: who said what\n(.*\n)*Tagged: +yes\n", about)
    assert b"/Lang(en)" in place.read_bytes()
    assert {line.split()[-5] for line in run("pdffonts", place).splitlines()[2:]} == {"yes"}
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", place)


def test_a_checker_of_accessibility_finds_no_error(folder: Path) -> None:
    """The program is on PyPI, and too large for the dependencies of the tests."""
    shown = run("outloud", "--quiet", "--layer", "conformance", *sorted(folder.iterdir()))

    assert shown.count("PASS") == len(NAMES) * len(SHIPPED)


def test_a_picture_has_a_description(folder: Path) -> None:
    """It names every claim and answer."""
    content = pypdfium2.PdfDocument(folder / "waterworks-briefing.pdf")
    text = source(document(of_sample("waterworks")), DocumentOptions())

    assert "Claims on the issue: Was the water of April safe?. Residents of Mill Street: " in text
    assert len(content) == 4
    assert (folder / "waterworks-briefing.pdf").read_bytes().count(b"/S/Figure") == 2


def test_the_bytes_are_the_same_each_time() -> None:
    """A file has no time stamps."""
    whole = of_sample("waterworks")

    assert written(whole).content == written(whole).content


def test_the_source_makes_the_same_file_alone(tmp_path: Path) -> None:
    """It has the data, and imports and reads nothing."""
    whole = document(of_sample("waterworks"))
    text = source(whole, DocumentOptions())
    (tmp_path / "briefing.typ").write_text(text, encoding="utf-8")
    made = typst.compile(tmp_path / "briefing.typ", pdf_standards=["ua-1"])

    template = text.partition("\n")[2]
    assert not re.search(r"#?(import|include|read|plugin)\b|@preview", template)
    assert isinstance(made, bytes)
    assert made[:5] == b"%PDF-"


def test_text_is_never_markup(dossier_of: Read, tmp_path: Path) -> None:
    """Typst shows what would be code, and right-to-left text keeps its order and place."""
    (tmp_path / "a.pdf").write_bytes(written(briefing(dossier_of(HOSTILE))).content)
    shown = " ".join(run("pdftotext", "-raw", tmp_path / "a.pdf", "-").split())

    for words in (
        '#panic("x") *Mill*: #read("/etc/passwd") ${1+1}$ `raw` // no comment',
        '#import "@preview/x:1.0.0": y',
        r"\u{41} ]] $x$ <note-1>",
    ):
        assert words in shown


def test_what_markdown_refuses_is_refused(tmp_path: Path) -> None:
    """Nothing is written over a file that exists."""
    place = tmp_path / "b.pdf"
    place.write_bytes(b"before")
    refused = claimcli("--sample", "waterworks", "export", "-o", str(place))

    assert refused.returncode == 3
    assert refused.stderr.startswith("error: 2 quotes are altered or missing, the first at ")
    assert place.read_bytes() == b"before"


MISSING = "claims: [{id: smile, party: p, statement: Fine 🙂 漢., said: 2023}]"


def test_a_character_that_no_font_has_is_refused(dossier_of: Read) -> None:
    """The message names it, the claim, and what to do."""
    with pytest.raises(ClaimcliError) as caught:
        written(briefing(dossier_of(MISSING)))

    assert str(caught.value) == (
        "no font has '🙂' (U+1F642), in claim 'smile', and 1 other character; name an installed font "
        "that has it with --font, or a folder of fonts with --font-path; --force writes the "
        "character's number"
    )


def test_a_forced_document_has_the_numbers_of_missing_characters(
    dossier_of: Read, tmp_path: Path
) -> None:
    """A note lists each."""
    made = written(briefing(dossier_of(MISSING)), force=True)
    (tmp_path / "a.pdf").write_bytes(made.content)

    assert made.notes == (
        "no font has '🙂' (U+1F642), in claim 'smile'; its number is written instead",
        "no font has '漢' (U+6F22), in claim 'smile'; its number is written instead",
    )
    assert "Fine ⟨U+1F642⟩ ⟨U+6F22⟩." in run("pdftotext", "-raw", tmp_path / "a.pdf", "-")


def test_pictures_can_have_letters_that_typst_cannot_name(dossier_of: Read) -> None:
    """They become pixels, since pictures with such text would not be accessible."""
    text = "claims: [{id: a, party: p, statement: हिन्दी में बयान, responses: [], rebuttals: [{party: q, statement: No}]}]"

    assert written(briefing(dossier_of(text))).content[:5] == b"%PDF-"


def test_paper_and_language(dossier_of: Read) -> None:
    """A language tag can have a script and a region."""
    whole = briefing(dossier_of("claims: [{id: a, party: p, statement: Yes}]"))
    made = written(whole, paper="letter", language="zh-Hant-TW").content

    assert b"/Lang(zh-TW)" in made
    assert b"/MediaBox[0 0 612 792]" in made


LONG = "https://example.org/" + "A" * 160 + "/end"
CLAIM = "{id: a, party: p, statement: Yes, source: {title: T, published: 2020, url: '%s'}}"


def test_a_long_address_is_broken_within_the_page(dossier_of: Read, tmp_path: Path) -> None:
    """A copy of it has no other characters."""
    made = written(briefing(dossier_of(f"claims: [{CLAIM % LONG}]"))).content
    (tmp_path / "a.pdf").write_bytes(made)
    boxes = run("pdftotext", "-bbox", tmp_path / "a.pdf", "-")
    text = run("pdftotext", "-raw", tmp_path / "a.pdf", "-")

    assert LONG.encode() in made
    assert all(float(right) < 595 - 60 for right in re.findall(r'xMax="([\d.]+)"', boxes))
    assert f"{LONG}." in text.replace("\n", "")


def table_of(rows: int, text: str = "Yes") -> BriefingDocument:
    """Return a document with a table only."""
    row = tuple(((TextRun(one),),) for one in ("row", text))
    table = DocumentTable(("left", "right"), (row,) * rows, (1.0, 1.0))
    return BriefingDocument("Title", "", (table,), ())


@pytest.mark.parametrize(("rows", "tables"), [(40, 1), (60, 3)])
def test_a_long_table_is_made_of_several_with_the_same_header(
    rows: int, tables: int, tmp_path: Path
) -> None:
    """Its rows are all there."""
    (tmp_path / "a.pdf").write_bytes(pdf(table_of(rows), DocumentOptions()).content)
    tree = run("pdfinfo", "-struct-text", tmp_path / "a.pdf")

    assert tree.count("  Table") == tables
    assert tree.count('"left"') == tables
    assert tree.count('"row"') == rows


@pytest.mark.parametrize(("words", "pages"), [(60, 1), (3000, 2)])
def test_only_a_row_that_could_be_higher_than_a_page_is_broken(
    words: int, pages: int, tmp_path: Path
) -> None:
    """No word of it is lost below the page."""
    document = table_of(5, "yes " * words)
    (tmp_path / "a.pdf").write_bytes(pdf(document, DocumentOptions()).content)
    shown = run("pdftotext", "-raw", tmp_path / "a.pdf", "-").split("\f")[:-1]
    boxes = run("pdftotext", "-bbox", tmp_path / "a.pdf", "-")

    assert len(re.findall(r"\byes\b", " ".join(shown))) == 5 * words
    assert all(float(low) < 842 - 20 for low in re.findall(r'yMax="([\d.]+)"', boxes))
    assert (len(shown) > 5) == (pages > 1)


def test_a_font_without_the_joiner_of_marks_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The template leaves it out; it is not a character of the data."""
    attempts: list[str] = []

    def compile_(library: object, text: str, *_: object, **how: object) -> bytes:
        attempts.append(text)
        if len(attempts) == 1:
            error = typst.TypstError("x")
            error.diagnostic = 'the text `"\\u{2060}"` could not be displayed'
            raise error
        return b"%PDF-"

    monkeypatch.setattr("claimcli.formats.documents.typst.pdf._compile", compile_)
    made = pdf(table_of(1), DocumentOptions())

    assert (made.content, made.notes) == (b"%PDF-", ())
    assert [r"\"joined\":false" in text for text in attempts] == [False, True]
