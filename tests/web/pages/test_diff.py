"""The pages of two accounts, and of the pairs that can be compared."""

from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.web.page import NoSuchPageError
from tests.support.pages import page_of, seen, write

HARBOUR = """
parties: [{id: port, name: Port Office}, {id: union, name: Union}, {id: crew, part_of: union}]
issues:
  - {id: depth, question: How deep is it?}
  - {id: fees, question: Are the fees too high?}
  - {id: tide, question: When is the tide?}
sources: [{id: talk, title: A talk, published: 2023-05-02}]
claims:
  - {id: deep, party: port, issue: depth, statement: It is deep., source: talk}
  - {id: fair, party: port, speaker: Ann Harris, said: 2023-05-02, issue: fees, position: "no",
     statement: The fees of the port are fair., source: {id: talk, quote: fair}}
  - {id: unfair, party: union, issue: fees, position: "yes",
     statement: The fees of the port are high., source: talk,
     responds_to: {claim: fair, kind: denies}}
  - {id: early, party: port, issue: tide, statement: It is early., source: talk}
  - {id: late, party: crew, issue: tide, statement: It is late., source: talk}
"""


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    return write(tmp_path, {"d.yaml": HARBOUR})


def test_accounts_are_side_by_side_the_contested_first(harbour: Path) -> None:
    """Relation in words, differing words marked, silence written out, members included."""
    assert seen(page_of(harbour, "/diff/port/union")) == [
        "Port Office and Union: their accounts",
        "Question by question, the contested first. Words that differ between accounts of the same "
        "thing are [marked].",
        "3 questions: 1 contested, 1 parallel, 1 with one account. Exchange the sides",
        "Are the fees too high?",
        "fees",
        "contested: Union denies",
        "Port Office",
        "The fees of the port are [fair.]",
        "Ann Harris, 2 May 2023, position: no, fair",
        "fair",
        "A talk",
        "Union",
        "The fees of the port are [high.]",
        "by 2 May 2023, position: yes, unfair",
        "A talk",
        "When is the tide?",
        "tide",
        "parallel: both speak, neither answers the other",
        "Port Office",
        "It is early.",
        "by 2 May 2023, early",
        "A talk",
        "Union",
        "It is late.",
        "crew, by 2 May 2023, late",
        "A talk",
        "How deep is it?",
        "depth",
        "one account: only Port Office speaks",
        "Port Office",
        "It is deep.",
        "by 2 May 2023, deep",
        "A talk",
        "Union",
        "no claim on file on this question",
    ]


def test_rows_can_be_selected_by_relation_and_query(harbour: Path) -> None:
    """``only`` takes relations, ``q`` the claims."""
    only = seen(page_of(harbour, "/diff/union/port?only=only-left,only-right"))
    query = seen(page_of(harbour, "/diff/union/port?q=tide"))

    assert "How deep is it?" in only
    assert "When is the tide?" not in only
    assert "No rows match." in seen(page_of(harbour, "/diff/crew/port?only=agreed"))
    assert "No rows match." in query


def test_wrong_addresses_are_errors_with_hints(harbour: Path) -> None:
    """An unknown party has no page; a relation or a pair that cannot be is a wrong request."""
    with pytest.raises(NoSuchPageError, match="no party 'prot'; did you mean 'port'"):
        page_of(harbour, "/diff/prot/union")
    with pytest.raises(ClaimcliError, match="no relation 'agree'; did you mean 'agreed'"):
        page_of(harbour, "/diff/port/union?only=agree")
    with pytest.raises(ClaimcliError, match="'crew' and 'union' overlap"):
        page_of(harbour, "/diff/crew/union")


def test_pairs_that_meet_can_be_compared(harbour: Path) -> None:
    """Each pair of the page has a comparison; the one with the most opposing answers is first."""
    assert seen(page_of(harbour, "/compare"))[6:] == [
        "Port Office and",
        "Union",
        "Questions on which both speak: 2",
        "Answers between them: 1",
        "of which oppose: 1",
        "Port Office and",
        "crew",
        "Questions on which both speak: 1",
        "Answers between them: none",
        "of which oppose: none",
    ]


def test_a_query_selects_the_pairs(harbour: Path) -> None:
    """Only pairs with a selected claim are listed, and their links keep the query."""
    html = page_of(harbour, "/compare?q=id:late")

    assert seen(html)[6:9] == ["Port Office and", "Union", "Questions on which both speak: 1"]
    assert 'href="/diff/port/union?q=id%3Alate"' in html
