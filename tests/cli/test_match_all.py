"""``match --all`` as a process."""

import json
from pathlib import Path

import pytest

from tests.support.cli import claimcli

DATA = """
issues: [{id: shut, question: How many homes had no water?}]
claims:
- {id: a, party: city, issue: shut, said: 2021-03-01, statement: Six homes had no water on the first day.}
- {id: b, party: residents, issue: shut, statement: 60 homes had no water on the first day.}
- {id: c, party: residents, statement: "60 homes had no water, on the first day"}
- {id: d, party: residents, statement: The council was warned in time.}
"""


@pytest.fixture
def data(tmp_path: Path) -> str:
    path = tmp_path / "claims.yaml"
    path.write_text(DATA, encoding="utf-8")
    return str(path)


def test_a_row_for_each_pair_of_similar_claims(data: str) -> None:
    """The most similar come first; a candidate is named."""
    run = claimcli("--data", data, "match", "--all", "--format", "tsv")

    six, sixty = (
        "Six homes had no water on the first day.",
        "60 homes had no water on the first day.",
    )
    again = "60 homes had no water, on the first day"
    rows = [line.split("\t") for line in run.stdout.splitlines()]
    assert rows == [
        ["similarity", "id", "party", "when", "statement", "other", "other_party", "other_when",
         "other_statement", "differs", "note"],
        ["1.00", "b", "residents", "", sixty, "c", "residents", "", again, "", ""],
        ["0.78", "a", "city", "2021-03-01", six, "b", "residents", "", sixty, "Six / 60 homes",
         "contradiction candidate"],
        ["0.78", "a", "city", "2021-03-01", six, "c", "residents", "", again, "Six / 60 homes", ""],
    ]  # fmt: skip
    assert run.stderr == ""


def test_a_terminal_shows_the_claims_of_a_pair_below_each_other(data: str) -> None:
    run = claimcli("--data", data, "match", "--all", "--format", "table", "--limit", "2")

    assert run.stdout.splitlines() == [
        "similarity   id           statement",
        "─" * 66,
        "1.00         b            60 homes had no water on the first day.",
        "             residents",
        "             c            60 homes had no water, on the first day",
        "             residents",
        "0.78         a            Six homes had no water on the first day.",
        "             city",
        "             2021-03-01",
        "             b            60 homes had no water on the first day.",
        "             residents    contradiction candidate",
        "                          differs: Six / 60 homes",
    ]
    assert run.stderr == "3 pairs of similar claims, of which the 2 most similar are listed\n"


def test_records_have_both_claims_and_each_difference(data: str) -> None:
    run = claimcli("--data", data, "match", "--all", "--format", "jsonl")

    records = [json.loads(line) for line in run.stdout.splitlines()]
    assert [(one["first"]["id"], one["second"]["id"]) for one in records] == [
        ("b", "c"), ("a", "b"), ("a", "c"),
    ]  # fmt: skip
    assert records[1]["differences"] == [
        {"kind": "number", "first": "Six homes", "second": "60 homes"}
    ]
    assert [one["contradiction_candidate"] for one in records] == [False, True, False]


def test_markdown_and_json_have_the_same_pairs(data: str) -> None:
    table = claimcli("--data", data, "match", "--all", "--format", "md").stdout.splitlines()
    assert len(table) == 5
    assert len(json.loads(claimcli("--data", data, "match", "--all", "-f", "json").stdout)) == 3


def test_a_query_and_a_higher_similarity_narrow_the_result(data: str) -> None:
    """--exit-code tells whether claims are similar."""
    run = claimcli("--data", data, "match", "--all", "party:residents", "--exit-code")
    assert len(run.stdout.splitlines()) == 2
    assert run.returncode == 1

    run = claimcli("--data", data, "match", "--all", "party:city", "--exit-code")
    assert run.stderr == "no similar claims among those selected\n"
    assert run.returncode == 0

    run = claimcli("--data", data, "match", "--all", "--jaccard", "0.8")
    assert len(run.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (
            ["--all", "--jaccard", "2"],
            "a similarity of '2' is out of range; write a number from 0.1 to 1, such as 0.5",
        ),
        (["--all", "--claim", "a"], "--all and --claim exclude each other; name one of them"),
        (
            ["--all", "--min-score", "0.4"],
            "--min-score does not apply to --all; write --jaccard instead",
        ),
        (
            ["the main", "--jaccard", "0.4"],
            "--jaccard needs --all; write --min-score to limit what is listed",
        ),
        (
            ["the main", "--limit", "101"],
            "a limit of 101 is too large; list at most 100 claims, or write --all",
        ),
    ],
)
def test_options_that_do_not_apply_are_errors(data: str, arguments: list[str], error: str) -> None:
    run = claimcli("--data", data, "match", *arguments)
    assert (run.returncode, run.stdout, run.stderr) == (2, "", f"error: {error}\n")


def test_internal_claims_are_marked(tmp_path: Path) -> None:
    """On a terminal, and in JSON."""
    path = tmp_path / "claims.yaml"
    secret = "- {id: e, party: city, internal: true, statement: The council was warned in time}\n"
    path.write_text(DATA + secret, encoding="utf-8")
    arguments = ("--data", str(path), "match", "--all", "--jaccard", "1")

    rows = claimcli(*arguments, "--format", "table").stdout.splitlines()
    assert rows[-5:] == [
        "1.00         d           The council was warned in time.",
        "             residents",
        "             e           The council was warned in time",
        "             city",
        "             internal",
    ]
    records = json.loads(claimcli(*arguments, "--format", "json").stdout)
    assert [(one["first"]["internal"], one["second"]["internal"]) for one in records] == [
        (False, False),
        (False, True),
    ]
