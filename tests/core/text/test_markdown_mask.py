"""Markdown markup is masked, and so is text that does not belong to what a source says."""

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
def test_markup_is_masked(text: str, read: str) -> None:
    """The result has the length of the text, so that offsets stay valid."""
    plain = mask_markdown(text)

    assert len(plain) == len(text)
    assert plain.replace(HIDDEN, "") == read
