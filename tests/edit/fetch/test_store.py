"""The stored text of pages as servers send them: what a browser shows, or nothing."""

from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("httpcore", reason="an extra that is not installed")

from claimcli.dossier.open import open_dossier
from claimcli.edit.fetch.download import DownloadedPage
from claimcli.edit.fetch.select import FetchResult
from claimcli.edit.fetch.store import fetch
from claimcli.quotes.texts.blocks import REST, read_saved

URL = "https://example.org/a"
HTML = "text/html"
XHTML = "application/xhtml+xml"


def _fetch(folder: Path, data: bytes, type_: str = HTML, charset: str = "") -> FetchResult:
    """Store a page as the text of a source."""
    file = folder / "a.yaml"
    file.write_text(f"sources: [{{id: s, title: T, url: '{URL}'}}]\n")
    source = open_dossier([file]).sources["s"]
    return fetch(source, lambda url: DownloadedPage(data, type_, charset, url), date(2024, 5, 6))


def _page(text: str, head: str = "") -> str:
    more = "The rest of the page has several words, so that it is no notice of some kind or other."
    return (
        f"<html><head>{head}<title>T</title></head><body><p>{text}</p><p>{more}</p></body></html>"
    )


@pytest.mark.parametrize(
    ("text", "head", "codec", "charset", "note"),
    [
        ("Мост закрыт до весны, заявил мэр. Объезда не будет.", "", "cp1251", "", "windows-1251"),
        ("橋は春まで閉鎖する。", "<meta charset=euc-jp>", "euc_jp", "", ""),
        ("朱镕基说：“不”。", "<meta charset=gb2312>", "gbk", "", ""),
        ("“No – €5”, he said.", "", "cp1252", "iso-8859-1", ""),
        ("Le café « fermé »", "<meta charset=utf-16>", "utf-8", "", ""),
        ("Le café « fermé »", "<meta charset=koi8-r>", "utf-8", "UTF8", ""),
        ("Le café « fermé »", "<meta charset=koi8-r>", "utf-8-sig", "cp1252", ""),
        ("Le café « fermé »", "<meta charset=koi8-r>", "utf-16", "utf-8", ""),
        ("Le café « fermé »", "", "utf-16-be", "utf-16be", ""),
        ("Köprü ışıklı şehirde", "", "iso8859-9", "iso-8859-9", ""),
        (
            "Most będzie zamknięty",
            "<!--" + " " * 2000 + "--><meta charset=latin2>",
            "iso8859-2",
            "",
            "",
        ),
    ],
)
def test_the_text_is_that_of_a_browser(
    tmp_path: Path, text: str, head: str, codec: str, charset: str, note: str
) -> None:
    """Real servers say nothing, something else than the page, or a label of another charset."""
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    data = _page(text, head).encode(codec)
    result = _fetch(tmp_path, data, HTML, charset)

    assert (result.outcome, result.note) == ("fetched", note and f"charset guessed: {note}")
    assert text in (tmp_path / "texts" / "s.txt").read_text(encoding="utf-8")
    assert (tmp_path / "texts" / "s.html").read_bytes() == data


def test_xhtml_has_the_charset_of_its_declaration(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    declared = "<?xml version='1.0' encoding='windows-1251'?>" + _page("Мост закрыт.")
    result = _fetch(tmp_path, declared.encode("cp1251"), XHTML)

    assert (result.outcome, result.note) == ("fetched", "")
    assert "Мост закрыт." in (tmp_path / "texts" / "s.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("data", "type_", "charset", "why"),
    [
        (
            _page("Le café « fermé »", "<meta charset=utf-8>").encode(), HTML, "iso-8859-1",
            "the server names windows-1252, but it seems to be UTF-8",
        ),
        (
            _page("“No”, he said.").encode("cp1252"), HTML, "utf-8",
            "the server names utf-8, but 2 of 102 characters are then not those of a text",
        ),
        (
            _page("Мост закрыт до весны", "<meta charset=latin1>").encode("cp1251"), HTML, "",
            "the page names windows-1252, but the text then has words of accented letters only",
        ),
        (
            _page("다리는 닫힌다", "<meta charset=iso-2022-kr>").encode("iso2022_kr"), HTML, "",
            "the page names one that browsers refuse",
        ),
        ("Мост".encode(), "text/plain", "koi8-r", "the server names koi8-r, but it seems to be UTF-8"),
        (
            "# Мост".encode("cp1251"), "text/markdown", "utf-8",
            "the server names utf-8, but 4 of 6 characters are then not those of a text",
        ),
    ],
)  # fmt: skip
def test_an_implausible_text_is_not_stored(
    tmp_path: Path, data: bytes, type_: str, charset: str, why: str
) -> None:
    """The reason and what to do, and no file that would later be taken for the source."""
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    result = _fetch(tmp_path, data, type_, charset)

    assert result.outcome == "failed"
    assert result.note == (
        f"{URL} is in a charset that cannot be determined: {why}; save its text by hand as UTF-8"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize(
    ("data", "charset", "names"),
    [
        (b"plain", "latin1", ["s.txt"]),
        ("Straße".encode(), "", ["s.txt"]),
        ("Straße".encode("utf-8-sig"), "koi8-r", ["s.txt"]),
        ("Straße".encode("utf-16"), "", ["s.original", "s.txt"]),
        ("Straße".encode("cp1252"), "latin1", ["s.original", "s.txt"]),
    ],
)
def test_a_plain_text_is_stored_in_utf8(
    tmp_path: Path, data: bytes, charset: str, names: list[str]
) -> None:
    """The server's bytes are kept too, if they are not UTF-8 already."""
    assert _fetch(tmp_path, data, "text/plain", charset).outcome == "fetched"
    files = {path.name: path.read_bytes() for path in (tmp_path / "texts").iterdir()}

    assert sorted(files) == names
    assert files[names[0]] == data
    assert files["s.txt"].decode("utf-8-sig") == ("plain" if data == b"plain" else "Straße")


def test_a_page_of_a_few_words_has_a_note(tmp_path: Path) -> None:
    """It may be a notice that the page requires JavaScript, or that it has moved."""
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    notice = b"<noscript>Please switch scripts on.</noscript>"
    result = _fetch(tmp_path, b"<html><body><p>Please switch scripts on.</p></body></html>")

    assert (result.outcome, result.note) == ("fetched", "only 4 words: is this the page?")
    assert "has no text that could be extracted" in _fetch(tmp_path, notice).note


@pytest.mark.parametrize(
    ("type_", "name"),
    [("text/vtt", "s.vtt"), ("application/x-subrip", "s.srt"), ("text/srt", "s.srt")],
)
def test_subtitles_are_stored_as_such(tmp_path: Path, type_: str, name: str) -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:03.000\nThe pump is\n"
    result = _fetch(tmp_path, data, type_)

    assert (result.outcome, result.note) == ("fetched", "")
    assert (tmp_path / "texts" / name).read_bytes() == data


def test_the_text_outside_of_the_main_text_is_stored_after_it(tmp_path: Path) -> None:
    """Reading the file again gives the same parts, so that a quote has the same verdict."""
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    filler = "".join(f"<p>Paragraph {n} says at some length what was done.</p>" for n in range(6))
    page = f"<article><figure><figcaption>Nobody left</figcaption></figure>{filler}</article>"
    assert _fetch(tmp_path, page.encode()).outcome == "fetched"
    text = (tmp_path / "texts" / "s.txt").read_text(encoding="utf-8")

    assert text.endswith(f"what was done.\n\n{REST}\n\nNobody left")
    assert "Nobody" not in read_saved(text).plain
    assert "Nobody left" in read_saved(text).whole
