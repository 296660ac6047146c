"""The addresses at which a browser shows the quotes of a dossier."""

from pathlib import Path

import pytest

from claimcli.analysis.verify import verify
from claimcli.dossier.open import open_dossier

DOSSIER = """\
sources:
  - {{id: letter, title: Letter, published: 2023, text: {text}, url: '{url}'}}
claims:
  - {{id: a, party: p, statement: A., source: {{id: letter, quote: '{quote}'}}}}
"""


def url_of(folder: Path, quote: str, content: str, *, url: str, text: str = "a.txt") -> str | None:
    """Return the address of one quote of a text."""
    (folder / text).write_text(content, encoding="utf-8")
    yaml = DOSSIER.format(text=text, url=url, quote=quote)
    (folder / "a.yaml").write_text(yaml, encoding="utf-8")
    (finding,) = verify(open_dossier([folder])).findings
    assert finding.verdict.is_found
    return finding.fragment_url


def test_edited_quote(tmp_path: Path) -> None:
    """It is shown from its first to its last fragment, however far the fragments are apart."""
    text = "The gate of the upper basin is old, as all of us know well, and it leaks badly."

    assert url_of(tmp_path, "gate ... leaks", text, url="https://example.org/") == (
        "https://example.org/#:~:text=gate%20of%20the%20upper%20basin%20is%20old%2C%20as%20all%20of"
        "%20us%20know%20well%2C%20and%20it%20leaks"
    )
    assert url_of(
        tmp_path, "gate ... leaks", text.replace(", ", ",\n"), url="https://a.example/"
    ) == ("https://a.example/#:~:text=gate%20of%20the,and%20it%20leaks")


def test_markdown(tmp_path: Path) -> None:
    """The words are given as the page shows them, without markup."""
    text = "We **ask** for [the report](https://example.org/report) of the inspection.\n"

    assert url_of(tmp_path, "ask for the report", text, url="https://x.example/", text="a.md") == (
        "https://x.example/#:~:text=ask%20for%20the%20report"
    )


def test_page(tmp_path: Path) -> None:
    """Words outside of the main text are taken into account; a footnote mark is avoided."""
    pytest.importorskip("trafilatura", reason="an extra that is not installed")
    filler = "This is one of the sentences that make a page an article with enough of text in it. "
    page = (
        f"<html><body><nav><a href='/'>The gate is old</a></nav><article><p>{filler * 4}</p>"
        f"<p>He said: the gate is old<sup>1</sup> and it leaks.</p><p>{filler * 4}</p></article>"
        "</body></html>"
    )

    assert url_of(
        tmp_path, "the gate is old and", page, url="https://x.example/", text="a.html"
    ) == ("https://x.example/#:~:text=said%3A-,the%20gate%20is,and")


def test_pages_of_a_document(tmp_path: Path) -> None:
    """An address of a PDF opens the page; without pages in the text it stays as it is."""
    url = "https://example.org/a.pdf"

    assert (
        url_of(tmp_path, "it leaks", "The gate is old.\f\nYes, it leaks.", url=url)
        == f"{url}#page=2"
    )
    assert url_of(tmp_path, "it leaks", "Yes, it leaks.", url=url) == url
