"""Text in pictures: it fits, it breaks where it may, and nothing of it is lost unsaid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.core.text.escaping import one_line
from claimcli.formats.drawing.text_metrics import (
    ELLIPSIS,
    clusters,
    fit,
    right_to_left,
    width,
    wrap,
)
from tests.formats.test_briefing import HOSTILE

TEXTS = st.one_of(st.text(max_size=200), st.text("aW -/中。ש\u0301👩‍👧 ", max_size=120))


def test_words_stay_whole() -> None:
    """Lines break between words and after hyphens and slashes."""
    lines = wrap("The main was inspected in quality-of-water and/or so.", 60, 10, most=20)

    assert lines == (
        "The main", "was", "inspected", "in quality-", "of-water", "and/or so.",
    )  # fmt: skip


def test_what_is_left_over_is_said() -> None:
    """A text with more lines than it may have ends in an ellipsis, and fits with it."""
    assert wrap("one two three four", 50, 10, most=2) == ("one two", "three f…")
    assert fit("Biden emphasised", 50, 10) == "Biden e…"
    assert fit("Biden", 50, 10) == "Biden"


def test_a_long_word_is_broken() -> None:
    lines = wrap("x" * 30, 60, 10, most=9)

    assert lines == ("x" * 10, "x" * 10, "x" * 10)


def test_scripts_without_spaces() -> None:
    """A line breaks anywhere but before what closes; letters beside them stay whole."""
    assert wrap("水质报告。说明abc水", 43, 10, most=9) == ("水质报", "告。说明", "abc水")


def test_letters_of_several_code_points_stay_whole() -> None:
    assert clusters("e\u0301x") == ["e\u0301", "x"]
    assert wrap("👩‍👧👩‍👧", 30, 10, most=9) == ("👩‍👧", "👩‍👧")
    assert clusters("a" + "\u0301" * 99) == ["a" + "\u0301" * 4]


@pytest.mark.parametrize(
    ("text", "left"),
    [("שלום abc", True), ("123 سلام", True), ("abc שלום", False), ("123", False), ("", False)],
)
def test_direction(text: str, left: bool) -> None:
    """The first letter that has a direction gives the text its own."""
    assert right_to_left(text) is left


@pytest.mark.parametrize("text", ["Washington", "ДОГОВОР", "中国人民", "שלום", "👩‍👧 café"])
def test_width_grows_with_the_font(text: str) -> None:
    assert width(text, 20) == pytest.approx(2 * width(text, 10))
    assert width(text, 10, bold=True) > width(text, 10) > 0


@given(TEXTS, st.floats(15, 300), st.integers(1, 6))
def test_no_line_is_wider_than_its_room(text: str, room: float, most: int) -> None:
    lines = wrap(text, room, 10, most=most)

    assert len(lines) <= most
    assert all(width(line, 10) <= room + 1e-6 for line in lines)
    assert all(line and line == line.strip(" ") for line in lines)


@given(st.one_of(TEXTS, st.sampled_from(HOSTILE)))
def test_nothing_is_lost_but_spaces_and_marks(text: str) -> None:
    """With lines enough, the lines together are the text."""

    def bare(words: str) -> str:
        return "".join(clusters(words)).replace(" ", "")

    lines = wrap(text, 150, 10, most=10_000)

    assert ELLIPSIS in text or "﷽" in text or bare("".join(lines)) == bare(one_line(text))
