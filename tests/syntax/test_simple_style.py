"""The fast parser of the simple style gives what the YAML parser gives, or nothing."""

from hypothesis import given
from hypothesis import strategies as st

from claimcli.syntax.events import parse_events
from claimcli.syntax.parser import parse_entries
from claimcli.syntax.simple_style import parse_simple

VALUES = (
    *("text", "two words", "it's", 'a "b" c', "a: b", "a:b", "a #b", "a#b", "ends:", "é", "文"),
    *("2021-12-30", "https://a.example/b?c=d#e", "- x", "-x", "&a x", "*a", "!!str x", "!x", "~"),
    *("'quoted'", "'it''s'", '"quoted"', '"a \\" b"', '"a" b', '"it\'s"', "'a: b #c'", "''", '"'),
    *("{a: b}", '{a: b, c: "d, e"}', "{a: 'b'}", "{a: b, a: c}", "{a: }", "{}", "{a: b, }", "{a"),
    *("[a, b]", "[a b, 'c', \"d\"]", "[]", "[a, ]", "[[a, b]]", "[a,b]", "[{a: b}]", "[a] # b"),
    *("{a: b c, d: x/y}", "{a: b:c}", "{a:b}", "[a: b]", "{a: b}x", "[a ,b]", "{a: [b]}"),
    *(">-", ">", "|", "|-", ">+", "|2", "> # x", "", "# comment", "#x", "x # y", "x #y", "x  # y"),
    *("%a", "@a", "`a`", "? a", ", a", "] a", "} a", "=", "<<", "...", "---", "(a)", "$5", "“a”"),
    *("x ", " x", "\tx", "x\ty", "\u00a0x", "x\u2028y", "x\u0085y", "\ufeffx", "🚢", "\u200bx"),
)
KEYS = ("a", "b", "claims", "some_key", "key2", "2key", "two-parts", "é", "'a'", '"a"', "<<", "?")
"""Keys of the simple style, and others."""


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Return a line of YAML, or one that is nearly YAML."""
    indent = " " * draw(st.integers(0, 6))
    dash = draw(st.sampled_from(("", "", "- ", "- - ", "-", "-  ")))
    key = draw(st.sampled_from(("", *(f"{key}: " for key in KEYS), *(f"{key}:" for key in KEYS))))
    return f"{indent}{dash}{key}{draw(st.sampled_from(VALUES))}"


@st.composite
def blocks(draw: st.DrawFn, indent: int = 0, depth: int = 0) -> list[str]:
    """Return the lines of a mapping in the simple style, with some values of other styles."""
    text: list[str] = []
    space = " " * indent
    for key in draw(st.lists(st.sampled_from(KEYS[:5]), min_size=1, max_size=4, unique=True)):
        kind = draw(st.integers(0, 5)) if depth else draw(st.integers(3, 4))
        if kind < 2:
            text.append(f"{space}{key}: {draw(st.sampled_from(VALUES))}".rstrip())
        elif kind == 2:
            below = " " * draw(st.sampled_from((indent + 2, indent + 1, indent)))
            text.append(f"{space}{key}: {draw(st.sampled_from(('>-', '>', '|', '|-')))}")
            text += draw(
                st.lists(st.sampled_from((f"{below}x", f"{below}- y: #z", "")), max_size=4)
            )
        elif depth < 3:
            text.append(f"{space}{key}:")
            deeper = indent + draw(st.sampled_from((0, 2, 4)))
            for _ in range(draw(st.integers(1, 2))):
                item = draw(blocks(deeper + 2, depth + 1))
                text += [f"{' ' * deeper}- {item[0].lstrip(' ')}", *item[1:]]
        text += draw(st.sampled_from(((), (), (), ("",), ("# comment",), (f"{space}  # x", ""))))
    return text or [f"{space}a: x"]


def assert_equal(text: str) -> None:
    """Compare both parsers, if the fast one reads the text."""
    entries = parse_simple(text)
    if entries is not None:
        assert list(parse_entries(text, "", lambda whole: parse_events(whole))) == entries


@given(st.lists(lines(), max_size=6), st.sampled_from(("\n", "", "\r\n")))
def test_random_lines_are_read_as_by_the_yaml_parser(text: list[str], end: str) -> None:
    """Lines at random are mostly no YAML: the fast parser leaves them to the other."""
    assert_equal("".join(f"{line}\n" for line in text[:-1]) + "".join(text[-1:]) + end)


@given(blocks(), st.integers(0, 40), lines())
def test_random_records_are_read_as_by_the_yaml_parser(
    text: list[str], place: int, line: str
) -> None:
    """So is a text in the simple style, also with a line that does not belong there."""
    assert_equal("\n".join(text) + "\n")
    assert_equal("\n".join([*text[:place], line, *text[place:]]) + "\n")


def test_the_style_of_most_files_is_read() -> None:
    """Texts, folded texts, short lists and mappings, comments: all without the YAML parser."""
    text = """\
# The claims.
claims:
  - id: a
    party: residents
    statement: >-
      The main leaks,
      and is old.
    said: 2021-12-30
    source: {id: news, quote: "It leaks."}
    tags: [water, 'main']

    rebuttals:
    - party: council
      statement: 'It does not.'
"""
    entries = parse_simple(text)

    assert entries is not None
    assert [entry.section.text for entry in entries] == ["claims"]
    assert_equal(text)


def test_nothing_is_read_of_another_style() -> None:
    """Anchors, tags, repeated keys, texts of several lines and control characters are left."""
    for value in (
        "&a x",
        "!!str x",
        "x\n      y",
        "'x\n      y'",
        "x\x07",
        "{b: [c]}",
        "x\n    b: y",
    ):
        assert parse_simple(f"claims:\n  - a: 1\n    b: {value}\n") is None
