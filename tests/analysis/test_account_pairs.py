"""The pairs of parties whose accounts meet."""

from collections.abc import Callable

from claimcli.analysis.account_pairs import AccountPair, account_pairs
from claimcli.analysis.diff import diff
from claimcli.core.query import Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Dossier

Read = Callable[..., Dossier]
HARBOUR = """
parties: [{id: port}, {id: union}, {id: crew, part_of: union}, {id: town}, {id: press}]
issues: [{id: noise, question: Is it loud?}, {id: fees, question: Are fees due?}]
claims:
  - {id: quiet, party: port, issue: noise, statement: It is quiet., source: {title: A}}
  - id: loud
    party: crew
    issue: noise
    statement: It is loud.
    source: {title: B}
    responds_to: {claim: quiet, kind: denies}
  - {id: fees-due, party: port, issue: fees, statement: Fees are due., source: {title: A}}
  - {id: alone, party: press, statement: The port is old., source: {title: C}}
  - {id: same, party: town, statement: The port is old., restates: alone, source: {title: D}}
"""


def test_pairs_meet_on_a_question_or_by_an_answer(dossier_of: Read) -> None:
    """A party has the claims of its members; a restatement links two accounts."""
    assert account_pairs(dossier_of(HARBOUR)) == (
        AccountPair("port", "union", questions=1, answers=1, opposing=1),
        AccountPair("port", "crew", questions=1, answers=1, opposing=1),
        AccountPair("town", "press", questions=0, answers=0, opposing=0),
    )


def test_a_query_selects_the_pairs_of_its_claims(dossier_of: Read) -> None:
    """Pairs without a selected claim are left out."""
    query = Request(query=parse_query("id:same"), scope=Scope.ISSUES)

    pairs = account_pairs(dossier_of(HARBOUR, request=query))

    assert [(pair.left, pair.right) for pair in pairs] == [("town", "press")]


def test_each_pair_has_a_row_with_both_in_its_comparison(dossier_of: Read) -> None:
    """The pairs are those of which a comparison has a row that is not one-sided."""
    dossier = dossier_of(HARBOUR)
    names = ("port", "union", "crew", "town", "press")

    both = {
        (one, other)
        for n, one in enumerate(names)
        for other in names[n + 1 :]
        if (one, other) != ("union", "crew")
        and any("only" not in row.relation for row in diff(dossier, one, other).rows)
    }

    assert both == {(pair.left, pair.right) for pair in account_pairs(dossier)}
