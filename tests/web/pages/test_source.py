"""The page of a source."""

from pathlib import Path

import pytest

from claimcli.web.page import NoSuchPageError
from tests.support.pages import page_of, seen, write

HARBOUR = {
    "texts/talk.txt": "HARRIS: The harbour was closed.\nIt opens in May, they say.\n\nThat is all.\n",
    "registries.yaml": """
parties: [{id: port, name: Port Office}, {id: union, name: Union}]
sources:
  - {id: talk, title: Ein Vortrag, author: Ann Harris, published: 2023-05-02, kind: primary,
     language: de, text: texts/talk.txt, url: "https://port.example/talk", note: Held in the hall.}
  - {id: report, title: A report, published: 2023-05-03, derived_from: [talk]}
""",
    "claims.yaml": """
claims:
  - {id: shut, party: port, statement: It was closed., source: {id: talk, quote: was closed}}
  - id: opens
    party: union
    statement: It opens soon.
    sources:
      - {id: talk, quote: It opens in June}
      - {id: talk, quote: nobody ever went there at all}
  - {id: bare, party: union, statement: It is a harbour., source: talk}
  - {id: second, party: union, statement: It is told again., source: {id: report, quote: again}}
""",
}


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    return write(tmp_path, HARBOUR)


def test_a_text_is_shown_with_its_quotes_and_who_quotes_them(harbour: Path) -> None:
    """Facts, counts, numbered lines with marks, a note on each quote, what is not in the text."""
    assert seen(page_of(harbour, "/source/talk")) == [
        "Source",
        "Ein Vortrag",
        "Ann Harris, 2 May 2023, primary source",
        "https://port.example/talk",
        "Derived from it: A report",
        "Note: Held in the hall.",
        "3 claims cite it with 3 quotes: 1 is in the text, 2 are not",
        "talk · texts/talk.txt",
        "The text, and who quotes it",
        "1HARRIS: The harbour [was closed]1.",
        "2[It opens in ][May]2, they say.",
        "1Port Office It was closed. shut",
        "✓ occurs in the text",
        "2Union It opens soon. opens",
        "✗ does not occur in the text, which has other words",
        "The claim quotes “It opens in [June]”",
        "4That is all.",
        "Quotes that are not in this text",
        "nobody ever went there at all",
        "✗ does not occur in the text",
        "Quoted by Union:",
        "It opens soon.",
        "opens",
        "Cited without a quote",
        "Said",
        "Who",
        "What",
        "Status",
        "by 2023-05-02",
        "Union",
        "It is a harbour.bare",
        "no response on file",
    ]


def test_a_source_without_a_text_lists_its_quotes(harbour: Path) -> None:
    """The page says that there is no text, and where the source comes from."""
    assert seen(page_of(harbour, "/source/report")) == [
        "Source",
        "A report",
        "3 May 2023",
        "Derived from Ein Vortrag; it has the origin Ein Vortrag",
        "1 claim cites it with 1 quote, not checked",
        "report",
        "no text on file",
        "Quotes",
        "again",
        "Quoted by Union:",
        "It is told again.",
        "second",
    ]


def test_a_text_that_cannot_be_read_is_reported(harbour: Path) -> None:
    """The page says why, and how to fix it."""
    (harbour / "texts" / "talk.txt").unlink()

    assert (
        "The text cannot be shown: 'texts/talk.txt' does not exist; write the path relative to the "
        "folder of this file, or add the file"
    ) in seen(page_of(harbour, "/source/talk"))


def test_a_changed_text_is_read_again(harbour: Path) -> None:
    """Texts are kept in memory until their files change."""
    assert "4That is all." in seen(page_of(harbour, "/source/talk"))

    (harbour / "texts" / "talk.txt").write_text("Another text.\n", encoding="utf-8")

    assert "1Another text." in seen(page_of(harbour, "/source/talk"))


def test_a_page_without_whole_texts_has_passages(harbour: Path) -> None:
    """Sentences without a quote are left out."""
    lines = seen(page_of(harbour, "/source/talk", whole_texts=False))

    assert "Only the sentences around quotes are shown." in lines
    assert "2[It opens in ][May]2, they say." in lines
    assert "4That is all." not in lines


def test_each_quote_has_an_id_and_a_note(harbour: Path) -> None:
    """Quotes of the same claim are numbered, also those that are not in the text."""
    html = page_of(harbour, "/source/talk")

    assert '<mark id="q-shut-1">was closed</mark><sup><a href="#note-1">1</a></sup>' in html
    assert '<mark id="q-opens-1" class="off">It opens in </mark>' in html
    assert '<div id="q-opens-2">' in html
    assert '<p class="words" lang="de">' in html


def test_markup_in_a_text_is_text(tmp_path: Path) -> None:
    """A saved page or a text with tags adds nothing to the page; control characters are visible."""
    text = "<script>alert(1)</script>\n<b>bold</b> \u202eback\x1b[31m\n"
    data = """
parties: [{id: p}]
sources: [{id: s, title: T, published: 2023, text: s.txt}]
claims: [{id: a, party: p, statement: S, source: {id: s, quote: "<b>bold</b>"}}]
"""
    html = page_of(write(tmp_path, {"s.txt": text, "d.yaml": data}), "/source/s")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert '<mark id="q-a-1">&lt;b&gt;bold&lt;/b&gt;</mark>' in html
    assert "⟨U+202E⟩back⟨U+001B⟩[31m" in html


def test_a_language_that_is_no_tag_is_left_out(tmp_path: Path) -> None:
    """The language becomes an attribute only if it can be one."""
    data = """
parties: [{id: p}]
sources: [{id: s, title: T, published: 2023, language: "old Norse"}]
claims: [{id: a, party: p, statement: S, source: {id: s, quote: Q}}]
"""
    assert "lang=" not in page_of(write(tmp_path, {"d.yaml": data}), "/source/s")


def test_a_source_that_no_claim_cites_has_a_page(harbour: Path) -> None:
    """Its facts are shown."""
    (harbour / "claims.yaml").unlink()

    assert "0 claims cite it" in seen(page_of(harbour, "/source/report"))


def test_an_unknown_source_has_no_page(harbour: Path) -> None:
    """A mistyped id names the nearest source."""
    with pytest.raises(NoSuchPageError, match="no source 'takl'; did you mean 'talk'"):
        page_of(harbour, "/source/takl")
    with pytest.raises(NoSuchPageError, match="no source 'tal'; did you mean 'talk'"):
        page_of(harbour, "/source/tal")
