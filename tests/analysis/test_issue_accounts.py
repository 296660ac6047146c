"""How the accounts on an issue relate, and what each party says on it."""

from collections.abc import Callable

import pytest

from claimcli.analysis.issue_accounts import (
    IssueRelation,
    accounts_by_issue,
    issue_overviews,
    issue_relations,
)
from claimcli.core.records import Dossier

DossierOf = Callable[..., Dossier]


def two(kind: str) -> str:
    """Return two claims on one issue, the second of which answers the first."""
    return f"""
claims:
  - {{id: a, party: p, issue: i, statement: A.}}
  - {{id: b, party: q, issue: i, statement: B., responds_to: [{{claim: a, kind: {kind}}}]}}
"""


@pytest.mark.parametrize(
    ("kind", "relation"),
    [
        ("denies", IssueRelation.CONTESTED),
        ("undercuts", IssueRelation.CONTESTED),
        ("qualifies", IssueRelation.QUALIFIED),
        ("confirms", IssueRelation.AGREED),
        ("declines", IssueRelation.ANSWERED),
    ],
)
def test_the_strongest_status_is_the_relation(
    dossier_of: DossierOf, kind: str, relation: IssueRelation
) -> None:
    """The response that makes it is named."""
    dossier = dossier_of(two(kind))
    (found,) = issue_overviews(dossier)

    assert issue_relations(dossier) == {"i": relation}
    assert [(one.parties, one.kind.value) for one in found.responses] == [(("q",), kind)]


def test_a_denial_within_one_party_divides_it(dossier_of: DossierOf) -> None:
    """It does not contest the claim."""
    (found,) = issue_overviews(dossier_of(two("denies").replace("party: q", "party: p")))

    assert found.relation is IssueRelation.DIVIDED
    assert [one.parties for one in found.responses] == [("p",)]


def test_a_withdrawn_answer_makes_no_relation(dossier_of: DossierOf) -> None:
    """The claim is answered."""
    (found,) = issue_overviews(dossier_of(two("denies").replace("B.,", "B., withdrawn: 2024,")))

    assert found.relation is IssueRelation.ANSWERED
    assert found.responses == ()


def test_positions_that_oppose_each_other_are_named(dossier_of: DossierOf) -> None:
    """A compatible position is not."""
    text = """
issues: [{id: i, question: Q?, compatible: [["yes", maybe], ["no", maybe]]}]
claims:
  - {id: a, party: p, issue: i, position: "yes", statement: A.}
  - {id: b, party: q, issue: i, position: "no", statement: B.}
  - {id: c, party: r, issue: i, position: maybe, statement: C.}
"""
    (found,) = issue_overviews(dossier_of(text))

    assert (found.relation, found.positions) == (IssueRelation.CONTESTED, ("yes", "no"))


def test_a_shared_position_is_named(dossier_of: DossierOf) -> None:
    """Without an answer, it makes the relation."""
    text = """
claims:
  - {id: a, party: p, issue: i, position: "yes", statement: A.}
  - {id: b, party: q, issue: i, position: "Yes.", statement: B.}
"""
    (found,) = issue_overviews(dossier_of(text))

    assert (found.relation, found.positions) == (IssueRelation.AGREED, ("yes",))


def test_an_account_has_the_newest_claim_that_states_a_position(dossier_of: DossierOf) -> None:
    """A change of position is shown; the account counts the claims of members."""
    text = """
parties: [{id: p}, {id: m, part_of: p}]
claims:
  - {id: a, party: p, issue: i, said: 2021, position: "no", statement: A.}
  - {id: b, party: m, issue: i, said: 2022, position: "yes", statement: B.}
  - {id: c, party: p, issue: i, said: 2023, statement: C.}
"""
    ((issue, account),) = accounts_by_issue(dossier_of(text), "p")

    assert (issue, account.position, account.newest.id, account.claims) == ("i", "no → yes", "b", 3)


def test_a_joint_statement_is_one_account(dossier_of: DossierOf) -> None:
    """Unless one of the parties has a newer claim."""
    text = """
claims:
  - {id: a, party: [p, q], issue: i, said: 2021, statement: A.}
  - {id: b, party: [p, q], issue: j, said: 2021, statement: B.}
  - {id: c, party: q, issue: j, said: 2022, statement: C.}
"""
    first, second = issue_overviews(dossier_of(text))

    assert [one.parties for one in first.accounts] == [("p", "q")]
    assert [(one.parties, one.claims) for one in second.accounts] == [(("p",), 1), (("q",), 2)]


def test_silence(dossier_of: DossierOf) -> None:
    """A party that speaks elsewhere is silent, unless a member speaks on the issue."""
    text = """
parties: [{id: p}, {id: m, part_of: p}, {id: n, part_of: p}]
claims:
  - {id: a, party: m, issue: i, statement: A.}
  - {id: b, party: p, issue: j, statement: B.}
  - {id: c, party: n, issue: j, statement: C.}
"""
    first, second = issue_overviews(dossier_of(text))

    assert (first.silent, second.silent) == (("n",), ("m",))
