"""Audits in tables of several dossiers."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import claimcli
from claimcli.batches.jobs.audit import COLUMNS, audits_of
from claimcli.core.records import Dossier
from claimcli.exchange.parquet.rows import tables_of
from tests.conftest import dossier_from
from tests.support.corpora import run_job
from tests.support.dossiers import dossiers
from tests.support.packed_rows import packed_rows

CLAIMS = """
parties: [{id: q, name: The Queue, part_of: r}, {id: p}]
sources:
  - {id: s, title: Letter, kind: primary}
  - {id: t, title: Report, kind: secondary, derived_from: [s]}
issues: [{id: i, question: Is it?}]
claims:
  - id: a
    party: p
    issue: i
    said: 2021
    statement: It is
    source: [s, {id: t, quote: that it is}]
    asked: {party: r, on: 2022, due: 2023, asker: Desk}
  - {id: b, party: p, said: 2022, statement: It was, responds_to: {claim: a, kind: confirms}}
"""


def gaps(dossier: Dossier, name: str) -> list[tuple[Any, ...]]:
    """Return the rows of the product's own audit, except for those about quotes."""
    rows = claimcli.audit(dossier).table().rows
    return [(name, *map(_listed, row)) for row in rows if row[0] != "unverified-quote"]


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def totals(dossier: Dossier, name: str) -> list[tuple[Any, ...]]:
    """Return the numbers of the parties in the product's own audit, except for quotes."""
    return [
        (
            name, one.party, one.name, one.claims, one.with_members, one.rebuttals_made,
            one.rebuttals_received, one.primary.part, one.words,
        )
        for one in claimcli.audit(dossier).totals
    ]  # fmt: skip


@pytest.mark.parametrize("parts", [1, 3, 17])
def test_audits_of_dossiers(parts: int) -> None:
    """Each dossier has its gaps, with the file and line, and its parties."""
    tables = [tables_of(dossier_from({"t.yaml": CLAIMS}), name=name) for name in ("one", "two")]
    corpus = {name: pa.concat_tables([t[name] for t in tables]) for name in COLUMNS}

    result = run_job("audit", corpus, parts=parts, seed=parts)

    asked = "r, asked on 2022 by Desk, answer due 2023, none on file"
    expected = [
        ("no-reply", "a", ["p"], "i", "t.yaml", 8, asked),
        ("no-response", "a", ["p"], "i", "t.yaml", 8, "b says the same"),
        ("no-response", "b", ["p"], "i", "t.yaml", 15, ""),
        ("one-sided", "i", ["p"], "i", "t.yaml", 6, "Is it?"),
        ("single-origin", "a", ["p"], "i", "t.yaml", 8, "s"),
        ("unsourced", "b", ["p"], "i", "t.yaml", 15, ""),
    ]
    assert [tuple(row.values()) for row in result["gaps"].to_pylist()] == [
        (name, *row) for name in ("one", "two") for row in expected
    ]
    assert [tuple(row.values()) for row in result["totals"].to_pylist()] == [
        (name, *row)
        for name in ("one", "two")
        for row in (("p", "p", 2, 2, 0, 0, 1, 7), ("q", "The Queue", 0, 0, 0, 0, 0, 0))
    ]


@given(st.lists(dossiers(), min_size=1, max_size=3))
def test_the_audit_is_that_of_the_command(worlds: list[dict[str, str]]) -> None:
    """Each dossier has the gaps and totals that the command shows."""
    read = {str(number): dossier_from(texts) for number, texts in enumerate(worlds)}
    rows = audits_of(packed_rows(read, COLUMNS)).to_pylist()

    found, counted = (
        [(row["dossier"], *row[name].values()) for row in rows if row[name]]
        for name in ("gaps", "totals")
    )
    assert sorted(found, key=str) == sorted(
        (row for name, dossier in read.items() for row in gaps(dossier, name)), key=str
    )
    assert sorted(counted, key=str) == sorted(
        (row for name, dossier in read.items() for row in totals(dossier, name)), key=str
    )
