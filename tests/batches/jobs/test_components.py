"""Threads and standings in tables of several dossiers."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import claimcli
from claimcli.batches.jobs.components import COLUMNS, components
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier
from claimcli.exchange.parquet.rows import tables_of
from tests.conftest import dossier_from
from tests.support.corpora import run_job
from tests.support.dossiers import dossiers
from tests.support.packed_rows import packed_rows

CLAIMS = """
claims:
  - id: a
    party: p
    said: 2021
    statement: It is
    rebuttals:
      - {id: b, party: q, said: 2022, statement: The report is wrong, kind: undermines}
  - {id: c, party: p, said: 2023, statement: It is right, responds_to: {claim: b, kind: undercuts}}
  - {id: d, party: r, said: 2020, statement: Another thing}
  - {id: e, party: r, statement: Another thing indeed, restates: d, withdrawn: 2024}
"""


def standings(dossier: Dossier, name: str) -> list[tuple[Any, ...]]:
    """Return the rows of the product's own table of standings."""
    rows = claimcli.standing(dossier).table().rows
    return [(name, row[0], row[1], list(row[3] or ())) for row in rows]


@pytest.mark.parametrize("parts", [1, 3, 17])
def test_components_of_dossiers(parts: int) -> None:
    """Answers and restatements link claims; dossiers with the same ids are separate."""
    tables = [tables_of(dossier_from({"t.yaml": CLAIMS}), name=name) for name in ("one", "two")]
    corpus = {name: pa.concat_tables([t[name] for t in tables]) for name in COLUMNS}

    result = run_job("components", corpus, parts=parts, seed=parts)["components"].to_pylist()

    expected = [
        ("a", "a", 3, "stands", []),
        ("b", "a", 3, "falls", ["c"]),
        ("c", "a", 3, "stands", []),
        ("d", "d", 2, "stands", []),
        ("e", "d", 2, None, []),
    ]
    assert [tuple(row.values()) for row in result] == [
        (name, *row) for name in ("one", "two") for row in expected
    ]


@given(st.lists(dossiers(), min_size=1, max_size=3))
def test_the_standing_is_that_of_the_command(worlds: list[dict[str, str]]) -> None:
    """Each claim that was not withdrawn has the standing that its dossier gives it."""
    read = {str(number): dossier_from(texts) for number, texts in enumerate(worlds)}
    result = components(packed_rows(read, COLUMNS)).to_pylist()

    assert sorted(
        (row["dossier"], row["id"], row["standing"], row["attacked_by"])
        for row in result
        if row["standing"]
    ) == sorted(row for name, dossier in read.items() for row in standings(dossier, name))
    assert sorted((row["dossier"], row["id"]) for row in result) == sorted(
        (name, claim) for name, dossier in read.items() for claim in dossier.by_id
    )


def test_a_long_chain_is_one_component() -> None:
    """Three thousand claims, of which each answers the one before, are one component."""
    links = (
        f"{{id: c{n:05}, party: p{n % 2}, statement: s, said: 2021,"
        f" responds_to: {{claim: c{n - 1:05}, kind: undercuts}}}}"
        for n in range(1, 3_000)
    )
    first = "{id: c00000, party: p0, statement: s, said: 2021}"
    chain = dossier_from({"t.yaml": f"claims: [{', '.join((first, *links))}]"})

    result = components(packed_rows({"d": chain}, COLUMNS))

    assert result["component"].unique().to_pylist() == ["c00000"]
    assert result["claims"].unique().to_pylist() == [3_000]
    assert result["standing"].to_pylist()[-3:] == ["stands", "falls", "stands"]


def test_an_invalid_value_is_an_error_that_names_the_dossier() -> None:
    """A kind of answer that does not exist is not taken for another one."""
    tables = tables_of(dossier_from({"t.yaml": CLAIMS}), name="d")
    kinds = pa.repeat(pa.scalar("mocks"), tables["responses"].num_rows)
    responses = tables["responses"].set_column(4, tables["responses"].schema.field(4), kinds)

    with pytest.raises(ClaimcliError, match=r"^a row of dossier 'd' is invalid: 'mocks' is not a"):
        run_job("components", {**tables, "responses": responses})


@pytest.mark.parametrize("job", ["components", "matrix"])
def test_a_missing_value_is_an_error_that_names_the_column(job: str) -> None:
    """A table that another program wrote can lack what each row has."""
    tables = tables_of(dossier_from({"t.yaml": CLAIMS}), name="d")
    claims = tables["claims"]
    column = claims.schema.get_field_index("rank")
    ranks = pa.nulls(claims.num_rows, pa.int32())
    claims = claims.set_column(column, claims.schema.field(column), ranks)

    with pytest.raises(ClaimcliError, match=r"^the table 'claims' has a row without 'rank'"):
        run_job(job, {**tables, "claims": claims})


def test_columns_of_other_programs_have_other_types() -> None:
    """Numbers of more bits and texts with long offsets are the same; what is no number is an error."""
    tables = tables_of(dossier_from({"t.yaml": CLAIMS}), name="d")
    same = run_job("components", tables)["components"]
    wide = {name: table.cast(_wide(table.schema)) for name, table in tables.items()}
    claims = tables["claims"]
    column = claims.schema.get_field_index("rank")

    assert run_job("components", wide)["components"] == same
    claims = claims.set_column(column, "rank", pa.repeat(pa.scalar("first"), claims.num_rows))
    with pytest.raises(ClaimcliError, match=r"^'.*part-00000.parquet' cannot be read: .*'first'"):
        run_job("components", {**tables, "claims": claims})


def _wide(schema: pa.Schema) -> pa.Schema:
    wide = {pa.string(): pa.large_string(), pa.int32(): pa.int64()}
    return pa.schema([field.with_type(wide.get(field.type, field.type)) for field in schema])
