"""The registries: which rows a query leaves, and what the numbers count."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from claimcli.analysis.registries import Registry, issues, parties, sources
from claimcli.core.party_trees import By
from claimcli.core.records import Dossier
from tests.support.cli import claimcli
from tests.support.trees import TREES

DossierOf = Callable[[str], Dossier]

LETTERS = """
parties: [{id: p}, {id: q}, {id: mute}]
issues: [{id: i, question: I?}, {id: j, question: J?}]
sources:
- {id: letter, title: Letter, derived_from: [wire]}
- {id: wire, title: Wire}
- {id: diary, title: Diary}
claims:
- {id: a, party: p, statement: A., issue: i, source: {id: letter, quote: A}}
- {id: b, party: p, statement: B., issue: j, source: diary}
- {id: c, party: q, statement: C., issue: j, source: diary, responds_to: b}
"""


def ids(found: Registry, number: str = "claims") -> dict[str, int]:
    return {record["id"]: record[number] for record in found.records}


def test_without_a_query_every_record_has_a_row(dossier_of: DossierOf) -> None:
    dossier = dossier_of(LETTERS)

    assert ids(parties(dossier)) == {"mute": 0, "p": 2, "q": 1}
    assert ids(issues(dossier)) == {"i": 1, "j": 2}
    assert ids(sources(dossier)) == {"diary": 2, "letter": 1, "wire": 0}


def test_only_records_of_the_selected_claims(dossier_of: DossierOf) -> None:
    """The numbers are those of the selected claims; answers to them count, selected or not."""
    dossier = dossier_of(LETTERS)
    some = replace(dossier, claims=(dossier.by_id["b"],))

    assert ids(parties(some, only_used=True)) == {"p": 1}
    assert ids(parties(some, only_used=True), "claims_rebutted") == {"p": 1}
    assert ids(issues(some, only_used=True)) == {"j": 1}
    assert ids(sources(some, only_used=True)) == {"diary": 1}


@pytest.mark.parametrize(
    ("command", "rows"),
    [
        (["sources", "id:a"], ["letter"]),
        (["sources", "--party", "q"], ["diary"]),
        (["sources", "id:nothing*"], []),
        (["parties", "issue:j"], ["p", "q"]),
        (["parties", "--issue", "i"], ["p"]),
        (["issues", "--party", "q"], ["j"]),
        (["issues", "source:letter"], ["i"]),
        (["issues"], ["i", "j"]),
        (["parties"], ["mute", "p", "q"]),
        (["sources"], ["diary", "letter", "wire"]),
    ],
)
@pytest.mark.parametrize("format_", ["tsv", "json"])
def test_a_query_filters_the_rows(
    command: list[str], rows: list[str], format_: str, tmp_path: Path
) -> None:
    """A flag filters them too; a query that matches nothing leaves no row."""
    (tmp_path / "a.yaml").write_text(LETTERS)
    shown = claimcli(*command, "--data", ".", "-f", format_, cwd=tmp_path).stdout

    if format_ == "json":
        assert sorted(record["id"] for record in json.loads(shown)) == rows
    else:
        assert sorted(line.split("\t")[0] for line in shown.splitlines()[1:]) == rows


def test_a_party_has_the_claims_of_its_members(dossier_of: DossierOf) -> None:
    """A joint statement of two members counts once."""
    found = parties(dossier_of(TREES))

    assert {r["id"]: (r["claims"], r["with_members"]) for r in found.records} == {
        "abbey": (0, 0), "cloister": (0, 0), "gazette": (1, 1), "league": (0, 1),
        "league-office": (1, 1), "mint": (2, 2), "navy": (3, 3), "realm": (0, 5),
        "treasury": (1, 3),
    }  # fmt: skip
    assert "with_members" in found.columns


def test_without_members_there_is_no_column_for_them(dossier_of: DossierOf) -> None:
    assert "with_members" not in parties(dossier_of(LETTERS)).columns


def test_a_tree_is_one_party(dossier_of: DossierOf) -> None:
    """Answers within a tree are no rebuttals, and parties without members have none."""
    found = parties(dossier_of(TREES), by=By.TREE)

    assert found.columns == (
        "id", "name", "kind", "members", "claims", "rebuttals_made", "claims_rebutted",
        "no_response",
    )  # fmt: skip
    assert {row[0]: row[3:7] for row in found.table().rows} == {
        "abbey": (("cloister",), 0, 0, 0),
        "gazette": ((), 1, 0, 0),
        "league": (("league-office",), 1, 1, 0),
        "realm": (("treasury", "mint", "navy"), 5, 0, 1),
    }


def test_parties_by_tree_of_a_selection(tmp_path: Path) -> None:
    """What the matching claims answer is known, although it does not match."""
    (tmp_path / "a.yaml").write_text(TREES)
    shown = claimcli("parties", "id:light", "--by", "tree", "--data", ".", cwd=tmp_path).stdout

    assert shown.splitlines()[1:] == [
        "realm\tThe Realm\tgovernment\ttreasury, mint, navy\t1\t0\t0\t1"
    ]
