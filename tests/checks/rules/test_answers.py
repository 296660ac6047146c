"""Rules about who answers whom, and when."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[tuple[str, int]]]


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("2023-05-04", "2023-05-04"),
        ("2023", "2023-05-04"),
        ("2023-05-04", "2023"),
        ("2023-05-04T23:00", "2023-05-05T08:00+00:00"),
    ],
)
def test_uncertain_order_of_dates_is_not_reported(found: Find, said: str, answered: str) -> None:
    """An answer of the same day or year, or with another time zone, may be the later one."""
    text = f"""\
claims:
- {{id: a, party: p, statement: s, said: "{answered}"}}
- {{id: b, party: q, statement: t, said: "{said}", responds_to: a}}
"""

    assert found("early-rebuttal", text) == []


def test_answer_before_the_claim(found: Find) -> None:
    """The problem is located at the answer's date; a missing date is not reported."""
    text = """\
claims:
- {id: a, party: p, statement: s, said: 2023-05-02}
- {id: b, party: q, statement: t, said: 2022, responds_to: [a, a]}
- {id: c, party: q, statement: u, responds_to: a}
"""

    assert found("early-rebuttal", text) == [
        ("'b' was said '2022', before 'a', which it answers", 3)
    ]


def test_source_older_than_the_claim(found: Find) -> None:
    """A claim said after its source was published is reported, once for a source cited twice."""
    text = """\
sources:
- {id: old, title: Old, published: 2022}
claims:
- {id: a, party: p, statement: s, said: 2023-05-02, sources: [old, {id: old, quote: q}]}
- {id: b, party: p, statement: t, said: 2022-12-31, source: old}
"""

    assert found("said-after-published", text) == [
        ("'a' was said '2023-05-02', after its source 'old' was published", 4)
    ]


def test_joint_statement_that_answers_itself(found: Find) -> None:
    """A party in common is enough for an answer to oneself."""
    text = """\
claims:
- {id: a, party: [p, q], statement: s}
- {id: b, party: [r, q], statement: t, responds_to: a}
- {id: c, party: r, statement: u, responds_to: a}
"""

    assert found("response-to-self", text) == [("'q' answers its own claim 'a'", 3)]


def test_supersedes_a_claim_of_another_party(found: Find) -> None:
    """A claim can supersede another only if they have a party in common."""
    text = """\
claims:
- {id: a, party: [p, q], statement: s}
- {id: b, party: q, statement: t, supersedes: a}
- {id: c, party: r, statement: u, supersedes: a}
"""

    assert found("foreign-supersedes", text) == [("'c' supersedes 'a', a claim of 'p'", 4)]


TREE = """\
parties:
- {id: city}
- {id: works, part_of: city}
- {id: mayor, part_of: city}
claims:
- {id: a, party: works, statement: s}
"""


@pytest.mark.parametrize("party", ["mayor", "city", "[mayor, city]"])
def test_opposing_answer_from_inside_the_party_tree(found: Find, party: str) -> None:
    """It is located at the party of the answer."""
    answer = (
        f"- {{id: b, party: {party}, statement: t, responds_to: {{claim: a, kind: undercuts}}}}\n"
    )
    first = party.strip("[]").split(",")[0]

    assert found("answer-inside-tree", TREE + answer) == [
        (f"'{first}' opposes 'a' by 'works', and both are part of 'city'", 7)
    ]


def test_the_parties_inside_one_tree_are_named(found: Find) -> None:
    """Of joint statements, the message names a party from each that are in the same tree."""
    joint = TREE.replace("party: works", "party: [press, works]")
    answer = "- {id: b, party: mayor, statement: t, responds_to: {claim: a, kind: denies}}\n"

    assert found("answer-inside-tree", joint + answer) == [
        ("'mayor' opposes 'a' by 'works', and both are part of 'city'", 7)
    ]


@pytest.mark.parametrize(
    ("party", "kind"),
    [
        ("press", "denies"),
        ("[mayor, press]", "denies"),
        ("mayor", "qualifies"),
        ("works", "denies"),
    ],
)
def test_answers_that_the_rule_does_not_report(found: Find, party: str, kind: str) -> None:
    """Answers from outside, those that do not oppose, and (response-to-self) the party's own."""
    answer = f"- {{id: b, party: {party}, statement: t, responds_to: {{claim: a, kind: {kind}}}}}\n"

    assert found("answer-inside-tree", TREE + answer) == []
