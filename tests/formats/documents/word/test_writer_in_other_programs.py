"""What pandoc and LibreOffice read in Word documents."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from claimcli.analysis.briefing import briefing
from claimcli.dossier.data_folders import sample
from claimcli.dossier.open import open_dossier
from claimcli.formats.documents.blocks import BriefingDocument, DocumentOptions
from claimcli.formats.documents.content import document
from claimcli.formats.documents.word.writer import word
from tests.support.briefings import SHIPPED, markdown
from tests.support.plain_documents import text_of, words_of_markdown

pandoc = pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")


@pandoc
@pytest.mark.parametrize("template", SHIPPED)
@pytest.mark.parametrize("name", ["call", "waterworks"])
def test_pandoc_reads_all_words_of_the_markdown_briefing_in_their_order(
    name: str, template: str, tmp_path: Path
) -> None:
    """Statements, ids, quotes, parties and "no response on file"; sources have their own order."""
    made = briefing(open_dossier([sample(name)]))
    expected = words_of_markdown(markdown(made, template))
    end = len(expected) - expected[::-1].index("Sources")
    (tmp_path / "a.docx").write_bytes(word(document(made, template), DocumentOptions()).content)
    shown = words_by_pandoc(tmp_path / "a.docx")
    rest = iter(shown)

    assert [one for one in expected[:end] if one not in rest] == []
    assert set(expected[end:]) <= set(shown)


class _Words(HTMLParser):
    """Collects the text of HTML without footnotes and captions."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        left_out = tag in ("sup", "caption") or ("class", "footnotes") in attrs
        if (self.skipped or left_out) and tag not in ("br", "hr", "img", "col"):
            self.skipped += 1

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= bool(self.skipped)

    def handle_data(self, data: str) -> None:
        self.texts += [] if self.skipped else [data]


def words_by_pandoc(file: Path) -> list[str]:
    command = ["pandoc", "-f", "docx", "-t", "html", "--standalone", str(file)]
    made = subprocess.run(command, capture_output=True, text=True, check=True)
    parser = _Words()
    parser.feed(made.stdout.partition("<body>")[2])
    return "".join(parser.texts).split()


@pandoc
def test_pandoc_reads_each_note_at_its_number(tmp_path: Path) -> None:
    """The footnotes are the cited sources, in the order of their first marks."""
    made = call_in(tmp_path)
    command = ["pandoc", "-f", "docx", "-t", "json", "a.docx"]
    read = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    notes = [re.sub(r"\s+", " ", plain(note)).strip() for note in notes_in(json.loads(read.stdout))]

    assert notes == [text_of(note.footnote) for note in made.notes]


def call_in(folder: Path) -> BriefingDocument:
    """Write the briefing of a sample to ``a.docx``, and return what it is made of."""
    made = document(briefing(open_dossier([sample("call")])))
    (folder / "a.docx").write_bytes(word(made, DocumentOptions()).content)
    return made


def notes_in(tree: Any) -> list[Any]:
    """Return the contents of pandoc's notes in their order."""
    if isinstance(tree, dict):
        return [tree["c"]] if tree.get("t") == "Note" else notes_in(list(tree.values()))
    return [note for one in tree for note in notes_in(one)] if isinstance(tree, list) else []


def plain(tree: Any) -> str:
    """Return the text in a part of pandoc's tree."""
    if isinstance(tree, dict):
        spaces = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}
        return str(tree["c"]) if tree["t"] == "Str" else spaces.get(tree["t"]) or plain(tree["c"])
    return "".join(map(plain, tree)) if isinstance(tree, list) else ""


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_each_note_at_its_number(tmp_path: Path) -> None:
    """With other ids of the separators, it shows each text at the mark of another note."""
    made = call_in(tmp_path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "fodt", "a.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=120)
    space = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    notes = ElementTree.parse(tmp_path / "a.fodt").getroot().iter(f"{space}note")
    read = [
        (note.findtext(f"{space}note-citation"), " ".join("".join(body.itertext()).split()))
        for note in notes
        if (body := note.find(f"{space}note-body")) is not None
    ]

    assert read == [(str(note.number), text_of(note.footnote)) for note in made.notes]
