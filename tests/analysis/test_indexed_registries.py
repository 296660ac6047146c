"""The registries are the same from the index as from records."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from claimcli.analysis.indexed_registries import read_issues, read_parties, read_sources
from claimcli.analysis.registries import issues, parties, sources
from claimcli.core.party_trees import By
from claimcli.core.problems import ClaimcliError
from claimcli.core.provenance import origins_summary
from claimcli.core.query import EVERYTHING, Node, Request, Scope
from claimcli.core.records import Dossier
from claimcli.core.registry_order import Sort, sort_registries
from claimcli.dossier.open import open_dossier, read_index
from tests.support.cli import claimcli
from tests.support.dossiers import dossiers
from tests.support.pages import write
from tests.support.queries import queries

QUERIES = st.none() | queries()


@contextmanager
def opened(texts: Mapping[str, str], query: Node | None) -> Iterator[tuple[list[Path], Dossier]]:
    """Give the folder of a dossier, and all of it with the claims that a query selects."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [write(Path(folder), texts)]
        request = Request(query=query or EVERYTHING, scope=Scope.ALL)
        try:
            dossier = open_dossier(paths, request)
        except ClaimcliError:
            reject()  # the query names something unknown
        yield paths, dossier


def shown(paths: list[Path], read: Callable[..., Any], query: Node | None, **more: Any) -> Any:
    """Return the table, the records and the summary of a registry that is read from the index."""

    def use(*index: Any) -> tuple[Any, ...]:
        table, records = (read(*index, query, **more) for _ in range(2))
        rows = table.table()
        return rows.columns, tuple(rows.rows), tuple(records.records)

    return read_index(paths, use)


@pytest.mark.slow
@given(dossiers(), QUERIES, st.sampled_from(By), st.sampled_from(Sort))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_parties_are_the_same(
    texts: Mapping[str, str], query: Node | None, by: By, sort: Sort
) -> None:
    with opened(texts, query) as (paths, dossier):
        expected = parties(sort_registries(dossier, sort, by), by=by, only_used=query is not None)
        assert shown(paths, read_parties, query, by=by, sort=sort) == (
            expected.columns, expected.table().rows, expected.records,
        )  # fmt: skip


@pytest.mark.slow
@given(dossiers(), QUERIES, st.sampled_from(Sort))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_issues_are_the_same(texts: Mapping[str, str], query: Node | None, sort: Sort) -> None:
    with opened(texts, query) as (paths, dossier):
        expected = issues(sort_registries(dossier, sort), only_used=query is not None)
        assert shown(paths, read_issues, query, sort=sort) == (
            expected.columns, expected.table().rows, expected.records,
        )  # fmt: skip


@pytest.mark.slow
@given(dossiers(), QUERIES)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_sources_are_the_same(texts: Mapping[str, str], query: Node | None) -> None:
    with opened(texts, query) as (paths, dossier):
        expected = sources(dossier, only_used=query is not None)
        summary = read_index(paths, lambda *index: read_sources(*index, query).summary)

        assert summary == origins_summary(dossier, dossier.claims)
        assert shown(paths, read_sources, query) == (
            expected.columns, expected.table().rows, expected.records,
        )  # fmt: skip


def test_an_answer_to_an_own_claim_outside_the_selection_is_no_rebuttal(tmp_path: Path) -> None:
    """It is known whose claim it is, although the query does not match that claim."""
    (tmp_path / "a.yaml").write_text("""
claims:
- {id: a, party: p, statement: A.}
- {id: b, party: p, statement: B., tags: [x], responds_to: a}
- {id: c, party: p, statement: C., tags: [x], responds_to: nothing}
""")
    table = claimcli("parties", "tag:x", "--data", ".", "-f", "tsv", cwd=tmp_path).stdout

    assert table.splitlines()[1] == "p\t\t\t\t2\t1\t0\t2"
