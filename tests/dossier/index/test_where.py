"""A query in SQL selects the same claims, in order, as a naive evaluation in Python."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Node, Request, Scope, terms
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Dossier, opposition_of
from tests.conftest import dossier_from
from tests.support import naive, naive_statuses
from tests.support.dossiers import dossiers
from tests.support.naive_ids import with_whole_ids
from tests.support.queries import queries, without_places, written


@given(queries())
def test_a_written_query_is_parsed_back(node: Node) -> None:
    assert without_places(parse_query(written(node))) == node


@pytest.mark.slow
@given(dossiers(), st.lists(queries(), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_sql_and_naive_evaluation_select_the_same_claims(
    texts: dict[str, str], nodes: list[Node]
) -> None:
    everything = dossier_from(texts)
    for written_node in nodes:
        node = with_whole_ids(everything, written_node)
        try:
            found = [claim.id for claim in dossier_from(texts, Request(query=written_node)).claims]
        except ClaimcliError:
            assert any(naive.names_nothing(everything, term) for term in terms(node))
        else:
            assert found == _select_naively(everything, node)
            assert not any(naive.names_nothing(everything, term) for term in terms(node))


def _select_naively(dossier: Dossier, node: Node) -> list[str]:
    ordered = sorted(dossier.claims, key=lambda claim: claim.order)
    return [claim.id for claim in ordered if naive.fulfils(dossier, claim, node)]


@pytest.mark.slow
@given(dossiers())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_statuses_follow_from_all_pairs_of_claims(texts: dict[str, str]) -> None:
    dossier = dossier_from(texts, Request(scope=Scope.ALL, opposition=True))
    claims = dossier.by_id.values()

    assert dossier.statuses == naive.statuses(dossier)
    assert dossier.answered == {c.id for c in claims if naive_statuses.is_answered(dossier, c)}
    for claim in claims:
        reasons = {(o.id, o.by) for o in opposition_of(dossier, claim.id).opposers}
        expected = naive_statuses.opposed_by(dossier, claim)
        assert reasons <= expected
        assert {name for name, _ in reasons} == {name for name, _ in expected}
        answered = {name for name, reason in expected if reason != "position"}
        assert {name for name, reason in reasons if reason == "position"}.isdisjoint(answered)


ZONES = """
claims:
- {id: evening-lima, party: p, statement: A., said: "2023-05-02T23:00-05:00"}
- {id: night-tokyo, party: p, statement: B., said: "2023-05-03T02:00+09:00"}
- {id: noon, party: p, statement: C., said: "2023-05-02T12:00"}
- {id: day, party: p, statement: D., said: 2023-05-02}
"""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("said:2023-05-02", ["day", "noon", "evening-lima"]),
        ("said:2023-05-03", ["night-tokyo"]),
        ("said:>2023-05-02", ["night-tokyo"]),
        ("said:..2023-05-01", []),
        ("said:>=2023-05-03T04:00Z", ["evening-lima"]),
        ("said:<2023-05-03T04:00Z", ["day", "noon", "night-tokyo"]),
        ("said:2023-05-02T23:00-05:00", ["day", "evening-lima"]),
    ],
)
def test_a_day_is_a_day_in_its_own_time_zone(query: str, expected: list[str]) -> None:
    """Times are compared in UTC if both have an offset, else as written."""
    request = Request(query=parse_query(query))

    assert [claim.id for claim in dossier_from({"a.yaml": ZONES}, request).claims] == expected
