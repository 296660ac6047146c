"""Counting the cells of matrices in tables of claims."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.analysis.matrix import matrix
from claimcli.batches.jobs.matrix import COLUMNS, SCHEMA, SPOKEN, claims_of_parties, count_cells
from claimcli.core.records import Dossier
from claimcli.exchange.parquet.rows import tables_of
from tests.conftest import dossier_from
from tests.support.dossiers import dossiers

CLAIMS = """
claims:
  - {id: a, party: p, issue: i, position: 'Yes', said: 2021, statement: s}
  - {id: b, party: [p, q, p], issue: i, position: 'no', said: 2022, statement: s,
     rebuttals: [{id: c, party: q, said: 2023, statement: s}, {id: d, party: r, statement: s}]}
  - {id: e, party: p, issue: i, position: ' "yes".', said: 2024, withdrawn: 2025, statement: s}
  - {id: f, party: p, said: 2020, statement: s, supersedes: g}
  - {id: g, party: p, said: 2021, statement: s}
"""


def cells_of_matrix(dossier: Dossier, name: str) -> list[dict[str, Any]]:
    """Return the cells with claims of the product's own matrix."""
    return [
        {
            "dossier": name, "issue": row.issue, "party": cell.party,
            "positions": list(cell.positions), "claims": cell.claims,
            "rebuttals": cell.rebuttals, "withdrawn": cell.withdrawn, "newest": cell.newest,
        }
        for row in matrix(dossier).rows
        for cell in row.cells
        if cell.claims
    ]  # fmt: skip


def counted(tables: Iterable[pa.Table], *, parts: int) -> list[dict[str, Any]]:
    """Return the cells of claims that are counted in several parts."""
    claims = pa.concat_tables(tables).select(COLUMNS)
    size = max(1, -(-claims.num_rows // parts))
    slices = (claims.slice(start, size) for start in range(0, claims.num_rows, size))
    partial = [batch for one in slices for batch in claims_of_parties(iter(one.to_batches()))]
    cells: list[dict[str, Any]] = count_cells(pa.Table.from_batches(partial, SPOKEN)).to_pylist()
    return sorted(cells, key=str)


@pytest.mark.parametrize("parts", [1, 3, 17])
def test_cells_of_a_dossier(parts: int) -> None:
    """A cell has the claims of a party on an issue, also those of joint statements."""
    tables = tables_of(dossier_from({"t.yaml": CLAIMS}), name="d")

    cells = counted([tables["claims"]], parts=parts)

    names = ("issue", "party", "positions", "claims", "rebuttals", "withdrawn", "newest")
    assert [tuple(cell[name] for name in names) for cell in cells] == [
        ("i", "p", ["Yes", "no"], 3, 0, 1, "b"),
        ("i", "q", ["no"], 2, 1, 0, "c"),
        ("i", "r", [], 1, 1, 0, "d"),
        (None, "p", [], 2, 0, 0, "f"),
    ]


@given(st.lists(dossiers(), min_size=1, max_size=3), st.integers(1, 5))
def test_the_cells_are_those_of_the_matrix_of_each_dossier(
    worlds: list[dict[str, str]], parts: int
) -> None:
    """Dossiers are counted separately, with the result of the command, in any number of parts."""
    read = {str(number): dossier_from(texts) for number, texts in enumerate(worlds)}
    tables = [tables_of(dossier, name=name)["claims"] for name, dossier in read.items()]
    expected = [cell for name, dossier in read.items() for cell in cells_of_matrix(dossier, name)]

    if any(table.num_rows for table in tables):
        assert counted(tables, parts=parts) == sorted(expected, key=str)


def test_no_claims_have_no_cells() -> None:
    """An empty corpus gives an empty result with all columns."""
    empty = tables_of(Dossier(), name="d")["claims"].select(COLUMNS)

    assert list(claims_of_parties(iter(empty.to_batches()))) == []
    assert SCHEMA.names == [
        "dossier", "issue", "party", "positions", "claims", "rebuttals", "withdrawn", "newest",
    ]  # fmt: skip
