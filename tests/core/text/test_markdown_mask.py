"""Markdown's own marks are set aside, and what is not said in a text is not read as said."""

import pytest

from claimcli.core.text.markdown_mask import HIDDEN, mask_markdown


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The **main** was *found* `sound`.", "The main was found sound."),
        ("wor*d*s and _more_ words", "words and more words"),
        ('It [was](https://x.example/a_b "not") fine', "It was fine"),
        ("It [was][ref] fine.[^note] More", "It was fine. More"),
        ("# Heading\n> quoted\n- item\n", "Heading\nquoted\nitem\n"),
        ("We will ~~not~~ go", "We will  go"),
        ("a <!-- never\nsaid --> b", "a \n b"),
        ("see ![not](x.png) it", "see  it"),
        ('[ref]: https://x.example/ "not said"\nsaid', "\nsaid"),
        ("<b>mayor</b> &amp; council", "mayor & council"),
        ("a \\*star\\* here", "a *star* here"),
        ("5 *3 and 2* 4 and 3*4", "5 3 and 2 4 and 3*4"),
        ("can`t go", "can`t go"),
        ("snake_case and 2 < 3 > 1", "snake_case and 2 < 3 > 1"),
    ],
)
def test_what_is_read_of_a_text(text: str, read: str) -> None:
    """As long as the text, so that offsets are the file's."""
    plain = mask_markdown(text)

    assert len(plain) == len(text)
    assert plain.replace(HIDDEN, "") == read
