"""The fast parser of the simple style gives what the YAML parser gives, or nothing."""

import pytest
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


RECORDS = """\
claims:
  # The first.
  - id: a
    statement: >-
      The main leaks,
      and is old.
    source: {id: news, quote: "It leaks.", at: 10-12}
    tags: [water, 'main']
    note: |
      - a: b  # no comment
      # the next

    rebuttals:
    - party: council
      why:
        - It's new
        - "x: y"
      cites:
        - id: b

issues:
- id: water
  note: >
    one
    two
- plain text

"""
"""A text with everything that the fast parser reads."""
PIECES = (
    *"?:,[]{}#&*!|>'\"%@`-~=<.\\ \t\r\n09ay",
    *("\u00a0", "\u0085", "\u2028", "\ufeff", "\u0301", "\u200b", "🚢", "½", "²", "文"),
    *(": ", " #", "# ", " # x", "- ", "- - ", "? ", " : ", ":\n", ": |\n", "\n\n", "\n  ", "  "),
    *("\n---\n", "\n...\n", "%YAML 1.1\n", "\n# c\n", "\n    # c\n", "\n    \n", "k: v\n    "),
    *VALUES,
)
"""What is inserted at random."""


def assert_equal(text: str) -> None:
    """Compare both parsers, if the fast one reads the text."""
    entries = parse_simple(text)
    if entries is not None:
        assert list(parse_entries(text, "", lambda whole: parse_events(whole))) == entries


@given(st.lists(lines(), max_size=6), st.sampled_from(("\n", "", "\r\n")))
def test_random_lines_are_read_as_by_the_yaml_parser(text: list[str], end: str) -> None:
    """Lines at random are mostly no YAML: the fast parser leaves them to the other."""
    assert_equal("".join(f"{line}\n" for line in text[:-1]) + "".join(text[-1:]) + end)


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(RECORDS)),
            st.sampled_from((0, 0, 0, 1, 2, 8, 60)),
            st.sampled_from(("", *PIECES)),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_edited_records_are_read_as_by_the_yaml_parser(edits: list[tuple[int, int, str]]) -> None:
    """So is a text in the simple style in which some characters are removed or inserted."""
    text = RECORDS
    for start, length, new in edits:
        text = text[:start] + new + text[start + length :]
    assert_equal(text)


@pytest.mark.parametrize("remove", range(len(RECORDS.splitlines())))
@pytest.mark.parametrize("spaces", [0, 2, 4, 6, 8, 10, None])
def test_lines_at_another_indent_are_read_as_by_the_yaml_parser(
    remove: int, spaces: int | None
) -> None:
    """So is a text in which one line has another indent, or is missing."""
    lines = RECORDS.splitlines(keepends=True)
    text = lines[remove].lstrip(" ")
    lines[remove] = "" if spaces is None else " " * spaces + text
    assert_equal("".join(lines))


@pytest.mark.parametrize("length", [1_023, 1_024, 1_025, 2_000])
@pytest.mark.parametrize("text", ["{}:\n- x\n", "a:\n- {}: x\n", "a:\n- {{b: c, {}: x}}\n"])
def test_long_keys_are_left_to_the_yaml_parser(text: str, length: int) -> None:
    """It reads no key of more than 1,024 characters."""
    assert_equal(text.format("é" * length))


@pytest.mark.parametrize("levels", [44, 45, 46, 47, 48, 49, 50, 51, 60, 200])
@pytest.mark.parametrize("last", ["- x", "- {a: b}", "- a: [b]", " - [b]"])
def test_deep_nesting_is_left_to_the_yaml_parser(levels: int, last: str) -> None:
    """It reports a node that is nested more than 100 deep."""
    lists = "".join(f"{' ' * 2 * level}- b:\n" for level in range(levels))
    assert_equal(f"a:\n{lists}{' ' * 2 * levels}{last}\n")
    words = "".join(f"{' ' * level}b:\n" for level in range(2, 2 * levels))
    assert_equal(f"a:\n- b:\n{words}{' ' * 2 * levels}{last}\n")


def test_the_style_of_most_files_is_read() -> None:
    """Texts, folded texts, short lists and mappings, comments: all without the YAML parser."""
    entries = parse_simple(RECORDS)

    assert entries is not None
    assert [entry.section.text for entry in entries] == ["claims", "issues", "issues"]
    assert_equal(RECORDS)


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


@pytest.mark.parametrize(
    "line", ["tags:\n  - a # b", "tags:\n  - $a # b", "note: $a # b", "note: a # b"]
)
def test_comments_after_texts_are_left_to_the_yaml_parser(line: str) -> None:
    """They are no part of the text, in a list and after any first character."""
    assert parse_simple(f"claims:\n- id: x\n  {line}\n") is None
