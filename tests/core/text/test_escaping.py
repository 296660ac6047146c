"""Text from data has no effect in output; only plain web addresses become links."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from claimcli.core.text.escaping import (
    for_csv,
    for_json,
    for_markdown,
    for_tsv,
    visible,
    web_link,
)
from claimcli.quotes.normalize import normalize


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://example.org/\u202egpj.exe",
        "https://example.org/\u2066x",
        "https://example.org/a b",
        'https://example.org/" onclick="x',
        "https://example.org/\x1b[31m",
        "",
        None,
    ],
)
def test_it_does_not_become_a_link(url: str | None) -> None:
    """Other schemes, spaces, quotation marks, control characters and direction marks are rejected."""
    assert web_link(url) == ""


def test_a_plain_address_becomes_a_link() -> None:
    """Characters that would end a markdown link or a table cell are encoded."""
    assert web_link("https://example.org/a_(b)|c?d=é") == "https://example.org/a_%28b%29%7Cc?d=é"


CONTROLS = [*range(9), *range(0xB, 0x20), *range(0x7F, 0xA0)]
DIRECTING = [0x200E, 0x200F, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]


@pytest.mark.parametrize("code", [code for code in [*CONTROLS, *DIRECTING] if code != 0x85])
def test_control_characters_are_spelled_out(code: int) -> None:
    """Alone and between words, in text, in tsv and in JSON."""
    for text in (chr(code), f"one {chr(code)} two"):
        assert chr(code) not in visible(text)
        assert chr(code) not in for_tsv(text)
        assert code in (0x85, *range(0x20)) or chr(code) not in for_json(f'"{text}"')


def test_ordinary_text_is_unchanged() -> None:
    for text in ("plain", "naïve", "«Łódź»", "шесть", "שלום", "👩‍👩‍👧", "a b", "e\u0301"):
        assert visible(text) == text
        assert for_tsv(text) == text
        assert for_json(f'"{text}"') == f'"{text}"'
    assert for_tsv("a\tb\nc\\d") == "a\\tb\\nc\\\\d"


@pytest.mark.parametrize("sign", "=+-@＝＋－＠﹦﹢﹣﹫")
def test_a_cell_of_csv_is_no_formula(sign: str) -> None:
    """Full-width and small signs begin a formula in some spreadsheets; elsewhere they are text."""
    assert for_csv(f"{sign}1") == f"'{sign}1"
    assert for_csv(f"1{sign}1") == f"1{sign}1"
    for blank in "\t\r\n":
        assert for_csv(f"{blank}{sign}1").startswith("'")


@given(st.text(st.sampled_from("aGh-W.9) (\n#!&@:/<|_\\"), max_size=8).map(str.strip))
def test_text_without_signs_is_escaped_like_other_text(text: str) -> None:
    """It takes a shortcut, which a sign behind it prevents."""
    assert for_markdown(f"{text}~") == rf"{for_markdown(text)}\~"


CODE_HOST = re.compile(r"(?i)(?:^|[^a-z0-9_])@[a-z0-9_.]|#\d|!\d|&\d|\bgh-\d")
"""What GitHub, GitLab and Gitea look for in the text of a page."""


@pytest.mark.parametrize(
    "text",
    [
        "As @jane-roe and (@org/team) said, point #12 and GH-7 of org/repo#3 are open.",
        "@all",
        "gh-1 #2 group/project!3 group&4",
        "é@jane-roe wrote 'by @_x'; \"@.y\"",
        "a.@jane-roe, -@jane-roe",
        "#12",
    ],
)
def test_markdown_mentions_nobody_and_links_no_issue(text: str) -> None:
    """A page shows the same words; quotes copied from it match, as the joiner is ignored."""
    page = MarkdownIt("commonmark").renderInline(for_markdown(text))
    shown = page.replace("&quot;", '"').replace("&amp;", "&")

    assert CODE_HOST.search(text)
    assert not CODE_HOST.search(shown)
    assert normalize(shown).text == normalize(text).text
    assert shown.replace("\u2060", "") == text


@pytest.mark.parametrize(
    "text", ["jane.roe@example.org", "No. 12 at 5 @ 3", "## C# and #hash", "AT&T"]
)
def test_markdown_keeps_what_is_no_reference(text: str) -> None:
    """An e-mail address is no mention."""
    assert "\u2060" not in for_markdown(text)
