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
def test_dates_that_leave_a_doubt_are_no_finding(found: Find, said: str, answered: str) -> None:
    """An answer may be of the same day, year, or of a clock with another offset."""
    text = f"""\
claims:
- {{id: a, party: p, statement: s, said: "{answered}"}}
- {{id: b, party: q, statement: t, said: "{said}", responds_to: a}}
"""

    assert found("early-rebuttal", text) == []


def test_an_answer_before_the_claim_is_reported_at_its_date(found: Find) -> None:
    """The answer's date is where the problem stands; a missing date says nothing."""
    text = """\
claims:
- {id: a, party: p, statement: s, said: 2023-05-02}
- {id: b, party: q, statement: t, said: 2022, responds_to: [a, a]}
- {id: c, party: q, statement: u, responds_to: a}
"""

    assert found("early-rebuttal", text) == [
        ("'b' was said '2022', before 'a', which it answers", 3)
    ]


def test_words_cannot_be_cited_from_an_older_document(found: Find) -> None:
    """A claim said after its source appeared is reported, once for a source cited twice."""
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


def test_a_party_of_a_joint_statement_answers_itself_too(found: Find) -> None:
    """One party in common is enough."""
    text = """\
claims:
- {id: a, party: [p, q], statement: s}
- {id: b, party: [r, q], statement: t, responds_to: a}
- {id: c, party: r, statement: u, responds_to: a}
"""

    assert found("response-to-self", text) == [("'q' answers its own claim 'a'", 3)]


def test_only_a_party_supersedes_its_own_claim(found: Find) -> None:
    """A party in common makes a successor; no party in common makes an error."""
    text = """\
claims:
- {id: a, party: [p, q], statement: s}
- {id: b, party: q, statement: t, supersedes: a}
- {id: c, party: r, statement: u, supersedes: a}
"""

    assert found("foreign-supersedes", text) == [("'c' supersedes 'a', a claim of 'p'", 4)]
