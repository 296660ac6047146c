"""A page as one text with a masked part, saved and read again, with places in the file."""

import pytest

from claimcli.quotes.searchable import Place, SearchableText
from claimcli.quotes.texts.blocks import REST, Block, join_blocks, read_saved, save_blocks

BLOCKS = [
    Block("Start", main=False, lines=((0, 3),)),
    Block("The gate\nis shut.", lines=((0, 5), (9, 7))),
    Block("Not ours", main=False, lines=((0, 9),)),
]


def test_the_main_text_is_searched_first() -> None:
    """Positions are the same in all three texts."""
    page = join_blocks(BLOCKS)

    assert page.text == page.whole == "Start\n\nThe gate\nis shut.\n\nNot ours"
    assert page.plain == "     \n\nThe gate\nis shut.\n\n        "
    assert page.lines == ((0, 3), (7, 5), (16, 7), (26, 9))


def test_a_saved_page_is_read_with_the_same_parts() -> None:
    """Also with line ends of Windows; without a rest there is no line that begins it."""
    saved = save_blocks(BLOCKS)
    assert saved == f"The gate\nis shut.\n\n{REST}\n\nStart\n\nNot ours"
    for text in (saved, saved.replace("\n", "\r\n")):
        page = read_saved(text)
        assert page.text == text
        assert page.plain.split() == ["The", "gate", "is", "shut."]
        assert page.whole.split() == ["The", "gate", "is", "shut.", "Start", "Not", "ours"]
        assert len(page.plain) == len(page.whole) == len(text)

    assert save_blocks(BLOCKS[1:2]) == "The gate\nis shut."
    assert read_saved(f"He wrote {REST}").plain == f"He wrote {REST}"


def test_places() -> None:
    """HTML has lines of the file, PDF has pages with lines, other texts have lines and columns."""
    page = join_blocks(BLOCKS)
    html = SearchableText(page.text, page.plain, whole=page.whole, lines=page.lines)
    pdf = SearchableText("a\nb\fc\nd\f\fe", paged=True)
    text = SearchableText("a\r\nbc\fd")

    assert [html.place(at) for at in (0, 8, 20, 30)] == [Place(3), Place(5), Place(7), Place(9)]
    assert [pdf.place(at) for at in (0, 2, 4, 6, 9)] == [
        Place(1, 1, 1), Place(2, 1, 1), Place(1, 1, 2), Place(2, 1, 2), Place(1, 1, 4),
    ]  # fmt: skip
    assert [text.place(at) for at in (0, 4, 6)] == [Place(1, 1), Place(2, 2), Place(2, 4)]


@pytest.mark.parametrize("main", [True, False])
def test_all_that_a_reader_sees(main: bool) -> None:
    """It is searched only if it is more than the main text."""
    page = join_blocks([Block("a"), Block("b", main=main)])
    beyond = SearchableText(page.text, page.plain, whole=page.whole).beyond_main

    assert (beyond.plain if beyond else None) == (None if main else "a\n\nb")
