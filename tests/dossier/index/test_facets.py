"""Facets: each value has the number of claims that its condition adds to a query."""

from collections.abc import Callable, Mapping
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcli.core.problems import ClaimcliError
from claimcli.core.query import EVERYTHING, Node, combine
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Dossier
from claimcli.dossier.index.facets import Facet, FacetValue, facets_of
from claimcli.dossier.index.functions import run_with_functions
from claimcli.dossier.index.selection import count_claims
from claimcli.dossier.select import build_index
from tests.conftest import dossier_from
from tests.support.dossiers import dossiers
from tests.support.queries import queries

DOSSIER = """
parties:
  - {id: russia, name: Russia}
  - {id: kremlin, name: The Kremlin, part_of: russia}
issues: [{id: weapons, question: Was a pledge made?}]
sources: [{id: readout, title: Readout}, {id: wire, title: Wire, published: 2022}]
claims:
  - {id: a, party: [kremlin, nato], statement: s, issue: weapons, said: 2021-12-30, tags: [call, Call]}
  - {id: b, party: kremlin, statement: s, said: 2021/2022, tags: [Call, "key \\"point\\""], source: readout}
  - {id: c, party: russia, statement: s, issue: talks, sources: [wire, readout]}
  - {id: d, party: russia, statement: s, said: 202X}
  - {id: e, party: nato, statement: s}
"""


def facets(dossier: Dossier, query: Node = EVERYTHING) -> dict[str, Facet]:
    with closing(build_index(dossier)) as db:
        return {
            facet.field: facet
            for facet in run_with_functions(
                db, lambda _, path: path, lambda db: facets_of(db, query)
            )
        }


def test_a_party_is_counted_with_its_members(dossier_of: Callable[..., Dossier]) -> None:
    """A joint statement counts for each of its parties, and once for a party above several."""
    assert facets(dossier_of(DOSSIER))["party"].values == (
        FacetValue("russia", 4, "Russia", "party:russia"),
        FacetValue("kremlin", 2, "The Kremlin", "party:kremlin"),
        FacetValue("nato", 2, "nato", "party:nato"),
    )


def test_claims_without_a_value_are_the_last_one(dossier_of: Callable[..., Dossier]) -> None:
    """An issue without a record has its id for a label."""
    assert facets(dossier_of(DOSSIER))["issue"].values == (
        FacetValue("talks", 1, "talks", "issue:talks"),
        FacetValue("weapons", 1, "Was a pledge made?", "issue:weapons"),
        FacetValue("", 3, "no question", "-has:issue"),
    )
    assert facets(dossier_of(DOSSIER))["source"].values == (
        FacetValue("readout", 2, "Readout", "source:readout"),
        FacetValue("wire", 1, "Wire", "source:wire"),
        FacetValue("", 3, "no source", "-has:source"),
    )


def test_tags_that_differ_in_case_are_one(dossier_of: Callable[..., Dossier]) -> None:
    """A claim with both spellings counts once; a tag with quotation marks is quoted."""
    assert facets(dossier_of(DOSSIER))["tag"].values == (
        FacetValue("Call", 2, "Call", "tag:Call"),
        FacetValue('key "point"', 1, 'key "point"', 'tag:"key \\"point\\""'),
    )


def test_a_claim_counts_for_each_year_in_which_it_can_have_been_made(
    dossier_of: Callable[..., Dossier],
) -> None:
    """Claim c was made by 2022; no claim is certainly from another year of the 2020s."""
    assert facets(dossier_of(DOSSIER))["when"].values == (
        FacetValue("2021", 4, "2021", "when:2021"),
        FacetValue("2022", 3, "2022", "when:2022"),
        FacetValue("", 1, "no date", "-when:..9999"),
    )


def test_facets_are_those_of_the_matching_claims(dossier_of: Callable[..., Dossier]) -> None:
    """Values that no matching claim has are left out."""
    assert facets(dossier_of(DOSSIER), parse_query("issue:talks"))["party"].values == (
        FacetValue("russia", 1, "Russia", "party:russia"),
    )


def test_rare_values_are_only_counted(dossier_of: Callable[..., Dossier]) -> None:
    """Of many tags the first 50 are shown, but one that ends with a backslash cannot be linked."""
    tags = ", ".join(["'0 \\'", *(f"t{number:02}" for number in range(59))])
    facet = facets(dossier_of(f"claims: [{{id: a, party: p, statement: s, tags: [{tags}]}}]"))

    assert [len(facet["tag"].values), facet["tag"].more] == [49, 11]


@pytest.mark.slow
@given(dossiers(), queries() | st.just(EVERYTHING))
@settings(max_examples=75, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_count_is_that_of_the_narrowed_query(texts: Mapping[str, str], query: Node) -> None:
    dossier = dossier_from(texts)
    with closing(build_index(dossier)) as db:
        try:
            found = run_with_functions(db, lambda _, path: path, lambda db: facets_of(db, query))
        except ClaimcliError:
            return
        for value in (value for facet in found for value in facet.values):
            narrowed = combine([query, parse_query(value.term)])
            counted = run_with_functions(
                db, lambda _, path: path, lambda db, node=narrowed: count_claims(db, node)
            )
            assert counted == value.count, value
