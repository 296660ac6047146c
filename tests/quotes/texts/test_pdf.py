"""The text of PDF files as a reader sees it, in reading order."""

import pytest

from claimcli.quotes.texts.pdf import read_pdf
from claimcli.quotes.texts.pdf_lines import Glyph, Line, line_text
from tests.support.pdf import Words, pdf

pytest.importorskip("pypdfium2", reason="an extra that is not installed")


def text_of(*pages: list[Words]) -> str:
    """Return the main text."""
    return "".join(piece for piece, main in read_pdf(pdf(*pages)) if main)


def line_of(*words: Words) -> str:
    return text_of(list(words))


RIGHT_TO_LEFT = [
    "\u05d4\u05d5\u05d5\u05e2\u05d3\u05d4 \u05e7\u05d9\u05d1\u05dc\u05d4 \u05d0\u05ea \u05d4\u05d3\u05d5\u05d7",
    "\u05d1-\u05d9\u05d5\u05dd 17.5 \u05d0\u05d5 20% \u05de\u05d4\u05dd",
    "\u05d4\u05e9\u05e8 (\u05dc\u05e9\u05e2\u05d1\u05e8) \u05d0\u05de\u05e8 \u05dcReuters News \u05d0\u05ea\u05de\u05d5\u05dc",
    "\u0642\u0631\u0631\u062a \u0627\u0644\u0644\u062c\u0646\u0629 \u062a\u0623\u062c\u064a\u0644 \u0627\u0644\u0627\u062c\u062a\u0645\u0627\u0639",
]  # fmt: skip
VISIBLE = [
    RIGHT_TO_LEFT[0][::-1],
    "\u05dd\u05d4\u05de 20% \u05d5\u05d0 17.5 \u05dd\u05d5\u05d9-\u05d1",
    "\u05dc\u05d5\u05de\u05ea\u05d0 Reuters News\u05dc \u05e8\u05de\u05d0 (\u05e8\u05d1\u05e2\u05e9\u05dc) \u05e8\u05e9\u05d4",
    RIGHT_TO_LEFT[3][::-1],
]
"""The same lines as they are printed, from left to right."""


@pytest.mark.parametrize(("text", "visible"), [*zip(RIGHT_TO_LEFT, VISIBLE, strict=True)])
def test_right_to_left_lines(text: str, visible: str) -> None:
    """They are in reading order, also with numbers, brackets and foreign words."""
    assert line_of(Words(20, 500, visible)) == text


def test_right_to_left_words_in_another_line() -> None:
    """Only their own letters are put in order; a wide gap between words is a space."""
    assert line_of(Words(20, 500, "the words \u05dd\u05d5\u05dc\u05e9"), Words(89, 500, "\u05d1\u05e8, he")) == (
        "the words \u05e8\u05d1 \u05e9\u05dc\u05d5\u05dd, he"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "raised", "after", "text"),
    [
        ("There were 10", "6", " cells", "There were 10\u2076 cells"),
        ("It is 40 km", "2", " wide", "It is 40 km\u00b2 wide"),
        ("on the 2", "nd", " day", "on the 2nd day"),
        ("where x", "2", " is", "where x\u00b2 is"),
        ("since 1987", "3", " at least", "since 1987\u2060 at least"),
        ("as they said.", "12", " Then", "as they said.\u2060 Then"),
        ("in this report", "7", " and", "in this report\u2060 and"),
        ("in this report", "*", " and", "in this report\u2060 and"),
        ("at 250", "3", " at least", "at 250\u00b3 at least"),
        ("and it", "3", " is", "and it\u2060 is"),
    ],
)
def test_raised_characters(before: str, raised: str, after: str, text: str) -> None:
    """Exponents and ordinals are written as such; a footnote mark is left out."""
    end = 20 + 5 * len(before) - 2.5 * before.count(" ")
    words = (
        Words(20, 500, before),
        Words(end, 504, raised, 6),
        Words(end + 3 * len(raised), 500, after),
    )

    assert line_of(*words) == text


def test_lowered_digits() -> None:
    """They become subscripts."""
    assert line_of(Words(20, 500, "CO"), Words(30, 498, "2", 6), Words(33, 500, " rises")) == (
        "CO\u2082 rises"
    )


def test_hyphens_at_line_ends() -> None:
    """The hyphen and the line end stay, so that lines have their numbers."""
    lines = [Words(20, 500, "on the recre-"), Words(20, 488, "ation of"), Words(20, 476, "the dam")]

    assert text_of(lines) == "on the recre-\nation of\nthe dam"


def test_sentence_across_pages() -> None:
    """Running heads, page numbers and footnotes do not interrupt a sentence."""

    def page(number: int, first: str, last: str) -> list[Words]:
        return [
            Words(20, 580, f"Report {number} of the board"),
            Words(20, 500, first),
            Words(20, 488, last),
            Words(20, 60, f"{number}", 5),
            Words(23, 56, " The footnote is small.", 8),
            Words(200, 20, f"\u2013 {number} \u2013"),
        ]

    pages = [page(1, "The board met", "and found that"), page(2, "the dam is safe.", "It left.")]
    pieces = list(read_pdf(pdf(*pages)))

    assert "".join(piece for piece, main in pieces if main) == (
        "The board met\nand found that\n\fthe dam is safe.\nIt left.\n"
    )
    assert "".join(piece for piece, _ in pieces) == (
        "Report 1 of the board\nThe board met\nand found that\n"
        "\u00b9 The footnote is small.\n\u2013 1 \u2013\f"
        "Report 2 of the board\nthe dam is safe.\nIt left.\n"
        "\u00b2 The footnote is small.\n\u2013 2 \u2013"
    )


def test_a_footnote_of_the_page() -> None:
    """A raised digit that could be an exponent is a footnote mark if the page has the footnote."""
    words = [Words(20, 500, "on tv"), Words(42.5, 504, "3", 6), Words(45.5, 500, " they say"),
             Words(20, 488, "it is so")]  # fmt: skip

    assert text_of(words) == "on tv\u00b3 they say\nit is so"
    assert text_of([*words, Words(20, 60, "3 See there.", 7)]) == (
        "on tv\u2060 they say\nit is so\n"
    )


def test_lines_that_are_on_two_pages_of_many() -> None:
    """A line at the top of two pages among many others is no running head."""
    pages = [
        [Words(20, 580, "A. Yes." if number in (4, 5) else f"line {'abcdefghij'[number]}")]
        for number in range(10)
    ]

    assert text_of(*pages).count("A. Yes.") == 2


def test_turned_text() -> None:
    """Its lines follow the others."""
    words = [Words(300, 100, "up the", 10, 90), Words(312, 100, "wall", 10, 90)]

    assert text_of([*words, Words(20, 500, "Level")]) == "Level\nup the\nwall"
    assert text_of([Words(20, 100, "Level"), *words]) == "Level\nup the\nwall"


def test_printed_line_numbers() -> None:
    """In a transcript they do not interrupt what is said; other numbers stay."""
    lines = [
        Words(20, 550 - 20 * number, f"{number} {'abcdefghijklm'[number]} and 5")
        for number in range(1, 13)
    ]
    pieces = list(read_pdf(pdf(lines)))

    assert "".join(piece for piece, main in pieces if main).startswith("b and 5\nc and 5\nd and")
    assert "".join(piece for piece, _ in pieces).startswith("1 b and 5\n2 c and 5\n3 d")
    assert text_of(lines[:6]).startswith("1 b and 5\n2 c")


def test_characters_without_a_size() -> None:
    """A file with errors is read as well as possible."""
    glyphs = tuple(Glyph(char, 0, 0, 0) for char in "none")

    assert line_text(Line(glyphs)) == "none"


def test_text_outside_of_the_page() -> None:
    """Nobody sees it; what is only cut by the edge stays."""
    outside = [Words(20, 900, "It never was"), Words(-300, 500, "not"), Words(450, 500, "not")]

    assert text_of([Words(20, 500, "It was safe"), *outside]) == "It was safe"
    assert text_of([Words(395, 596, "It")]).strip() == "It"


def test_text_without_ink() -> None:
    """It is left out between printed words; that of a scanned page with a stamp is its text."""
    unseen = Words(50, 500, "not", mode=3)
    scanned = [Words(20, 400 - 20 * line, f"Line {line}", mode=3) for line in range(1, 4)]

    assert text_of([Words(20, 500, "It is"), unseen, Words(80, 500, "safe")]) == "It is safe"
    assert text_of([Words(20, 500, "It is"), unseen, *scanned]).endswith("Line 1\nLine 2\nLine 3")
