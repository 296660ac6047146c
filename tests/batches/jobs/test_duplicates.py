"""Pairs of similar claims across dossiers: the same as in one dossier with all claims."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pytest

from claimcli.batches.engine import JobOptions
from claimcli.exchange.parquet.rows import tables_of
from tests.conftest import dossier_from
from tests.support.corpora import ENGINES, run_job

CITY = """
parties: [{id: city}, {id: mayor, part_of: city}]
issues: [{id: cause, question: Why?, positions: [rust, age, frost], compatible: [[rust, age]]}]
claims:
  - {id: a, party: city, issue: cause, position: rust, said: 2021-03-01,
     statement: Six homes had no water on the first day.}
  - {id: b, party: mayor, issue: cause, statement: 60 homes had no water on the first day.}
  - {id: c, party: city, about: 2021-03, statement: The pump failed in the first night.}
"""
RESIDENTS = """
parties: [{id: residents}]
claims:
  - {id: a, party: residents, issue: cause, position: frost, withdrawn: 2022,
     statement: "Six homes had no water, on the first day"}
  - {id: d, party: residents, about: 2021-03-02, statement: The pump never failed in the first night.}
  - {id: e, party: residents, about: 2022, statement: The pump never failed in the first night.}
  - {id: f, party: residents, statement: "…"}
"""


def corpus_of(texts: Mapping[str, str]) -> dict[str, pa.Table]:
    """Return the tables of several dossiers."""
    each = [tables_of(dossier_from({"t.yaml": text}), name=name) for name, text in texts.items()]
    return {name: pa.concat_tables([tables[name] for tables in each]) for name in each[0]}


def rows_of(
    corpus: Mapping[str, pa.Table], jaccard: float = 0.5, **how: Any
) -> list[dict[str, Any]]:
    """Return the pairs, the most similar first."""
    result = run_job("duplicates", corpus, options=JobOptions(jaccard=jaccard), **how)
    rows: list[dict[str, Any]] = result["duplicates"].to_pylist()
    names = ("first_dossier", "first_id", "second_dossier", "second_id")
    return sorted(rows, key=lambda row: (-row["similarity"], *(row[name] for name in names)))


@pytest.mark.parametrize("kind", ENGINES)
def test_pairs_within_and_across_dossiers(kind: str) -> None:
    """A row has both claims, what differs, and whether they are a contradiction candidate."""
    rows = rows_of(corpus_of({"city": CITY, "residents": RESIDENTS}), engine=kind)
    assert [
        (
            round(row["similarity"], 2),
            f"{row['first_dossier']}/{row['first_id']}",
            f"{row['second_dossier']}/{row['second_id']}",
            row["differs"],
            row["contradiction_candidate"],
        )
        for row in rows
    ] == [
        (1.0, "city/a", "residents/a", "position: rust / frost", True),
        (1.0, "residents/d", "residents/e", "", False),
        (0.78, "city/a", "city/b", "Six homes / 60 homes", False),
        (0.78, "city/b", "residents/a", "60 homes / Six homes", True),
        (0.62, "city/c", "residents/d", "never", True),
        (0.62, "city/c", "residents/e", "never", False),
    ]
