"""What pages say about themselves, in the vocabularies that they use."""

import pytest

pytest.importorskip("lxml", reason="an extra that is not installed")

from claimcli.quotes.texts.metadata import MAX_ITEMS, MAX_LENGTH, PageMetadata, read_metadata

ALL = PageMetadata("The main was sound", "The Gazette", "Ann Lee", "2023-05-02", "en")


def page(head: str, body: str = "", lang: str = "en-GB") -> str:
    return f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    "head",
    [
        """<title>Home</title><meta property="og:title" content="The main was sound">
        <meta property="og:site_name" content="The Gazette"><meta name="author" content="By Ann Lee">
        <meta property="article:published_time" content="2023-05-02T18:30:00+02:00">""",
        linked(
            '{"@type": "NewsArticle", "headline": "The main was sound", "author": {"name": "Ann Lee"},'
            ' "publisher": {"name": "The Gazette"}, "datePublished": "2023-05-02T18:30:00Z"}'
        ),
        linked(
            '[{"@graph": [{"@type": "WebSite", "name": "x"}, {"headline": "The main was sound",'
            ' "author": ["Ann Lee"], "publisher": "The Gazette", "datePublished": "2023-05-02"}]}]'
        ),
        """<meta name="citation_title" content="The main was sound">
        <meta name="citation_journal_title" content="The Gazette">
        <meta name="citation_author" content="Ann Lee">
        <meta name="citation_publication_date" content="2023/05/02">""",
        """<meta name="DC.title" content="The main was sound"><meta name="DC.publisher" content="The
        Gazette"><meta name="DC.creator" content="Ann Lee"><meta name="DC.date" content="2 May 2023">""",
        """<title>The main was sound | The Gazette</title><meta property="og:site_name"
        content="The Gazette"><meta name="byl" content="By Ann Lee"><meta name="date"
        content="2023-05-02">""",
    ],
)
def test_a_page_is_described_in_any_vocabulary(head: str) -> None:
    """Open Graph, JSON-LD with and without a graph, scholarly tags, Dublin Core, plain HTML."""
    assert read_metadata(page(head)) == ALL


def test_elements_of_the_page_count_if_nothing_else_is_there() -> None:
    """The first heading is the title, rather than what the window shows."""
    body = '<h1>The <i>main</i></h1><time itemprop="datePublished" datetime="2023-05-02">Tuesday</time>'

    assert read_metadata(page("<title>Gazette: news</title>", body, lang="")) == PageMetadata(
        title="The main", published="2023-05-02"
    )
    assert read_metadata(page("<title>Gazette: news</title>")).title == "Gazette: news"


def test_several_authors_are_named() -> None:
    names = '{"headline": "T", "author": [{"name": "Ann Lee"}, {"name": "Bo Chen"}, {"name": "Ann Lee"}]}'

    assert read_metadata(page(linked(names))).author == "Ann Lee, Bo Chen"


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2023-02-31", ""), ("5/4/23", ""), ("soon", ""), ("May 2023", "2023-05"), ("", "")],
)
def test_only_a_date_that_is_certain_is_used(date: str, expected: str) -> None:
    assert read_metadata(page(f'<meta name="date" content="{date}">')).published == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de", "de"), ("pt_BR", "pt"), ("zh-Hant", "zh"), ("x", ""), ("english", ""), ("", "")],
)
def test_the_language_is_its_first_tag(language: str, expected: str) -> None:
    assert read_metadata(page("", lang=language)).language == expected


@pytest.mark.parametrize(
    "markup",
    [
        "",
        " ",
        "<",
        "no page",
        page(linked("{")),
        page(linked("[" * 100_000)),
        page(linked('{"headline": 1, "author": {"name": {"name": "x"}}, "datePublished": []}')),
        page(f'<meta property="og:title" content="{"x" * (MAX_LENGTH + 1)}">'),
        page('<meta property="og:title"><meta content="x">'),
        page(f"{'<meta>' * MAX_ITEMS}<meta property='og:title' content='x'>"),
        page('<meta name="author" content="https://example.org/people/ann">'),
    ],
)
def test_a_page_without_usable_values_has_none(markup: str) -> None:
    """Broken, deep, empty and overlong ones are ignored."""
    assert read_metadata(markup).title in ("", "no page")
    assert read_metadata(markup).author == ""


def test_values_are_plain_text() -> None:
    """Line ends and control characters become spaces; character references are resolved once."""
    head = linked('{"headline": "A &amp; B\\n\\u001b[31m \\ud800 <i>"}')

    assert read_metadata(page(head)).title == "A & B [31m <i>"
