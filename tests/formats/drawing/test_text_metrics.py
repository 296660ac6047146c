"""Width and line breaks of text in pictures."""

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


def test_a_period_breaks_between_its_dates() -> None:
    """A date itself is never broken."""
    lines = wrap("2023-05-02/2023-05-04", 100, 12, most=2, bold=True)

    assert lines == ("2023-05-02/", "2023-05-04")


def test_line_breaks() -> None:
    """Lines break between words and after hyphens and slashes."""
    lines = wrap("The main was inspected in quality-of-water and/or so.", 60, 10, most=20)

    assert lines == (
        "The main", "was", "inspected", "in quality-", "of-water", "and/or so.",
    )  # fmt: skip


def test_too_much_text() -> None:
    """A text with too many lines ends with an ellipsis, and fits with it."""
    assert wrap("one two three four", 50, 10, most=2) == ("one two", "three f…")
    assert fit("Biden emphasised", 50, 10) == "Biden e…"
    assert fit("Biden", 50, 10) == "Biden"


def test_long_word() -> None:
    """A word that is longer than a line is broken."""
    lines = wrap("x" * 30, 60, 10, most=9)

    assert lines == ("x" * 10, "x" * 10, "x" * 10)


def test_scripts_without_spaces() -> None:
    """Lines break between any characters, but not before closing punctuation or in Latin words."""
    assert wrap("水质报告。说明abc水", 43, 10, most=9) == ("水质报", "告。说明", "abc水")


def test_grapheme_clusters() -> None:
    """Lines do not break within letters of several code points."""
    assert clusters("e\u0301x") == ["e\u0301", "x"]
    assert wrap("👩‍👧👩‍👧", 20, 10, most=9) == ("👩‍👧", "👩‍👧")
    assert clusters("a" + "\u0301" * 99) == ["a" + "\u0301" * 4]
    assert clusters("เกาะไทย") == ["เกาะ", "ไท", "ย"]


@pytest.mark.parametrize(
    ("text", "left"),
    [("שלום abc", True), ("123 سلام", True), ("abc שלום", False), ("123", False), ("", False)],
)
def test_direction(text: str, left: bool) -> None:
    """The first letter with a direction determines the direction of the text."""
    assert right_to_left(text) is left


@pytest.mark.parametrize("text", ["Washington", "ДОГОВОР", "中国人民", "שלום", "👩‍👧 café"])
def test_width_grows_with_the_font(text: str) -> None:
    """The width is proportional to the font size."""
    assert width(text, 20) == pytest.approx(2 * width(text, 10))
    assert width(text, 10, bold=True) > width(text, 10) > 0


@pytest.mark.parametrize(
    ("text", "ems"),
    [
        ("حكومة الجمهورية العربية", 10.2),
        ("جامعة الدول العربية", 8.2),
        ("שר החוץ של ישראל", 8.2),
        ("भारत सरकार", 4.8),
        ("राष्ट्रीय स्वयंसेवक संघ", 7.5),
        ("รัฐบาลไทย", 4.1),
        ("กระทรวงการต่างประเทศ", 9.6),
        ("বাংলাদেশ সরকার", 7.1),
        ("中华人民共和国", 7.0),
        ("（２０２３，）", 7.0),
    ],
)
def test_other_scripts_have_their_width(text: str, ems: float) -> None:
    """The width is at least that in DejaVu Sans and Noto Sans, and not much more.

    Letters of Arabic are narrow within words; marks above and below letters have no width.
    """
    assert ems <= width(text) <= 1.6 * ems


def test_an_emoji_of_several_code_points_is_one_wide() -> None:
    for sequence in ("👩‍👧", "👍🏽", "🇺🇦"):
        assert width(sequence) == pytest.approx(width("👩"), abs=0.1)


def test_words_of_a_name_stay_whole() -> None:
    """Neither an ellipsis nor a break within a word, where there is room for the words."""
    assert wrap("حكومة الجمهورية العربية", 108, 12, most=4, bold=True) == (
        "حكومة", "الجمهورية", "العربية",
    )  # fmt: skip
    assert wrap("राष्ट्रीय स्वयंसेवक संघ", 108, 12, most=4, bold=True) == (
        "राष्ट्रीय", "स्वयंसेवक संघ",
    )  # fmt: skip


@given(TEXTS, st.floats(15, 300), st.integers(1, 6))
def test_lines_fit_their_room(text: str, room: float, most: int) -> None:
    lines = wrap(text, room, 10, most=most)

    assert len(lines) <= most
    assert all(width(line, 10) <= room + 1e-6 for line in lines)
    assert all(line and line == line.strip(" ") for line in lines)


@given(st.one_of(TEXTS, st.sampled_from(HOSTILE)))
def test_no_text_is_lost(text: str) -> None:
    """With enough lines, the lines together are the text without some spaces and marks."""

    def bare(words: str) -> str:
        return "".join(clusters(words)).replace(" ", "").replace("\xa0", "")

    lines = wrap(text, 150, 10, most=10_000)

    assert ELLIPSIS in text or "﷽" in text or bare("".join(lines)) == bare(one_line(text))
