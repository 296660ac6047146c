"""Pairs of similar claims across dossiers: the same as in one dossier with all claims."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcli.analysis import near_duplicates as near_duplicates_module
from claimcli.analysis.near_duplicates import near_duplicates
from claimcli.batches.engine import JobOptions
from claimcli.core.problems import ClaimcliError
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


def expected_of(corpus: Mapping[str, pa.Table], jaccard: float) -> list[dict[str, Any]]:
    """Return the pairs that the functions of ``match --all`` find in the claims of all dossiers."""
    rows = sorted(corpus["claims"].to_pylist(), key=lambda row: (row["dossier"], row["id"]))
    pairs = near_duplicates((row["statement"] for row in rows), jaccard)
    names = ("dossier", "id", "parties", "when", "statement", "issue", "position")
    found = []
    for one, other, similarity in pairs:
        sides = (("first", rows[one]), ("second", rows[other]))
        fields = {f"{side}_{name}": row[name] for side, row in sides for name in names}
        internal = {f"{side}_internal": row["withheld"] for side, row in sides}
        found.append({"similarity": similarity, **fields, **internal})
    return found


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, str]:
    """Draw dossiers with claims of few different words, so that many are similar."""
    statements = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), min_size=1, max_size=8)
    return {
        name: "claims:\n"
        + "".join(
            f"- {{id: c{number}, party: p, statement: {' '.join(words)}}}\n"
            for number, words in enumerate(draw(st.lists(statements, min_size=1, max_size=20)))
        )
        for name in ("one", "two")
    }


@given(worlds(), st.sampled_from((0.2, 0.5, 1.0)), st.integers(1, 5), st.integers(2, 20))
@settings(max_examples=8)
def test_pairs_are_those_of_one_dossier_with_all_claims(
    texts: dict[str, str], jaccard: float, parts: int, most: int
) -> None:
    """Also if many claims have one wording, or many wordings share their rarest pair."""
    corpus = corpus_of(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(near_duplicates_module, "MOST_NEIGHBOURS", most)
        patch.setattr(near_duplicates_module, "FREQUENT", 3)
        rows = rows_of(corpus, jaccard, parts=parts, seed=parts)
        expected = expected_of(corpus, jaccard)
    further = ("differs", "opposing_positions", "contradiction_candidate")
    pairs = [{name: row[name] for name in row if name not in further} for row in rows]
    assert sorted(pairs, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize("parts", [1, 3, 17])
def test_the_result_does_not_depend_on_parts_and_order(parts: int) -> None:
    corpus = corpus_of({"city": CITY, "residents": RESIDENTS, "copy": RESIDENTS})
    once = run_job("duplicates", corpus, parts=1)
    assert run_job("duplicates", corpus, parts=parts, processes=2, seed=parts) == once


def test_a_corpus_without_similar_claims_has_no_rows() -> None:
    texts = {
        "city": "claims:\n- {id: a, party: p, statement: It leaks.}\n- {id: b, party: p, statement: …}"
    }
    assert rows_of(corpus_of(texts)) == []
    assert rows_of(corpus_of({"city": "claims: []"})) == []


@pytest.mark.parametrize(("withdrawn", "opposing"), [("", True), (", withdrawn: 2022", False)])
def test_positions_that_nobody_holds_do_not_oppose(withdrawn: str, opposing: bool) -> None:
    """One that is still held opposes one that was withdrawn, but not the other way round."""
    claim = "claims: [{{id: a, party: {}, issue: i, position: {}, statement: It leaks{}}}]"
    texts = {
        "city": claim.format("city", "rust", withdrawn),
        "residents": claim.format("residents", "frost", ", withdrawn: 2022"),
    }
    (row,) = rows_of(corpus_of(texts))
    assert row["opposing_positions"] is opposing
    assert row["contradiction_candidate"] is opposing


def test_a_similarity_out_of_range_is_an_error() -> None:
    with pytest.raises(ClaimcliError, match="a similarity of '2' is out of range"):
        rows_of(corpus_of({"city": CITY}), 2)


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
        (0.78, "city/a", "city/b", "Six / 60 homes", False),
        (0.78, "city/b", "residents/a", "60 / Six homes", True),
        (0.62, "city/c", "residents/d", "never", True),
        (0.62, "city/c", "residents/e", "never", False),
    ]
