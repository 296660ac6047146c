"""Similar claims are listed with what differs, and which of them may contradict each other."""

import sqlite3
from pathlib import Path

import pytest

from claimcli.analysis.duplicates import Duplicates, find_duplicates
from claimcli.core.problems import ClaimcliError
from claimcli.core.query_parser import parse_query
from claimcli.dossier.open import LoadOptions, read_index

REGISTRY = """
parties:
  - {id: city}
  - {id: mayor, part_of: city}
  - {id: residents}
issues:
  - {id: cause, question: Why?, positions: [rust, age, frost], compatible: [[rust, age]]}
claims:
"""
SIX_HOMES = (
    "- {id: a, party: city, issue: cause, statement: Six homes had no water on the first day.}"
)


def duplicates_in(
    folder: Path, *claims: str, jaccard: float = 0.3, query: str = "", limit: int = 100
) -> Duplicates:
    """Return the similar claims of a dossier."""
    text = REGISTRY + "".join(f"  {claim}\n" for claim in claims)
    Path(folder, "claims.yaml").write_text(text, encoding="utf-8")

    def use(db: sqlite3.Connection, _: object) -> Duplicates:
        return find_duplicates(db, jaccard, within=parse_query(query), limit=limit)

    return read_index([folder], use, LoadOptions())


def only(found: Duplicates) -> tuple[str, bool]:
    """Return what differs between the only two similar claims, and if they are a candidate."""
    (pair,) = found.pairs
    return pair.differs, pair.candidate


def test_pairs_have_both_claims_and_the_most_similar_come_first(tmp_path: Path) -> None:
    found = duplicates_in(
        tmp_path,
        "- {id: a, party: city, said: 2021-03-01, issue: cause, statement: The old main is safe.}",
        "- {id: b, party: [city, residents], statement: 'The old main, too, is safe.'}",
        "- {id: c, party: mayor, statement: The OLD main is safe}",
        "- {id: d, party: mayor, statement: Nobody was told.}",
    )

    assert found.total == 3
    assert [(p.first.id, p.second.id, round(p.similarity, 2)) for p in found.pairs] == [
        ("a", "c", 1.0),
        ("a", "b", 0.5),
        ("b", "c", 0.5),
    ]
    assert found.pairs[1].record == {
        "similarity": 0.5,
        "first": {
            "id": "a",
            "parties": ("city",),
            "when": "2021-03-01",
            "statement": "The old main is safe.",
            "issue": "cause",
            "position": None,
            "internal": False,
        },
        "second": {
            "id": "b",
            "parties": ("city", "residents"),
            "when": None,
            "statement": "The old main, too, is safe.",
            "issue": None,
            "position": None,
            "internal": False,
        },
        "differences": [],
        "opposing_positions": False,
        "contradiction_candidate": False,
    }
    assert found.table().rows[0] == (
        *("1.00", "a", ("city",), "2021-03-01", "The old main is safe."),
        *("c", ("mayor",), None, "The OLD main is safe", "", ""),
    )


def test_a_number_that_differs_on_one_issue_makes_a_candidate(tmp_path: Path) -> None:
    seven = "{id: b, party: residents, issue: cause, statement: 60 homes had no water on the first day.}"
    assert only(duplicates_in(tmp_path, SIX_HOMES, f"- {seven}")) == ("Six / 60 homes", True)


def test_a_negation_that_differs_makes_a_candidate(tmp_path: Path) -> None:
    found = duplicates_in(
        tmp_path,
        "- {id: a, party: city, issue: cause, statement: The pump failed in the first night.}",
        "- {id: b, party: residents, issue: cause, statement: The pump never failed in the first night.}",
    )
    assert only(found) == ("never", True)


def test_a_date_that_differs_makes_no_candidate(tmp_path: Path) -> None:
    found = duplicates_in(
        tmp_path,
        "- {id: a, party: city, issue: cause, statement: The pump failed on 12 January.}",
        "- {id: b, party: residents, issue: cause, statement: The pump failed on 13 January.}",
    )
    assert only(found) == ("12 / 13 January", False)


@pytest.mark.parametrize(
    "fields",
    [
        "party: mayor, issue: cause",
        "party: residents",
        "party: residents, issue: other",
        "party: residents, about: 2021",
    ],
    ids=["the same tree of parties", "no issue", "another issue", "a time, but the other has none"],
)
def test_no_candidates_are_claims_of(tmp_path: Path, fields: str) -> None:
    other = f"- {{id: b, {fields}, statement: 60 homes had no water on the first day.}}"
    assert only(duplicates_in(tmp_path, SIX_HOMES, other)) == ("Six / 60 homes", False)


@pytest.mark.parametrize(
    ("about", "other", "candidate"),
    [("2021", "2021-03", True), ("2021", "2022", False)],
    ids=["overlapping times", "different times"],
)
def test_claims_about_one_time_are_candidates_without_an_issue(
    tmp_path: Path, about: str, other: str, candidate: bool
) -> None:
    found = duplicates_in(
        tmp_path,
        f"- {{id: a, party: city, about: {about}, statement: Six homes had no water on one day.}}",
        f"- {{id: b, party: residents, about: {other}, statement: 60 homes had no water on one day.}}",
    )
    assert only(found) == ("Six / 60 homes", candidate)


def test_claims_about_different_times_are_no_candidates_even_on_one_issue(tmp_path: Path) -> None:
    found = duplicates_in(
        tmp_path,
        "- {id: a, party: city, issue: cause, about: 2021, statement: Six homes had no water.}",
        "- {id: b, party: residents, issue: cause, about: 2022, statement: 60 homes had no water.}",
    )
    assert only(found) == ("Six / 60 homes", False)


@pytest.mark.parametrize(
    ("position", "other", "differs"),
    [
        ("rust", "frost", "position: rust / frost"),
        ("rust", "Rust.", ""),
        ("rust", "age", ""),
        ("rust", "frost, withdrawn: 2021", "position: rust / frost"),
        ("rust, withdrawn: 2021", "frost, withdrawn: 2021", ""),
    ],
)
def test_opposing_positions_make_a_candidate(
    tmp_path: Path, position: str, other: str, differs: str
) -> None:
    """The same positions, compatible ones, and two that are no longer held do not."""
    found = duplicates_in(
        tmp_path,
        f"- {{id: a, party: city, issue: cause, position: {position}, statement: It was that.}}",
        f"- {{id: b, party: residents, issue: cause, position: {other}, statement: It was that.}}",
    )
    assert only(found) == (differs, bool(differs))


def test_a_query_narrows_what_is_compared(tmp_path: Path) -> None:
    claims = [f"- {{id: c{n}, party: {p}, statement: It leaks.}}" for n, p in enumerate(PARTIES)]
    found = duplicates_in(tmp_path, *claims, query="party:city")
    assert [(pair.first.id, pair.second.id) for pair in found.pairs] == [("c0", "c2")]
    with pytest.raises(ClaimcliError, match="no party 'nobody'"):
        duplicates_in(tmp_path, *claims, query="party:nobody")


PARTIES = ("city", "residents", "mayor")


def test_notes_say_that_there_are_none_or_more(tmp_path: Path) -> None:
    claims = [f"- {{id: c{number}, party: city, statement: It leaks.}}" for number in range(4)]
    assert duplicates_in(tmp_path, *claims).notes == ()
    assert duplicates_in(tmp_path, *claims, limit=2).notes == (
        "6 pairs of similar claims, of which the 2 most similar are listed",
    )
    assert duplicates_in(tmp_path, claims[0]).notes == ("no similar claims on file",)
