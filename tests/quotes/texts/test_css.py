"""Which style rules apply to which elements, and what a hostile style sheet can cost."""

import pytest

pytest.importorskip("lxml", reason="an extra that is not installed")

from claimcli.quotes.texts import css, css_selectors
from claimcli.quotes.texts.css import PageError, is_screen, parse_declarations, parse_rules
from claimcli.quotes.texts.page import read_page


def seen(style: str, body: str) -> str:
    """Return the words that a reader sees."""
    page = read_page(f"<style>{style}</style><body>{body}</body>")
    return " ".join("".join(f"{b.text} " for b in page.blocks).replace("\u2060", "").split())


@pytest.mark.parametrize(
    ("selector", "body"),
    [
        ("p", "<p>gone</p>"),
        ("*", "<p>gone</p>"),
        (".a.b", "<p class='b a c'>gone</p><p class=a>kept</p>"),
        ("#a", "<p id=a>gone</p><p id=b>kept</p>"),
        ("p.a, div", "<p class=a>gone</p><div>gone</div><b class=a>kept</b>"),
        ("div p", "<div><b><p>gone</p></b></div><p>kept</p>"),
        ("div > p", "<div><p>gone</p><b><p>kept</p></b></div>"),
        (".a .b .c", "<i class=a><i class=b><i><i class=c>gone</i></i></i></i><i class=c>kept</i>"),
        ("h1 + p", "<h1>kept</h1><p>gone</p><p>kept</p>"),
        ("h1 ~ p", "<h1>kept</h1><p>gone</p><p>gone</p>"),
        ("[data-x]", "<p data-x>gone</p><p>kept</p>"),
        ("[data-x='a b' ]", "<p data-x='a b'>gone</p><p data-x=a>kept</p>"),
        ("[class~=a]", "<p class='b a'>gone</p><p class=ab>kept</p>"),
        ("[lang|=de]", "<p lang=de-AT>gone</p><p lang=den>kept</p>"),
        ("[id^=a][id$=z][id*=m]", "<p id=amz>gone</p><p id=az>kept</p>"),
        ("p:not(.a):not([id])", "<p>gone</p><p class=a>kept</p><p id=b>kept</p>"),
        (":is(p, b)", "<p>gone</p><i>kept</i><b>gone</b>"),
        ("[data-x=AB i], [data-y='a' i]", "<p data-x=ab>gone</p><p data-y=A>gone</p><p data-x=a>kept"),
        ("[title='a]b'], #q", "<p title='a]b'>gone</p><p id=q>gone</p><p title=a>kept</p>"),
        ("li:first-child", "<ul><li>gone<li>kept</ul>"),
        ("li:last-child", "<ul><li>kept<li>gone</ul>"),
        (r".md\:x\31", "<p class='md:x1'>gone</p><p class=md>kept</p>"),
        ("a:hover, a:link", "<a href=x>gone</a><a>kept</a>"),
        ("p:hover, p::before, p:nth-child(1)", "<p>kept</p>"),
        ("p..a, p", "<p>kept</p>"),
        ("p:not(:hover)", "<p>kept</p>"),
    ],
)  # fmt: skip
def test_selectors(selector: str, body: str) -> None:
    """``gone`` is selected, ``kept`` is not."""
    words = seen(f"{selector} {{ display: none }}", f"{body}<p id=z9 class=z9>").split()

    assert set(words) <= {"kept"}
    assert words.count("kept") == body.count("kept")


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("p{display:none} p{display:block}", True),
        (".a{display:none} p{display:block}", False),
        ("#a{display:block} .a{display:none} p.a{display:none}", True),
        ("p{display:none!important} #a{display:block}", False),
        ("p{display:none ! important} p{display:block}", False),
        ("@media print{p{display:none}}", True),
        ("@media screen{@media (min-width:1px){p{display:none}}} b{}", False),
        ("@supports (display:grid){p{display:none}}", False),
        ("@layer x{p{display:none}}", False),
        ("@font-face{p{display:none}} @keyframes k{from{display:none}}", True),
        ("@import 'x;y'; @charset \"}\"; p{display:none}", False),
        ("/* } p{ */p{/*;*/display/**/:none}", False),
        ("p::after{content:'}'} p{display:none}", False),
        ("a{b{} p{display:none}} ", True),
        ("a{color:red}} p{display:none}", True),
        ("p{display:none", False),
        ("p{color:url(a;b}c);display:none}", False),
        ("p{display:var(--x)} p{foo;display:none;}", False),
        ("<!-- p{display:none} -->", False),
        ("}}} p{display:none}", True),
        ("b{}; p{display:none}", True),
        ("@charset 'x'; p{display:none}", False),
        ("p{display:none; display:nothing; display:}", False),
        ("p{visibility:hidden; visibility:shown}", False),
        ("p{display:none !ie}", True),
        (r"p{display:none\9}", True),
        (r"p{d\69splay:n\6f ne}", False),
        ("b{background:url(a'b)} p{display:none}", False),
        ("@media (400px <= width < 2000px){p{display:none}}", False),
        ("@media (width < 400px) or (1px < height){p{display:none}}", False),
        ("@media (min-width:1280px){p{display:none}}", False),
        ("@media (width > 1280px){p{display:none}}", True),
        ("@supports (-webkit-touch-callout:none){p{display:none}}", True),
        ("@supports not (-moz-appearance:none){p{display:none}}", False),
        ("@supports (-ms-a:b) or (display:grid){p{display:none}}", False),
        ("@layer x{#a.a{display:none}} p{display:block}", True),
        ("@layer y, x; @layer x{p{display:none}} @layer y{#a{display:block}}", False),
        ("@layer x{p{display:none!important}} #a{display:block!important}", False),
        ("@layer x{@layer y{p{display:none}} p{display:block}}", True),
        ("@layer x.y{p{display:none}} @layer{p{display:block}}", True),
    ],
)  # fmt: skip
def test_cascade_and_malformed_rules(style: str, shown: bool) -> None:
    """A mistake costs what it costs in a browser: the rule, or the declaration."""
    assert (seen(style, "<p id=a class=a>x</p>") == "x") is shown


def test_an_attribute_is_stronger_than_rules() -> None:
    for rule, shown in (("display:none", True), ("display:none!important", False)):
        assert (seen(f"p{{{rule}}}", "<p style='display:block'>x</p>") == "x") is shown


@pytest.mark.parametrize(
    ("declarations", "shown"),
    [
        ("opacity:0", False), ("opacity:0%", False), ("opacity:.01", True),
        ("font-size:0", False), ("font:0/0 a", False), ("font:10px a", True),
        ("height:0;overflow:hidden", False), ("height:0", True),
        ("max-height:0;overflow-y:hidden", False), ("width:100%;overflow:hidden", True),
        ("position:absolute;clip:rect(1px, 1px, 1px, 1px)", False),
        ("clip:rect(0 0 0 0)", True), ("clip-path:inset(50%)", False), ("clip-path:inset(5%)", True),
        ("text-indent:-9999px", False), ("text-indent:-2em", True),
        ("position:fixed;top:-9999em", False), ("left:-9999px", True),
        ("transform:scale(0)", False), ("transform:scale(0.9)", True),
        ("visibility:collapse", False), ("content-visibility:hidden", False),
    ],
)  # fmt: skip
def test_what_no_reader_sees(declarations: str, shown: bool) -> None:
    assert (seen("", f"<p style='{declarations}'>x</p>") == "x") is shown


def test_inheritance() -> None:
    """Children can be visible again, and have a size again; they stay struck out."""
    hidden = "<p style='visibility:hidden'>a <b style='visibility:visible'>b</b></p>"
    tiny = (
        "<p style='font-size:0'>a <b style='font-size:12px'>b</b><i style='font-size:2em'>c</i></p>"
    )
    struck = "<s><p>a</p></s><strike><p>a</p></strike><p style='text-decoration:line-through'>b"
    struck += "<p style='text-decoration:line-through'>a <b style='text-decoration:none'>b</b></p>"

    assert [seen("", body) for body in (hidden, tiny, struck)] == ["b", "b", ""]
    assert seen("", "<del style='text-decoration:none'>a</del>b") == "b"


def test_media() -> None:
    """As on a wide screen with a mouse."""
    for media in ("screen", "all", "only screen and (min-width: 40em)", "print, (color)", "not print",
                  "(width >= 600px)", "(orientation: landscape)"):  # fmt: skip
        assert is_screen(media), media
    for media in ("print", "(max-width: 600px)", "screen and (unknown)", "not screen", "speech",
                  "(prefers-reduced-motion: reduce)", "(width < 600px)"):  # fmt: skip
        assert not is_screen(media), media
    assert parse_rules([("print", "p{display:none}")]) == []
    page = read_page("<style media=print>p{display:none}</style><style type=text/x>p{}</style><p>x")
    assert [block.text for block in page.blocks] == ["x"]


def test_declarations() -> None:
    found = parse_declarations(
        "Display : NONE !important; color: red; x; float:left;overflow-x:clip"
    )

    assert [(d.name, d.value, d.important) for d in found] == [
        ("display", "none", True), ("float", "left", False), ("overflow", "clip", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "reason"),
    [
        ("p{display:none}" * (css.MAX_RULES + 1), "has more than 50,000 style rules"),
        (f"{'a,' * css_selectors.MAX_SELECTORS}p{{display:none}}",
         "has more than 200,000 selectors of style rules"),
        (f"{'a>' * css_selectors.MAX_PARTS}p{{display:none}}",
         "has a style rule with more than 60 parts"),
        ("@media screen{" * css.MAX_NESTING, "has style rules that are nested too deeply"),
    ],
)  # fmt: skip
def test_limits_of_style_sheets(style: str, reason: str) -> None:
    """A page whose visible text would be guessed is not read."""
    with pytest.raises(PageError, match=reason):
        seen(style, "<p>x</p>")


def test_the_limit_of_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Selectors times elements are bounded, however they are distributed."""
    monkeypatch.setattr(css_selectors, "MAX_TESTS", 1_000)
    for style, body in (
        (".a{display:none}" * 40, "<p class=a>x</p>" * 40),
        ("h1 div div div div .a{display:none}", f"{'<div>' * 40}<p class=a>x"),
        ("h1~.a~.a~.a{display:none}", "<p class=a>x</p>" * 40),
    ):
        with pytest.raises(PageError, match="has style rules that take too long to apply"):
            seen(style, body)


@pytest.mark.parametrize(
    "style",
    ["{" * 40, "/* " * 9_000, '"\\' * 9_000, ":not(" * 9_000, "[" * 9_000, "é" * 9_000 + "!{a:b}",
     "\\a" * 9_000 + "!{a:b}", f"[{'é' * 9_000}!]{{display:none}}", "p{" + "display:" * 9_000],
)  # fmt: skip
def test_malformed_style_sheets_take_linear_time(style: str) -> None:
    """Each ends, and hides nothing."""
    assert seen(style, "<p>x</p>") == "x"
