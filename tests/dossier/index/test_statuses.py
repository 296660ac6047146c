"""The status of a claim, and whether it is answered, by the definitions of the data model."""

import pytest

from claimcli.core.query import Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Dossier, opposition_of
from tests.conftest import dossier_from

PARTIES = """
parties:
  - {id: state}
  - {id: foreign-office, part_of: state}
  - {id: laboratory, part_of: foreign-office}
  - {id: embassy}
"""
ACCUSED = """
claims:
  - {id: made-there, party: foreign-office, statement: It was made there., issue: origin, position: there}
"""


def read(*texts: str) -> Dossier:
    return dossier_from({f"{number}.yaml": text for number, text in enumerate(texts)})


def status(dossier: Dossier, claim: str) -> tuple[str, bool]:
    return dossier.statuses[claim].value, claim in dossier.answered


def opposed_by(dossier: Dossier, claim: str) -> list[tuple[str, str]]:
    return [(one.id, one.by) for one in opposition_of(dossier, claim).opposers]


def answer(kind: str, party: str, *, more: str = "") -> str:
    responds = f"responds_to: {{claim: made-there, kind: {kind}}}"
    return f"claims: [{{id: answer, party: {party}, statement: S., {responds}{more}}}]"


@pytest.mark.parametrize(
    ("kind", "claim", "answer_itself"),
    [
        ("denies", ("contested", True), ("contested", True)),
        ("denies-saying", ("contested", True), ("contested", True)),
        ("contradicts", ("contested", True), ("contested", True)),
        ("disputes-meaning", ("contested", True), ("unanswered", False)),
        ("undermines", ("contested", True), ("unanswered", False)),
        ("undercuts", ("contested", True), ("unanswered", False)),
        ("qualifies", ("qualified", True), ("answered", True)),
        ("declines", ("answered", True), ("answered", True)),
        ("confirms", ("confirmed", True), ("answered", True)),
    ],
)
def test_an_answer_from_outside_the_tree(
    kind: str, claim: tuple[str, bool], answer_itself: tuple[str, bool]
) -> None:
    """A denial is opposed by the claim that it denies; a challenge is a new point."""
    dossier = read(PARTIES, ACCUSED, answer(kind, "embassy"))

    assert status(dossier, "made-there") == claim
    assert status(dossier, "answer") == answer_itself


@pytest.mark.parametrize("kind", ["denies", "undercuts", "qualifies", "declines", "confirms"])
@pytest.mark.parametrize("party", ["laboratory", "state", "foreign-office"])
def test_an_answer_from_inside_the_tree_is_no_response(kind: str, party: str) -> None:
    """Members, parents and the party itself are inside; their opposition divides the tree."""
    dossier = read(PARTIES, ACCUSED, answer(kind, party))
    opposes = kind in ("denies", "undercuts")

    assert status(dossier, "made-there") == ("divided" if opposes else "unanswered", False)


def test_a_joint_answer_is_from_outside_if_one_party_is() -> None:
    dossier = read(PARTIES, ACCUSED, answer("denies", "[laboratory, embassy]"))

    assert status(dossier, "made-there") == ("contested", True)
    assert status(dossier, "answer") == ("divided", False)


def test_a_rival_position_opposes_and_is_no_answer() -> None:
    """Inside the tree it divides, outside it contests; nobody has answered."""
    rival = "{id: rival, party: PARTY, statement: S., issue: origin, position: elsewhere}"
    inside = read(PARTIES, ACCUSED, f"claims: [{rival.replace('PARTY', 'laboratory')}]")
    outside = read(PARTIES, ACCUSED, f"claims: [{rival.replace('PARTY', 'embassy')}]")

    assert status(inside, "made-there") == ("divided", False)
    assert status(outside, "made-there") == ("contested", False)
    assert opposed_by(outside, "made-there") == [("rival", "position")]


def test_compatible_positions_do_not_oppose() -> None:
    rival = "claims: [{id: rival, party: embassy, statement: S., issue: origin, position: unclear}]"
    issue = "issues: [{id: origin, question: Where?, compatible: [[There, unclear]]}]"

    assert status(read(PARTIES, ACCUSED, rival), "made-there") == ("contested", False)
    assert status(read(PARTIES, ACCUSED, rival, issue), "made-there") == ("unanswered", False)


def test_the_same_position_from_outside_confirms() -> None:
    same = "claims: [{id: same, party: PARTY, statement: S., issue: origin, position: There.}]"

    assert status(read(PARTIES, ACCUSED, same.replace("PARTY", "embassy")), "made-there") == (
        "confirmed", False,
    )  # fmt: skip
    assert status(read(PARTIES, ACCUSED, same.replace("PARTY", "laboratory")), "made-there") == (
        "unanswered", False,
    )  # fmt: skip


def test_an_answer_to_a_claim_answers_its_restatements() -> None:
    """Claims linked by 'restates' share their answers, in any direction and over several steps."""
    again = """
claims:
  - {id: once-more, party: press, statement: S., restates: repeated}
  - {id: repeated, party: foreign-office, statement: S., restates: made-there}
"""
    dossier = read(
        PARTIES, ACCUSED, again, answer("denies", "embassy").replace("made-there", "once-more")
    )

    assert [status(dossier, name) for name in ("made-there", "repeated", "once-more")] == [
        ("contested", True)
    ] * 3
    assert opposed_by(dossier, "made-there") == [("answer", "denies")]
    assert opposed_by(dossier, "answer") == [("once-more", "denies")]


@pytest.mark.parametrize("kind", ["denies", "qualifies", "confirms"])
def test_a_withdrawn_answer_only_answers(kind: str) -> None:
    dossier = read(PARTIES, ACCUSED, answer(kind, "embassy", more=", withdrawn: 2024"))

    assert status(dossier, "made-there") == ("answered", True)
    assert status(dossier, "answer")[0] == "withdrawn"


def test_a_superseded_claim_opposes_nothing_and_can_be_opposed() -> None:
    """The answer was replaced by its party; the claim still opposes the old answer."""
    later = "claims: [{id: later, party: embassy, statement: S., supersedes: answer}]"
    dossier = read(PARTIES, ACCUSED, answer("denies", "embassy"), later)

    assert status(dossier, "made-there") == ("answered", True)
    assert status(dossier, "answer") == ("contested", True)


def test_a_claim_is_not_opposed_by_its_successors() -> None:
    """Neither by the claim that supersedes it, nor by the last one of the chain."""
    dossier = read("""
claims:
  - {id: first, party: p, statement: S., issue: i, position: a}
  - {id: second, party: p, statement: S., issue: i, position: b, supersedes: first}
  - {id: third, party: p, statement: S., issue: i, position: c, supersedes: second}
  - {id: other, party: p, statement: S., issue: i, position: d}
""")

    assert {name: opposed_by(dossier, name) for name in dossier.by_id} == {
        "first": [("other", "position")],
        "second": [("other", "position")],
        "third": [("other", "position")],
        "other": [("third", "position")],
    }


def test_another_party_cannot_supersede_an_opposing_claim() -> None:
    """'supersedes' names a claim of the same party; otherwise it silences nobody."""
    foreign = "claims: [{id: foreign, party: state, statement: S., supersedes: answer}]"
    dossier = read(PARTIES, ACCUSED, answer("denies", "embassy"), foreign)

    assert status(dossier, "made-there") == ("contested", True)


def test_many_opposers_are_named_up_to_a_limit() -> None:
    """Answers come first; 'more' says that there are others."""
    rivals = "".join(
        f"- {{id: r{n:03}, party: p{n}, statement: S., issue: origin, position: n{n}}}\n"
        for n in range(80)
    )
    dossier = read(PARTIES, ACCUSED, f"claims:\n{rivals}", answer("denies", "embassy"))
    opposition = opposition_of(dossier, "made-there")

    assert (len(opposition.opposers), opposition.more) == (50, True)
    assert opposition.opposers[0].id == "answer"


def test_claims_without_response_are_queried() -> None:
    request = Request(query=parse_query("-has:answer"), scope=Scope.CLAIMS)
    texts = {"a.yaml": PARTIES, "b.yaml": ACCUSED, "c.yaml": answer("undercuts", "embassy")}

    assert [claim.id for claim in dossier_from(texts, request).claims] == ["answer"]
