"""The source that a page on the web is, as far as the page says."""

from datetime import date

import pytest

pytest.importorskip("httpcore", reason="an extra that is not installed")
pytest.importorskip("trafilatura", reason="an extra that is not installed")

from claimcli.edit.described_page import DescribedPage
from claimcli.edit.fetch.describe import describe_page
from claimcli.edit.fetch.download import DownloadedPage, DownloadError

URL = "https://example.org/2023/main.html"
BODY = "<p>The main under Mill Street was inspected in March, and it was found sound by all.</p>"
HEAD = (
    '<meta property="og:title" content="Überprüfung"><meta property="og:site_name" content="Gazette">'
    '<meta name="author" content="Ann Lee"><meta name="date" content="2023-05-02">'
)


def described(data: bytes, type_: str = "text/html", charset: str = "") -> DescribedPage:
    return describe_page(
        URL, lambda url: DownloadedPage(data, type_, charset, url), date(2024, 5, 6)
    )


def test_a_page_is_a_source_with_its_text() -> None:
    """Its charset is that of the server; the original is kept next to the text."""
    data = f'<html lang="de"><head>{HEAD}</head><body>{BODY}</body></html>'.encode("latin-1")
    page = described(data, charset="iso-8859-1")

    assert page.fields == {
        "title": "Überprüfung", "outlet": "Gazette", "author": "Ann Lee", "published": "2023-05-02",
        "language": "de", "url": URL, "accessed": "2024-05-06",
    }  # fmt: skip
    assert page.text is not None
    assert (page.text.files[".html"], page.text.suffix, page.notes) == (data, ".txt", ())
    assert b"it was found sound by all." in page.text.files[".txt"]


def test_a_text_has_its_address_as_the_title() -> None:
    page = described(b"The main was found sound.\n", "text/plain")

    assert page.fields == {"title": URL, "url": URL, "accessed": "2024-05-06"}
    assert page.text is not None
    assert page.text.files == {".txt": b"The main was found sound.\n"}


def test_a_page_that_cannot_be_downloaded_has_its_address_as_the_title() -> None:
    """The note says why, and what to do."""

    def fail(url: str) -> DownloadedPage:
        raise DownloadError("answers 404", "check the address, or try a web archive")

    assert describe_page(URL, fail, date(2024, 5, 6)) == DescribedPage(
        {"title": URL, "url": URL},
        notes=(f"not read: {URL} answers 404; check the address, or try a web archive",),
    )


def test_a_page_without_text_is_described() -> None:
    page = described(f"<html><head>{HEAD}</head><body></body></html>".encode())

    assert (page.fields["title"], page.text) == ("Überprüfung", None)
    assert page.notes == (
        f"no text: {URL} has no text that could be extracted; "
        "save its text as a .txt file and name that",
    )


def test_a_picture_is_no_text() -> None:
    page = described(b"\x89PNG", "image/png")

    assert page.fields == {"title": URL, "url": URL, "accessed": "2024-05-06"}
    assert page.notes == (
        f"no text: {URL} is of type image/png, which is not supported; save its text by hand",
    )
