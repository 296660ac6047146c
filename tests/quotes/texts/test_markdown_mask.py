"""Markdown markup is masked, and so is text that does not belong to what a source says."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from claimcli.quotes.texts.markdown_emphasis import HIDDEN
from claimcli.quotes.texts.markdown_mask import mask_markdown


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


STRUCTURES = [
    "The [old dam](https://x.example/wiki/Dam_(old)) is [not safe](<x y> 'T') or [so](x (T)) they say",
    'A [link](x "t\\"u") and [one](x\n"two\nlines") and [a(b)](c(d(e))) but [not](b (c',
    "[Text][ref], [ref][], [ref] and [none]\n\n[ref]: <http://x.example> 'T'\n[two]: x\nend",
    "[a *b](x) c* and *a [b*](x) and [[a](x) b](y) and [a\\]b](c)",
    "![the dam](dam.png) and ![[a](x)](y) and [![p](q)](r) left",
    "*one* **two** ***three*** _four_ __five__ and **a *b* c** *a **b** c* **a *b***",
    'snake_case_name, __dunder__x, 2 * 3 * 4, **a*, *a **b*, **"quoted"**b and _(x)_.',
    '*a*"b"*c* **a** *b*c***d** _**a** b_ ***a** b* ***a* b** **a ***b',
    "*two\nlines* and **a\nb**\n\n*not\n\nthis*",
    "`*code*` ``a ` b`` ` `` ` `not closed **bold `x** y` and <b>`<i>`</b>",
    "```python\n*a* [b](c)\n```\nafter *it*\n\n~~~\n_x_ `y`\n~~~\n\n````\n```\n````\n",
    "Text\n\n    *indented* [code](x)\n\nText",
    "A line with two spaces  \nand one with a backslash\\\nthen *more*\\",
    "# Title *one* #\n## Two\n#not a heading\n\nSetext\n===\n\nSecond\n---\n\n***\n- - -\n",
    "- one\n- *two*\n  more\n    - nested **three**\n\n* star\n+ plus\n-minus",
    "> quoted *text*\n> > deeper *and\n> > on*\nlazy\n\n> - item\n> ```\n> *code*\n> ```\n",
    "| a | *b* |\n|:--|--:|\n| c `d` | e \\| f |\n| x | [y](z) |\n\nafter\n\na|b\n-|-\nc|d",
    "\\*not\\* \\# \\[a\\](b) \\`c\\` \\\\ \\a &amp; &copy; &#36;5 &unknown; `&amp;`",
    "<https://x.example/a_b_c> and <me@x.example> and <b class='c'>bold</b> 2 < 3 > 1 <a+b>",
    "one<br>two<br/>three <span>four</span> <!-- five --> six\n\n<!-- seven\n\neight -->\nnine",
    "~~one~~ two ~~three *four*~~ five ~~ six ~~ and ~~~ seven",
]
"""Texts that other programs show with the same words."""
WITH_OTHER_WORDS = [
    ("1. one\n2) two", "1. one 2) two"),  # a quote can include the number
    ("==marked== and a==b or a == b", "marked and a==b or a == b"),  # an extension of many programs
    ("~one~ two ~5 or ~6 a~b", " two ~5 or ~6 a~b"),  # GFM, which markdown-it does not know
    ("<del>one</del> two <s>three <b>four</b></s> <strike>x", "two "),
    ("a <span hidden>b</span> c <i style='display: none'>d</i> e", "a c e"),
    ("<style>p {}</style>a <template>b <p>c</template>", "a"),
    ("said[^1] and[^note]: more\n\n[^1]: A *note*", "said and: more A note"),
    ("3*4 and 3*4", "3*4 and 3*4"),  # products
    ("---\ntitle: Not\n---\n# Title", "Title"),  # front matter
    ("10<sup>6</sup> men on 5 km<sup>2</sup>", "10\u2076 men on 5 km\u00b2"),
    ("CO<sub>2</sub> on the 2<sup>nd</sup> day", "CO\u2082 on the 2nd day"),
    ("10<sup>n</sup> in 1987<sup>3</sup>", "10\u207f in 1987"),
    (
        "they said.<sup>3</sup> Then words<sup>[4](#n)</sup> x[<sup>5</sup>](#n)",
        "they said. Then words x",
    ),
]
"""Texts in which this differs from markdown-it's result, which is only a rendering in HTML."""


def rendered(text: str) -> list[str]:
    """Return the words of a text as markdown-it shows them, without deletions."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return " ".join(map(_words, parser.parse(text))).split()


def _words(token: Token) -> str:
    if token.type == "html_block":
        return re.sub(r"(?s)<!--.*?-->|<[^>]*>", " ", token.content)
    if token.type != "inline":
        return token.content
    words, deleted = "", 0
    for child in token.children or ():
        deleted += (child.type == "s_open") - (child.type == "s_close")
        if child.type.endswith("break") or child.content.startswith("<br"):
            words += " "
        elif child.type in ("text", "code_inline") and not deleted:
            words += child.content
    return words


@pytest.mark.parametrize("text", STRUCTURES)
def test_the_words_are_those_of_another_program(text: str) -> None:
    """markdown-it shows the same words in the same order."""
    assert mask_markdown(text).replace(HIDDEN, "").split() == rendered(text)


@pytest.mark.parametrize(("text", "read"), WITH_OTHER_WORDS)
def test_what_a_reader_sees(text: str, read: str) -> None:
    """Hidden and deleted elements and footnote marks are masked; exponents stay exponents."""
    plain = mask_markdown(text)

    assert len(plain) == len(text)
    assert plain.replace(HIDDEN, "").split() == read.split()


PIECES = st.sampled_from(
    ["a", "b c", "*", "**", "_", "~~", "`", "[", "](x)", "![", "]", "(", "\\", "\n", "\n\n", "> ", "- ",
     "# ", "|", "|-|-|\n", "<b>", "</b>", "<sup>2</sup>", "<!--", "-->", "&amp;", "```\n", "    ", "==", "\r\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_positions_stay(text: str) -> None:
    """The result has the same length, the same lines, and only characters of the text."""
    plain = mask_markdown(text)

    assert len(plain) == len(text)
    assert [at for at, char in enumerate(plain) if char == "\n"] == (
        [at for at, char in enumerate(text) if char == "\n"]
    )
    assert all(
        one in (other, HIDDEN, "\t", " ", "\u00b2", "&")
        for one, other in zip(plain, text, strict=True)
    )


@pytest.mark.parametrize(
    "piece", ["[](", "[", "`", "<!-- ", "<del>", "&amp;", "~a ", "![a](", "<a b='"]
)
def test_repeated_markup(piece: str) -> None:
    """Markup that never ends takes a time in proportion to its length."""
    assert len(mask_markdown(piece * 20_000)) == 20_000 * len(piece)
