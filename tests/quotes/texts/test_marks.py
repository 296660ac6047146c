"""Footnote marks are removed; exponents, ordinals and units stay what they are."""

import pytest

pytest.importorskip("lxml", reason="an extra that is not installed")

from claimcli.quotes.texts.blocks import LEFT_OUT
from claimcli.quotes.texts.page import read_page


def read(html: str) -> str:
    """Return the text of a paragraph, with ``‸`` where something is left out."""
    return "\n".join(b.text for b in read_page(f"<p>{html}</p>").blocks).replace(LEFT_OUT, "‸")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        # An exponent is never joined to its number, nor removed.
        ("10<sup>6</sup> men", "10⁶ men"),
        ("10 <sup>6</sup> men", "10 ⁶ men"),
        ("1000<sup>2</sup> and 3.5<sup>2</sup>", "1000² and 3.5²"),
        ("10<sup>&minus;3</sup>, 10<sup>-3</sup>, 10<sup>n</sup>, 10<sup>2n</sup>",
         "10⁻³, 10⁻³, 10ⁿ, 10²ⁿ"),
        ("10<sup>6</sup><sup>3</sup> men", "10⁶‸ men"),
        ("10<span style='vertical-align:super'>6</span>, 10<span style='vertical-align:sub'>2</span>",
         "10⁶, 10₂"),
        ("x<sup>2</sup> + mc<sup>2</sup> + sin<sup>2</sup>", "x² + mc² + sin²"),
        ("<sup>1</sup>/<sub>2</sub> and 1<sup>3</sup>&frasl;<sub>4</sub>", "¹/₂ and 1³⁄₄"),
        ("the <sup>235</sup>U and <sup>14</sup>C", "the ²³⁵U and ¹⁴C"),
        # A mark after a number never changes it.
        ("in 2019<sup>3</sup> the", "in 2019‸ the"),
        ("27,994<sup>3</sup> men", "27,994‸ men"),
        ("27,994.<sup>3</sup> Men", "27,994.‸ Men"),
        ("5%<sup>3</sup>, 12<sup><a href='#n3'>3</a></sup>", "5%‸, 12‸"),
        ("12<a href='/chart'><sup>3</sup></a>", "12³"),
        # Ordinals, abbreviations and trade marks.
        ("2<sup>nd</sup>, 1<sup>er</sup>, XIX<sup>e</sup>, 3<sup>a</sup>", "2nd, 1er, XIXe, 3a"),
        ("n<sup>o</sup> 5, M<sup>me</sup> X, 20<sup>o</sup>C", "no 5, Mme X, 20oC"),
        ("We <a href='/x'>don't<sup>®</sup></a>, not<sup>TM</sup>", "We don't®, notTM"),
        # Units.
        ("km<sup>2</sup>, m<sup>3</sup>, ft<sup>2</sup>, CO<sub>2</sub>", "km², m³, ft², CO₂"),
        ("km<sup>2</sup><sup>4</sup>", "km²‸"),
        # Marks.
        ("word<sup>1</sup>, word<sup>1,2</sup> word<sup>3–5</sup>", "word‸, word‸ word‸"),
        ("word<sup>a</sup> word<sup>*</sup> word<sup>††</sup> word<sup>[b]</sup>",
         "word‸ word‸ word‸ word‸"),
        ("word<sup>a,b</sup> word<sup>c, d</sup> x", "word‸ word‸ x"),
        ("word<sup>(1)</sup> word<sup>[note 3]</sup> word<sup>[1][2]</sup>", "word‸ word‸ word‸"),
        ("word <sup>1</sup> more", "word ‸more"),
        ("word<sup>[<a href='#n1'>1</a>]</sup>, word<sup><a href='#n1'><b>1</b></a></sup>",
         "word‸, word‸"),
        ("word<a href='#n1'><sup>1</sup></a> word<a href='#n2'>[2]</a>", "word‸ word‸"),
        ("word<a role='doc-noteref' href='#n1'>1</a> word<span class='x noteref'>2</span>",
         "word‸ word‸"),
        # Words are never removed, whatever their element says.
        ("<a class='reference' href='#r'>not <sup>1</sup></a>yet", "not ‸yet"),
        ("We do<sup>not</sup>, <sup>never</sup>", "We donot, never"),
        ("<a class='footnote-ref' href='#r'>do not</a> go", "do not go"),
        ("They took <span class='reference'>12</span> men, see <a href='#x'>12</a>",
         "They took 12 men, see 12"),
        ("page <a href='/p'>[2]</a>", "page [2]"),
    ],
)  # fmt: skip
def test_raised_text(html: str, text: str) -> None:
    assert read(html) == text


def test_fractions_and_powers_of_mathml() -> None:
    """They are no other number, whatever precedes them."""
    half = "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>"
    power = (
        "<math><msup><mn>10</mn><mn>6</mn></msup><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"
    )

    assert read(f"3{half} days") == "3 1/2 days"
    assert read(f"{power}</math>") == "10⁶x₁²"


def test_long_text_is_no_mark() -> None:
    """A page can put everything into superscripts; that costs no more."""
    assert read(f"a<sup>{'1, ' * 40}</sup>") == f"a{'1, ' * 39}1,"
    assert len(read("<sup>1" * 300 + "x")) == 301
