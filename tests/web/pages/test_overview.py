"""The first page: figures, issues by their relation, claims that nobody answered."""

from pathlib import Path

import pytest

from tests.support.pages import page_of, seen, write

FERRY = {
    "registries.yaml": """
parties:
  - {id: port, name: Port Office}
  - {id: union, name: Union}
  - {id: mayor, name: Mayor}
  - {id: bank, name: Bank}
issues:
  - {id: fares, question: Do the fares rise?}
  - {id: berths, question: Are there enough berths?}
  - {id: crew, question: Who pays the crew?}
  - {id: fog, question: May ferries sail in fog?}
sources:
  - {id: talk, title: A talk}
  - {id: wire, title: A report, derived_from: [talk]}
""",
    "claims.yaml": """
claims:
  - {id: rise, party: port, said: 2023-05-02, issue: fares, position: "yes", source: talk,
     statement: The fares rise.}
  - {id: stay, party: union, said: 2023-06-01, issue: fares, position: "no",
     source: {id: wire, quote: they stay}, statement: The fares stay.}
  - id: enough
    party: port
    issue: berths
    statement: There are enough berths.
    responses: [{id: agreed, party: union, kind: confirms, statement: "Yes, enough."}]
  - {id: owners, party: port, issue: crew, statement: The owners pay.}
  - {id: state, party: mayor, issue: crew, statement: The state pays.}
  - {id: never, party: port, issue: fog, statement: No ferry sails in fog.}
  - {id: loud, party: port, statement: The horn is loud.}
""",
}


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    return write(tmp_path, FERRY)


def test_the_first_page_says_how_the_accounts_on_each_issue_relate(ferry: Path) -> None:
    """Figures, parties, all issues with their relation, then each issue with its accounts."""
    lines = seen(page_of(ferry, "/"))

    assert lines[1:20] == [
        "8 claims by 3 parties on 4 questions, said from 2 May 2023 to 1 June 2023. 2 sources of"
        " 1 independent origin, 1 quote. 1 claim on no question. No claim of Bank is on file.",
        "Port Office 5",
        "Union 2",
        "Mayor 1",
        "question contested", "1",
        "question agreed", "1",
        "question on which both speak and neither answers", "1",
        "question on which one party speaks", "1",
        "claims with no response on file", "6 of 8",
        "Questions",
        "Do the fares rise? positions yes / no",
        "Are there enough berths? Union says the same",
        "Who pays the crew? Neither refers to the other",
        "May ferries sail in fog? Only Port Office speaks",
    ]  # fmt: skip
    assert lines[20:35] == [
        "Contested",
        "Another account says otherwise, or the positions differ.",
        "Do the fares rise?",
        "positions yes / no",
        "2 claims fares",
        "Silent: Mayor",
        "Port Office",
        "yes – The fares rise.",
        "Union",
        "no – The fares stay.",
        "Agreed",
        "Another account says the same.",
        "Are there enough berths?",
        "Union says the same",
        "2 claims berths",
    ]


def test_claims_without_a_response_are_counted_by_party(ferry: Path) -> None:
    """The earliest is named; the numbers link to the claims."""
    html = page_of(ferry, "/")

    assert seen(html)[-9:] == [
        "Port Office", "4 of 5", "The fares rise.",
        "Union", "1 of 2", "The fares stay.",
        "Mayor", "1 of 1", "The state pays.",
    ]  # fmt: skip
    assert 'href="/claims?q=party%3Aport+-has%3Aanswer"' in html
    assert 'href="/claims?q=-has%3Aanswer"' in html


def test_the_query_selects_the_claims_of_the_first_page(ferry: Path) -> None:
    """A party outside the selection is not silent."""
    html = page_of(ferry, "/?q=party:port")
    lines = seen(html)

    assert lines[1].startswith("5 claims by 1 party on 4 questions, said on 2 May 2023")
    assert "Silent: Mayor" in lines
    assert not any(line.startswith("Silent") and "Union" in line for line in lines[:20])
    assert "/claims?q=party%3Aport+-has%3Aanswer" in html


def test_more_than_two_parties_that_do_not_answer_each_other(tmp_path: Path) -> None:
    """Then several speak, and none refers to another."""
    claims = "".join(
        f"  - {{id: {name}, party: {name}, issue: i, statement: {name} speaks.}}\n"
        for name in ("one", "two", "three")
    )
    lines = seen(page_of(write(tmp_path, {"a.yaml": f"claims:\n{claims}"}), "/"))

    assert "question on which several parties speak and none answers" in lines
    assert "i None refers to another" in lines


def test_members_of_one_party_are_one_side(tmp_path: Path) -> None:
    """A joint statement is one account, and so are the claims of a party and of its member."""
    text = """
parties: [{id: state}, {id: navy, part_of: state}, {id: press}]
claims:
  - {id: a, party: state, issue: one, statement: A.}
  - {id: b, party: navy, issue: one, statement: B.}
  - {id: c, party: [state, press], issue: two, statement: C.}
"""
    lines = seen(page_of(write(tmp_path, {"a.yaml": text}), "/"))

    assert "one Only state and navy speak" in lines
    assert "two Only state and press speak" in lines
    assert "state and press" in lines


def test_an_empty_dossier_has_a_first_page(tmp_path: Path) -> None:
    """It says that no claim is on file."""
    lines = seen(page_of(write(tmp_path, {"a.yaml": "claims: []\n"}), "/"))

    assert lines[-1] == "No claim is on file."
