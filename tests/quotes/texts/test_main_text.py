"""What is the main text of a page, and what is outside of it."""

import pytest

pytest.importorskip("trafilatura", reason="an extra that is not installed")

from claimcli.quotes.texts import main_text
from claimcli.quotes.texts.blocks import Block
from claimcli.quotes.texts.main_text import main_blocks
from claimcli.quotes.texts.page import read_page

FILLER = "".join(
    f"<p>The {word} paragraph has some more words, so that the page looks like an article.</p>"
    for word in ("first", "second", "third", "fourth")
)
PAGE = f"""\
<body><nav><a href="/">Start</a> <a href="/all">All news of the town</a></nav>
<article><h1>The weir holds</h1>{FILLER}
<p>It rose<sup>1</sup> by 10<sup>6</sup> litres, <s>never</s> said the
<a href="/k">keeper of the weir</a>, <button>they</button> said.</p>
<figure><figcaption>The keeper would not go there</figcaption></figure>
{FILLER}</article></body>"""


def read(html: str) -> list[Block]:
    page = read_page(html)
    return main_blocks(page.blocks, page.clean())


def test_captions_and_menus_are_outside_of_the_main_text() -> None:
    """Blocks stay in the order of the page; marks, links and exponents do not exclude one."""
    blocks = read(PAGE)

    assert [block.text for block in blocks if not block.main] == [
        "Start All news of the town", "The keeper would not go there",
    ]  # fmt: skip
    assert [block.text for block in blocks[1:-1] if "paragraph" not in block.text] == [
        "The weir holds",
        "It rose\u2060 by 10⁶ litres, \u2060said the keeper of the weir, they said.",
        "The keeper would not go there",
    ]


def test_without_a_main_text_all_is() -> None:
    assert [block.main for block in read("<ul><li><a href=x>a</a><li><a href=y>b</a></ul>")] == [
        True, True,
    ]  # fmt: skip


@pytest.mark.parametrize("deep", [True, False])
def test_a_page_that_costs_too_much_is_all_main_text(
    deep: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library needs time for elements times their depth, which a hostile page makes large."""
    monkeypatch.setattr(main_text, "MAX_COST", 3_000)
    html = PAGE.replace("<figure>", "<div>" * 80 if deep else "<!-- x -->" * 250)

    assert all(block.main for block in read(html))
    assert not all(block.main for block in read(PAGE))
