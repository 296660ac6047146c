"""The bundled dossier holds what its facts say, and the tool shows it so."""

import json

import pytest

from claimcli.analysis.diff import diff
from claimcli.core.records import Dossier, Status
from claimcli.core.relations import Relation
from claimcli.core.response_kinds import Kind
from claimcli.dossier.open import open_dossier
from tests.support.cli import ROOT, TEST_DATA, claimcli


@pytest.fixture(scope="module")
def call() -> Dossier:
    return open_dossier([ROOT / "data"])


def test_it_has_all_claims_and_no_problem(call: Dossier) -> None:
    """26 claims, 9 sources, 8 issues, 2 events; `check` finds nothing, not even an info."""
    assert (len(call.claims), len(call.sources), len(call.issues), len(call.events)) == (
        26,
        9,
        8,
        2,
    )
    assert claimcli("check", "data").returncode == 0
    assert claimcli("check", "data").stdout == ""


@pytest.mark.parametrize(
    ("issue", "relation"),
    [
        ("weapons-in-ukraine", Relation.CONTESTED),
        ("invasion-plans", Relation.CONTESTED),
        ("january-talks", Relation.AGREED),
        ("purpose-of-call", Relation.PARALLEL),
        ("who-asked", Relation.PARALLEL),
        ("security-guarantees", Relation.ONLY_LEFT),
        ("sanctions", Relation.ONLY_LEFT),
        ("response-to-invasion", Relation.ONLY_RIGHT),
    ],
)
def test_the_two_accounts_relate(call: Dossier, issue: str, relation: Relation) -> None:
    """Each issue's strongest relation is the one that the facts give."""
    assert diff(call, "kremlin", "white-house").strongest_relations()[issue] is relation


def test_two_claims_about_two_calls_are_not_contested(call: Dossier) -> None:
    """Who asked for the first call says nothing of who asked for the second."""
    rows = [r for r in diff(call, "kremlin", "white-house").rows if r.issue == "who-asked"]

    assert [(r.relation, len(r.left), len(r.right)) for r in rows] == [(Relation.PARALLEL, 1, 1)]


def test_the_denial_is_of_the_words(call: Dossier) -> None:
    """The White House denies that the words were said: the kind is there in words."""
    row = next(
        r for r in diff(call, "kremlin", "white-house").rows if r.issue == "weapons-in-ukraine"
    )

    assert row.label == "contested: denies that it was said"
    assert {c.id for c in row.left} == {"no-strike-weapons", "no-intention-readout"}
    assert [c.id for c in row.right] == ["no-declaration"]


def test_a_restatement_shares_the_status(call: Dossier) -> None:
    """The readout restates the contested claim and so is contested too."""
    assert call.statuses["no-intention-readout"] is Status.CONTESTED


def test_the_joint_statement_has_two_parties(call: Dossier) -> None:
    """The accusation is the White House's and its partners' together; the Kremlin denies it."""
    claim = call.by_id["fomenting-tensions"]

    assert claim.parties == ("white-house", "us-partners")
    assert call.answers[claim.id] == (("not-eyeing-invasion", Kind.DENIES),)


REPORT = TEST_DATA / "sources" / "news-2021-12-31.txt"


@pytest.mark.skipif(
    not REPORT.exists(), reason="CLAIMCLI_TEST_DATA names no folder with the report"
)
def test_quotes_stand_in_the_report(call: Dossier) -> None:
    """Every quote of the report of 31 December occurs in its text, to the character."""
    text = REPORT.read_text(encoding="utf-8")
    quotes = [
        c.quote
        for claim in call.claims
        for c in claim.citations
        if c.source == "news-2021-12-31" and c.quote
    ]

    assert len(quotes) == 15
    assert [quote for quote in quotes if quote not in text] == []


def test_the_sample_is_the_same_dossier() -> None:
    """`--sample call` before or after the command gives the claims of data/."""
    before = claimcli("--sample", "call", "list", "--format", "json", "--fields", "id,statement")
    after = claimcli("list", "--sample", "call", "--format", "json", "--fields", "id,statement")
    data = claimcli("list", "--format", "json", "--fields", "id,statement")

    assert before.stdout == after.stdout == data.stdout
    assert len(json.loads(before.stdout)) == 26
