"""LaTeX in BibTeX as plain text."""

import pytest

from claimcli.exchange.bibliography.latex import plain_address, plain_text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"M{\"u}ller, M\"{u}ller, M\"uller", "Müller, Müller, Müller"),
        (r"Garc{\'\i}a, \v{C}apek, Erd\H{o}s, Stra{\ss}e", "García, Čapek, Erdős, Straße"),
        (r"{\'E}cole d'{\'e}t\'e, \c c, \O re", "École d'été, ç, Øre"),
        (r"A \& B, 50\%, a\_b, \$5, \{x\}", "A & B, 50%, a_b, $5, {x}"),
        (r"{NATO} and {{the EU}}", "NATO and the EU"),
        (r"1--2, a---b, a~b, ``x''", "1–2, a—b, a b, “x”"),
        (r"\emph{one} \textbf{two} {\it three} \enquote{four}", "one two three “four”"),
        (r"x$^{2}$, CO$_2$, m\textsuperscript{3}", "x<sup>2</sup>, CO<sub>2</sub>, m<sup>3</sup>"),
        (r"$a+b$ stays", "$a+b$ stays"),
        (r"\url{https://a.example/b_c~d--e}", "https://a.example/b_c~d--e"),
        (r"\textquotedblleft x\textquotedblright, \ldots{} y", "“x”, … y"),
        ("one\n  two", "one two"),
        ("a } b { c \\", "a b c \\"),
    ],
)
def test_plain_text(latex: str, text: str) -> None:
    """Accents, signs, styles and raised text are understood."""
    assert plain_text(latex) == (text, [])


def test_unknown_commands() -> None:
    """They are left out and reported; their argument is kept."""
    assert plain_text(r"\foo{bar} \baz x") == ("bar x", ["\\foo", "\\baz"])


def test_deep_nesting() -> None:
    """It is no recursion without end."""
    assert "x" in plain_text("{" * 5_000 + "x" + "}" * 5_000)[0]
    assert plain_text(r"\'" * 5_000)[0]


def test_addresses() -> None:
    """Escaped signs of an address are the signs."""
    assert plain_address(r"https://a.example/x\_y{\_}z\%20?a=1\&b#\~{}c") == (
        "https://a.example/x_y_z%20?a=1&b#~c"
    )
    assert plain_address(r"\url{https://a.example/~x--y}") == "https://a.example/~x--y"
