"""The rule that a party makes each statement only once."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process

from claimcli.checks import registry
from claimcli.checks.rules.duplicate_statement import _by_longest_words
from claimcli.core.dates import parse_date
from claimcli.core.records import Claim, Dossier, Location

Find = Callable[..., list[tuple[str, int]]]
SOUND = "The main was inspected in March and found sound"


def pair(first: str, second: str, **fields: str) -> str:
    more = "".join(f", {name}: {value}" for name, value in fields.items())
    return f"""\
claims:
- {{id: a, party: p, statement: "{first}"}}
- {{id: b, party: p, statement: "{second}"{more}}}
"""


def test_same_words(found: Find) -> None:
    """The later claim is reported; letter case and spacing are ignored."""
    assert found("duplicate-statement", pair(SOUND, f"  {SOUND.upper()}  ")) == [
        ("'p' says the same in 'a'", 3)
    ]


@pytest.mark.parametrize(
    ("other", "like"),
    [
        (f"{SOUND}.", True),
        (SOUND.replace("March", "march,"), True),
        ("The main was found sound when it was inspected in March", False),
        ("The main leaks", False),
    ],
)
def test_nearly_the_same_words(found: Find, other: str, like: bool) -> None:
    """Another punctuation mark or letter makes a near duplicate; other words do not."""
    expected = [("'p' says nearly the same in 'a'", 3)] if like else []

    assert found("duplicate-statement", pair(SOUND, other)) == expected


def test_different_numbers(found: Find) -> None:
    """Statements with different numbers are different claims."""
    text = pair("The repair of the main took 40 hours", "The repair of the main took 41 hours")

    assert found("duplicate-statement", text) == []


@pytest.mark.parametrize("link", ["restates", "supersedes"])
def test_linked_claims_are_not_duplicates(found: Find, link: str) -> None:
    """A claim that restates or supersedes the other is not reported."""
    assert found("duplicate-statement", pair(SOUND, SOUND, **{link: "a"})) == []


def test_restatements_of_the_same_claim(found: Find) -> None:
    """Claims that restate the same claim, directly or through others, are not reported."""
    text = f"""\
claims:
- {{id: a, party: q, statement: The main is fine.}}
- {{id: b, party: p, statement: {SOUND}, restates: a}}
- {{id: c, party: q, statement: All is well., restates: a}}
- {{id: d, party: p, statement: {SOUND}, restates: c}}
"""

    assert found("duplicate-statement", text) == []


def test_claims_about_different_times(found: Find) -> None:
    """The same words about another time are another claim; a longer period can include it."""
    text = f"""\
claims:
- {{id: a, party: p, statement: {SOUND}, about: 2022}}
- {{id: b, party: p, statement: {SOUND}, about: 2023}}
- {{id: c, party: p, statement: {SOUND}, about: 2023-03}}
"""

    assert found("duplicate-statement", text) == [("'p' says the same in 'b'", 4)]


def test_same_statement_of_two_parties(found: Find) -> None:
    """Only repetitions by the same party are reported, once for a joint statement."""
    text = f"""\
claims:
- {{id: a, party: [p, q], statement: {SOUND}}}
- {{id: b, party: r, statement: {SOUND}}}
- {{id: c, party: [q, p], statement: {SOUND}}}
"""

    assert [line for _, line in found("duplicate-statement", text)] == [4]


def test_declining_twice(found: Find) -> None:
    """A party may decline to answer several claims in the same words."""
    text = """\
claims:
- id: a
  party: p
  statement: The main is sound.
  responses: [{kind: declines, party: q, statement: No comment.}]
- id: b
  party: p
  statement: The reserve is full.
  responses: [{kind: declines, party: q, statement: No comment.}]
"""

    assert found("duplicate-statement", text) == []


def claims_of_one_party(statements: Iterable[str], *, years: bool = False) -> Dossier:
    claims = tuple(
        Claim(
            id=f"c{n}",
            parties=("p",),
            statement=statement,
            location=Location.create("t.yaml", (n + 1, 1, n + 1, 2), {}),
            about=parse_date(f"{1000 + n % 9000}") if years else None,
        )
        for n, statement in enumerate(statements)
    )
    return Dossier(claims=claims, by_id={claim.id: claim for claim in claims})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: f"{text}!", id="at the end"),
        pytest.param(lambda text: f"({text}", id="at the beginning"),
        pytest.param(lambda text: f"So {text} now", id="at both ends"),
    ],
)
def test_near_duplicates_among_many_claims(change: Callable[[str], str]) -> None:
    """A change in one part of a text is found by comparing neighbours in three orders."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    others = [
        f"the {a * 9}{b} report of the {c}{a}{b} commission on {b * 7}{c} is with {c * 8} today"
        for a in letters[:10]
        for b in letters[:10]
        for c in letters[:10]
    ]
    statement = "the waterworks inspected every metre of the old cast-iron main in Mill Street"
    dossier = claims_of_one_party([statement, *others, change(statement)])
    check = registry.rule("duplicate-statement").check
    assert check is not None

    last = [problem for problem in check(dossier) if problem.span.line == len(others) + 2]

    assert [problem.message for problem in last] == ["'p' says nearly the same in 'c0'"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("statements", "years"),
    [
        pytest.param(lambda size: ["No comment."] * size, True, id="one wording, other times"),
        pytest.param(lambda size: ["No comment."] * size, False, id="one wording"),
        pytest.param(
            lambda size: [f"{'lorem ipsum ' * 9}{chr(0x4E00 + n)}" for n in range(size)],
            False,
            id="all nearly alike",
        ),
    ],
)
def test_work_grows_linearly(
    statements: Callable[[int], list[str]],
    years: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Thousands of similar claims of one party are not compared in all pairs.

    Work is the number of function calls and of statements that the library compares.
    """
    check = registry.rule("duplicate-statement").check
    assert check is not None
    extract = process.extract
    work = 0

    def counted(query: str, choices: list[str], **options: Any) -> Any:
        nonlocal work
        work += len(choices)
        return extract(query, choices, **options)

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal work
        work += event in ("call", "c_call")

    def work_of(size: int) -> int:
        nonlocal work
        dossier = claims_of_one_party(statements(size), years=years)
        work = 0
        sys.setprofile(called)
        try:
            problems = list(check(dossier))
        finally:
            sys.setprofile(None)
        assert len(problems) < size
        return work

    monkeypatch.setattr(process, "extract", counted)
    assert work_of(4_000) < 2.2 * work_of(2_000)


def test_very_long_statements() -> None:
    """Statements of a million characters are compared for equality only."""
    long = "lorem ipsum " * 90_000
    dossier = claims_of_one_party([f"{long}a", f"{long}b", f"{long}a"])
    check = registry.rule("duplicate-statement").check
    assert check is not None

    assert [problem.span.line for problem in check(dossier)] == [3]


@given(st.lists(st.text("ab \u6df1\u00e9"), unique=True))
def test_order_by_longest_words(texts: list[str]) -> None:
    """Texts are in the order of their distinct words, the longest first; others stay in order."""

    def words(text: str) -> list[str]:
        return sorted(set(text.split()), key=lambda word: (-len(word), word))

    assert _by_longest_words(texts) == sorted(texts, key=words)
