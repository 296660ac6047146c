"""Columns of the index as table cells: the same as the fields of the records."""

import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcli.analysis.list import listing
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import SORTS, Request
from claimcli.core.table import StreamedRows, tsv
from claimcli.dossier.index.columns import COLUMNS, claim_rows
from claimcli.dossier.index.problems import PathOf
from claimcli.dossier.open import open_dossier, read_index
from tests.support.dossiers import dossiers
from tests.support.pages import write
from tests.support.queries import queries

REQUESTS = st.builds(
    Request,
    query=queries() | st.just(Request().query),
    sort=st.sampled_from([*SORTS, *(f"-{sort}" for sort in SORTS)]),
    limit=st.none() | st.integers(0, 3),
    offset=st.integers(0, 1),
)


@pytest.mark.slow
@given(dossiers(), REQUESTS, st.permutations(sorted(COLUMNS)))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_list_from_columns_is_the_same_as_from_records(
    texts: Mapping[str, str], request: Request, fields: tuple[str, ...]
) -> None:
    """Also with a limit, in every order, and for a query that names something unknown."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [write(Path(folder), texts)]

        def from_columns(db: sqlite3.Connection, path_of: PathOf) -> str:
            rows = claim_rows(db, path_of, request=request, fields=fields)
            return tsv(StreamedRows("claims", tuple(fields), rows))

        def from_records() -> str:
            return tsv(listing(open_dossier(paths, request), fields, flat=True).table())

        assert text_or_error(lambda: read_index(paths, from_columns)) == text_or_error(from_records)


def text_or_error(work: Callable[[], str]) -> str:
    try:
        return work()
    except ClaimcliError as error:
        return str(error)
