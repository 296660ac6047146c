"""A query gives the claims that plain reading of its words gives, in order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Node, Request, terms
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Dossier
from tests.conftest import dossier_from
from tests.support import naive
from tests.support.dossiers import dossiers
from tests.support.queries import queries, without_places, written


@given(queries())
def test_what_is_written_is_what_is_read(node: Node) -> None:
    assert without_places(parse_query(written(node))) == node


@pytest.mark.slow
@given(dossiers(), st.lists(queries(), min_size=1, max_size=6))
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_sqlite_finds_what_a_walk_over_all_claims_finds(
    texts: dict[str, str], nodes: list[Node]
) -> None:
    everything = dossier_from(texts)
    for node in nodes:
        try:
            found = [claim.id for claim in dossier_from(texts, Request(query=node)).claims]
        except ClaimcliError:
            assert any(naive.names_nothing(everything, term) for term in terms(node))
        else:
            assert found == _walked(everything, node)
            assert not any(naive.names_nothing(everything, term) for term in terms(node))


def _walked(dossier: Dossier, node: Node) -> list[str]:
    ordered = sorted(dossier.claims, key=lambda claim: claim.order)
    return [claim.id for claim in ordered if naive.fulfils(dossier, claim, node)]


@pytest.mark.slow
@given(dossiers())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_statuses_are_those_of_every_pair_of_claims(texts: dict[str, str]) -> None:
    dossier = dossier_from(texts)
    assert dossier.statuses == naive.statuses(dossier)
