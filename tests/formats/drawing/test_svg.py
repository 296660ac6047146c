"""SVG elements: escaping, short numbers, light and dark mode, no scripts."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.core.text.escaping import one_line
from claimcli.formats.drawing.svg import (  # fmt: skip
    StyleRule,
    arrow,
    document,
    element,
    number,
    polyline,
    rectangle,
    text,
)
from tests.formats.test_briefing import HOSTILE

NS = "{http://www.w3.org/2000/svg}"


def picture(words: str, name: str = "one") -> str:
    body = [text(words, (1, 20), "bold"), rectangle((0, 0), (9.96, 5), words)]
    return document((100, 50), body, name=name, title=words, description=words)


@pytest.mark.parametrize("words", [*HOSTILE, "\x00\x1b[31m", "\ud800", "\ufffe", "]]>", "&#0;"])
def test_hostile_text(words: str) -> None:
    """Hostile text gives the same elements as harmless text, and is contained in them."""
    root, harmless = (ElementTree.fromstring(picture(w)) for w in (words, "plain"))

    assert [e.tag for e in root.iter()] == [e.tag for e in harmless.iter()]
    title = (root.find(f"{NS}title").text or "").replace("⟨U+D800⟩", "\ud800")  # type: ignore[union-attr]
    assert title.replace("⟨U+FFFE⟩", "\ufffe") == one_line(words)


@given(st.text())
def test_any_text_parses(words: str) -> None:
    """Any text gives well-formed XML."""
    assert ElementTree.fromstring(picture(words)).tag.endswith("svg")


def test_accessibility() -> None:
    """A picture has a title and a description for screen readers, and no external references."""
    shown = picture("Hello")
    root = ElementTree.fromstring(shown)

    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "one-title one-desc")
    assert (root.get("viewBox"), root.get("width"), root.get("height")) == (
        "0 0 100 50",
        "100",
        "50",
    )
    assert "http" not in shown.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in shown
    assert "url(" not in shown


def test_rules_apply_to_one_picture() -> None:
    """Every selector begins with the picture's id."""
    shown = document(
        (1, 1), (), name="two", title="T", description="D", rules=[StyleRule(".a", "x:y", "x:z")]
    )

    assert "#two .a{x:y}" in shown
    assert "{#two .paper{fill:#17181c}" in shown
    assert shown.count("#two .a{x:z}") == 1
    assert "one" not in shown.replace("none", "")


def test_numbers() -> None:
    """Numbers have at most one decimal place."""
    assert [number(n) for n in (1, 1.0, 0.25, 1.96, -0.04, -3.5, 1e6)] == [
        "1", "1", "0.2", "2", "0", "-3.5", "1000000",
    ]  # fmt: skip


def test_right_to_left_text() -> None:
    """Right-to-left text begins at the right end of its room, or ends at the point."""
    assert text("abc", (5, 9), "a", 80) == '<text class="a" x="5" y="9">abc</text>'
    assert text("שלום", (5, 9), "a", 80) == (
        '<text class="a" direction="rtl" x="85" y="9">שלום</text>'
    )
    assert text("שלום", (5, 9), "a") == (
        '<text class="a" direction="rtl" text-anchor="end" x="5" y="9">שלום</text>'
    )
    assert text("", (5, 9), "a") == ""


def test_lines_and_arrows() -> None:
    """A corner is rounded at most half way to the next one; an arrow ends where its line does."""
    points = [(0.0, 0.0), (0.0, 10.0), (20.0, 10.0)]

    assert polyline(points, "k") == '<path class="k" d="M0 0L0 10L20 10"/>'
    assert polyline(points, "k", 8) == '<path class="k" d="M0 0L0 5Q0 10 8 10L20 10"/>'
    assert arrow((0, 10), (0, 0), "k", size=4) == '<path class="k" d="M1.8 6L0 10L-1.8 6Z"/>'
    assert arrow((0, 10), (0, 0), "k", size=4, hollow=True).endswith('L-1.8 6"/>')


def test_attributes_are_escaped() -> None:
    """Attribute values cannot contain markup."""
    assert element("a", {"b": '"<&', "c": ""}, "x") == '<a b="&quot;&lt;&amp;">x</a>'
