"""The text of a page, compared with what is expected and with what a browser has.

Each page in ``pages`` uses one structure; the text next to it has ``‸`` where something that a
browser counts as text is left out of a block.
"""

from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("lxml", reason="an extra that is not installed")

from claimcli.quotes.texts.blocks import LEFT_OUT
from claimcli.quotes.texts.css import PageError
from claimcli.quotes.texts.page import read_page
from tests.support.browser import browser  # noqa: F401 - a fixture

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))

DIFFERENCES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "details": (
        "a reader can open what is closed",
        [("", "No, it is not safe yet.")],
    ),
    "footnote_marks": (
        "a footnote mark is no word of the text",
        [
            ("expand[1] there.2", "expand there."), ("go[3] now*,", "go now,"), ("left4", "left"),
            ("20195", "2019"), ("27,9946 men7.", "27,994 men."), ("ours”[8],[note 9]", "ours”"),
            ("saida.", "said."),
        ],
    ),
    "hidden_attribute": (
        "a reader finds what is hidden until it is found",
        [("", "This can be found.")],
    ),
    "mathematics": (
        "a fraction or a power is no other number",
        [("1 2 ,", "1/2,"), ("10 6", "10⁶")],
    ),
    "ruby": ("people quote the text without the readings above it", [("漢kan字ji", "漢字")]),
    "struck_out": (
        "struck-out words are taken back",
        [("not", ""), ("never", ""), ("so", ""), ("never", ""), ("nine", ""), ("was not", "")],
    ),
    "superscripts": (
        "an exponent is no other number; units are the same to the search, and look like the page",
        [
            ("CO2", "CO₂"), ("km2", "km²"), ("m3.", "m³."), ("106", "10⁶"), ("10−4,", "10⁻⁴,"),
            ("H2O", "H₂O"), ("14C.", "¹⁴C."), ("11/2", "1¹/₂"), ("109.", "10⁹."),
        ],
    ),
    "text_transform": (
        "the capitals of a design are not the author's, and cannot be undone",
        [("THE MAYOR RESIGNS nato met", "The mayor resigns NATO Met")],
    ),
    "unseen_text": (
        "no reader sees it",
        [("not", ""), ("does not", ""), ("never", ""), ("falsely", ""), ("secret", ""),
         ("hidden", "")],
    ),
    "vector_graphics": ("what is only defined is not drawn", [("unused", "")]),
}  # fmt: skip
"""Words of a browser and of the extracted text that differ, with the reason."""


def text_of(html: str) -> str:
    """Return the blocks of a page, separated by blank lines."""
    return "\n\n".join(block.text for block in read_page(html).blocks)


def test_there_are_thirty_pages() -> None:
    assert len(PAGES) >= 30


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_text_of_a_page(page: Path) -> None:
    """Blocks, lines and spaces are as expected."""
    text = text_of(page.read_text(encoding="utf-8"))

    assert f"{text.replace(LEFT_OUT, '‸')}\n" == page.with_suffix(".txt").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_browser_has_the_same_words(page: Path, browser: Any) -> None:  # noqa: F811
    """In the same order, except for the listed differences."""
    tab = browser.new_page()
    tab.goto(page.absolute().as_uri())
    theirs = tab.evaluate("document.body.innerText").split()
    tab.close()
    ours = text_of(page.read_text(encoding="utf-8")).replace(LEFT_OUT, "").split()
    compared = SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes()

    assert [
        (" ".join(theirs[a:b]), " ".join(ours[c:d]))
        for tag, a, b, c, d in compared
        if tag != "equal"
    ] == DIFFERENCES.get(page.stem, ("", []))[1]


def test_lines_are_those_of_the_file() -> None:
    """Also behind tags, comments, scripts and hidden text of several lines, and before a ``<br>``."""
    html = (
        "<html>\n<body>\n<p\n class='a\nb'>one\ntwo <b>three\n</b>\nfour<br>\nfive</p>\n<!-- six\n"
        "seven --><p hidden>eight\nnine</p>ten\n<script>\n\n</script><pre>\neleven\n\ntwelve</pre>"
    )
    found = {
        block.text[start:].split()[0]: line
        for block in read_page(html).blocks
        for start, line in block.lines
    }

    assert found == {
        "one": 5, "two": 6, "four": 8, "five": 9, "ten": 12, "eleven": 16, "twelve": 18,
    }  # fmt: skip
    many = "<p>" + "<br>\n" * 70_000 + "last</p><p>\n\nend</p>"
    assert [block.lines for block in read_page(many).blocks] == [((0, 70_001),), ((0, 70_003),)]


def test_a_page_is_shown_by_its_script() -> None:
    """What hides all of it does not count."""
    style = "<style>body { opacity: 0; visibility: hidden } html { display: none }</style>"

    assert text_of(f"<html>{style}<body><p>Shown.</p></body></html>") == "Shown."


def test_a_page_without_text() -> None:
    for html in ("", "  ", "<!-- a -->", "<html></html>", "<p hidden>a</p>"):
        assert read_page(html).blocks == []


def test_the_clean_tree_has_only_visible_text() -> None:
    """Its words are those of the blocks."""
    page = read_page("<body><p>a <s>b</s> cat<sup>1</sup> 10<sup>6</sup></p><p hidden>d</p></body>")

    assert " ".join("".join(page.clean().itertext()).split()) == "a cat 10⁶"


def test_odd_characters_do_not_matter() -> None:
    """Control characters in names and text are what the parser makes of them."""
    page = read_page("<body><a\x01b>x</a\x01b><x-\x02>y</x-\x02> 10<sup>6&#2;\x03</sup></body>")

    assert "xy 10⁶" in "".join(page.clean().itertext()).replace("6", "⁶")
    assert page.blocks[0].text.startswith("xy 10⁶")


def test_a_page_that_is_nested_too_deeply_is_not_read() -> None:
    """Nothing is cut off silently; as deep as browsers go is enough."""
    assert text_of(f"{'<div>' * 1000}deep{'</div>' * 1000}<p>after") == "deep\n\nafter"
    with pytest.raises(PageError, match="is nested too deeply"):
        read_page(f"{'<div>' * 3000}deep{'</div>' * 3000}<p>after")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>It is <s>so</p><p>not</s> open</p>", "It is \u2060\n\nopen"),
        ("<p>It is <s>so</p><p>not open", "It is \u2060"),
        ("<p>It <S>is</S\n> <strike>so</strike> open<p>now", "It \u2060open\n\nnow"),
        ("<table><tr><td>a <s>b</td><td>c</table>d", "a \u2060\tc\n\nd"),
        ("<s><div>a</s>b</div>c", "b\n\nc"),
        ("<s>a<b>b</s>c</b>d", "cd"),
        ("</s>a<!--s--></p>b", "a\n\nb"),
    ],
)
def test_struck_out_words_go_on_until_their_end_tag(html: str, text: str) -> None:
    """Also in the next paragraph, as in a browser, but not in the next cell of a table."""
    assert text_of(html) == text
