"""The query language: precedence, values, and the message for each mistake."""

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.core.query import EVERYTHING, All, Node, Not, Some, Term, make_term
from claimcli.core.query import MatchType as Told
from claimcli.core.query_parser import (
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_TERMS,
    parse_query,
    term_text,
)
from claimcli.formats.carets import caret_lines as underlined
from tests.support.queries import without_places


def word(text: str, field: str = "") -> Term:
    return make_term(field, text, Told.WORD, None)


def phrase(text: str, field: str = "") -> Term:
    return make_term(field, text, Told.PHRASE, None)


def pattern(text: str, field: str = "") -> Term:
    return make_term(field, text, Told.PATTERN, None)


A, B, C = word("a"), word("b"), word("c")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", EVERYTHING),
        ("a", A),
        ("a b c", All((A, B, C))),
        ("a AND b", All((A, B))),
        ("a b OR c", Some((All((A, B)), C))),
        ("a OR b c", Some((A, All((B, C))))),
        ("a OR b AND c", Some((A, All((B, C))))),
        ("(a OR b) c", All((Some((A, B)), C))),
        ("-a b", All((Not(A), B))),
        ("NOT a OR b", Some((Not(A), B))),
        ("--a", Not(Not(A))),
        ("-(a b)", Not(All((A, B)))),
        ("NOT NOT a", Not(Not(A))),
        ("((a))", A),
        ("a-b", word("a-b")),
        ("a -b", All((A, Not(B)))),
        ("or and not", All((word("or"), word("and"), word("not")))),
        ('"OR"', phrase("OR")),
        ('"a \\" b"', phrase('a " b')),
        ("Party:x", word("x", "party")),
        ('party:"White House"', phrase("White House", "party")),
        ("party:OR", word("OR", "party")),
        ("-party:x", Not(word("x", "party"))),
        ("id:a:b", word("a:b", "id")),
        ("/a b/", pattern("a b")),
        (r"/a\/b/", pattern("a/b")),
        (r"/a\d(b)/ c", All((pattern(r"a\d(b)"), C))),
        ("tag:/x/", pattern("x", "tag")),
        ("/a/b", word("/a/b")),
        ("said:2021/2022", word("2021/2022", "said")),
        ("said:2021..2022-02", word("2021..2022-02", "said")),
        ("(a)b", All((A, B))),
        ("a\tb\n c ", All((A, B, C))),
    ],
)  # fmt: skip
def test_a_query_is_parsed_as(text: str, node: Node) -> None:
    assert without_places(parse_query(text)) == node


def test_a_prefix_ends_in_a_star() -> None:
    assert word("weap*") == Term("", Told.PREFIX, "weap")


@pytest.mark.parametrize(
    ("text", "first", "last", "strict"),
    [
        ("2021-12", "2021-12", "2021-12", False),
        (">=2021-12", "2021-12", None, False),
        (">2021-12", "2021-12", None, True),
        ("<=2021-12", None, "2021-12", False),
        ("<2021-12", None, "2021-12", True),
        ("2021..2022-02", "2021", "2022-02", False),
        ("2021..", "2021", None, False),
        ("..2021", None, "2021", False),
        ("2021?", "2021?", "2021?", False),
        ("../2021", "../2021", "../2021", False),
    ],
)
def test_a_date_term_has_bounds(
    text: str, first: str | None, last: str | None, *, strict: bool
) -> None:
    term = word(text, "said")
    bounds = tuple(date and date.text for date in (term.first, term.last))
    assert (*bounds, term.strict) == (first, last, strict)


@pytest.mark.parametrize(
    ("text", "under", "message", "hint"),
    [
        ("a partty:x", "partty", "no field 'partty'", "did you mean 'party'?"),
        ("zzz:x", "zzz", "no field 'zzz'", "or put it in quotation marks"),
        ("a OR", " ", "the query ends where a condition is expected", "add one"),
        ("-(", " ", "the query ends where a condition is expected", "add one"),
        ("OR a", "OR", "a condition is expected before 'OR'", "add one"),
        ("a AND OR b", "OR", "a condition is expected before 'OR'", "add one"),
        ("a ()", ")", "a condition is expected before ')'", "add one"),
        ("a (b c", "(", "this '(' is never closed", "add ')'"),
        ("a) b", ")", "this ')' closes nothing", "take it out, or quote it"),
        ('a "b c', '"b c', "this quotation mark is never closed", "add '\"' at the end"),
        ('a party:"b c', 'party:"b c', "this quotation mark is never closed", "add '\"'"),
        ("party: a", "party", "'party:' has no value", "as in party:..."),
        ("said:", "said", "'said:' has no value", "as in said:2021-12"),
        ("status:contestd", "status:contestd", "no status 'contestd'", "did you mean 'contested'?"),
        ("kind:x", "kind:x", "no kind 'x'", "write one of denies, "),
        ("has:quotes", "has:quotes", "'has' takes no 'quotes'", "did you mean 'quote'?"),
        ("said:yesterday", "said:yesterday", "no date 'yesterday'", "or a range as A..B or >=A"),
        ("about:>=20211", "about:>=20211", "no date '20211'", "or a range as A..B or >=A"),
        ("said:2021-02-30", "said:2021-02-30", "the date '2021-02-30' does not exist", "write it as"),
        ("said:2022..2021", "said:2022..2021", "ends before it begins", "swap the two"),
        ("published:2022/2021", "published:2022/2021", "ends before it begins", "swap the two"),
        ("said:..", "said:..", "no date '..'", "or a range"),
        ("party:/x/", "party:/x/", "'party' takes no pattern", "write a word"),
        ("said:/2021/", "said:/2021/", "'said' takes no pattern", "write a date"),
        ("has:/x/", "has:/x/", "'has' takes no pattern", "write a word"),
        ("a /b c", "/b c", "this pattern is never closed", "add '/'"),
        ("speaker:/b", "speaker:/b", "this pattern is never closed", "add '/'"),
        ("a *b", "*b", "'*b' is not the beginning of a word", "write '*' after one"),
        ("*", "*", "'*' is not the beginning of a word", "write '*' after one"),
        ("party:usa*", "party:usa*", "'party' takes no '*'", "write the whole name"),
        ("speaker:a*", "speaker:a*", "'speaker' takes no '*'", "write the whole name"),
        ('""', '""', "there is no text between these quotation marks", "write a word"),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_with_its_place_and_a_hint(
    text: str, under: str, message: str, hint: str
) -> None:
    with pytest.raises(ClaimcliError) as caught:
        parse_query(text)
    error = caught.value
    assert error.excerpt is not None
    excerpt = error.excerpt
    shown, carets = underlined(excerpt.text, excerpt.start, excerpt.end)
    assert shown.ljust(len(carets))[carets.index("^") : carets.rindex("^") + 1] == under
    assert message in error.message
    assert hint in error.hint


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x" * (MAX_LENGTH + 1), "a query of more than 10,000 characters"),
        ("(" * (MAX_DEPTH + 1), "nested more than 50 deep"),
        ("-" * (MAX_DEPTH + 1) + "a", "nested more than 50 deep"),
        ("NOT " * (MAX_DEPTH + 1) + "a", "nested more than 50 deep"),
        ("a " * (MAX_TERMS + 1), "more than 200 conditions"),
    ],
)
def test_a_query_that_is_too_large_is_rejected(text: str, message: str) -> None:
    with pytest.raises(ClaimcliError, match=message):
        parse_query(text)


def test_a_query_of_the_maximum_size_is_parsed() -> None:
    assert parse_query("a " * MAX_TERMS) != EVERYTHING
    assert parse_query("(" * (MAX_DEPTH - 1) + "a" + ")" * (MAX_DEPTH - 1)) is not None


@pytest.mark.parametrize("character", ["\0", "\ud800"])
@pytest.mark.parametrize("query", ["a{}", '"a{}b"', "/a{}/", "party:{}", "id:a{}*", "said:{}"])
def test_a_character_that_no_text_contains_is_refused(query: str, character: str) -> None:
    """SQLite would end the word there, or fail; the shell cannot pass it, a Python program can."""
    with pytest.raises(ClaimcliError) as refused:
        parse_query(query.format(character))

    code = f"U+{ord(character):04X}"
    assert refused.value.message == f"the character {code} is in no text"


def test_a_value_that_a_query_cannot_name_has_no_text() -> None:
    """A backslash before the closing quotation mark would be read as part of it."""
    assert term_text("tag", "a b") == 'tag:"a b"'
    assert term_text("tag", "/a/") == 'tag:"/a/"'
    assert term_text("tag", "a\\ b\\") == ""
