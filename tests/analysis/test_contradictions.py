"""Contradictions: each claim with every claim that opposes it."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings

from claimcli.analysis.contradictions import MOST_POSITIONS, Contradictions, contradictions
from claimcli.core.records import Dossier, Status
from claimcli.core.relations import covered_claims
from tests.conftest import dossier_from
from tests.support.dossiers import dossiers

DossierOf = Callable[[str], Dossier]


def contradictions_of(dossier: Dossier, *ids: str) -> Contradictions:
    return contradictions(dossier, [dossier.by_id[name] for name in ids or dossier.by_id])


def rows(found: Contradictions) -> list[tuple[list[str], list[tuple[str, str]]]]:
    return [
        ([c.id for c in row.claims], [(o.claim.id, o.label) for o in row.opponents])
        for row in found.rows
    ]


def test_a_row_has_restatements_and_all_opponents(
    dossier_of: DossierOf,
) -> None:
    """Restatements of an answer appear once; a reply to a denial has its own row."""
    found = contradictions_of(
        dossier_of("""
claims:
  - id: a
    party: p
    statement: A.
    said: 2021
    rebuttals:
      - {id: x, party: q, statement: Not A., said: 2022,
         rebuttals: [{id: y, party: p, kind: undercuts, statement: But A., said: 2023}]}
  - {id: a2, party: p, statement: "A, again.", restates: a, said: 2024}
  - {id: x2, party: q, statement: "Never A.", restates: x, said: 2025}
  - {id: z, party: r, statement: Odd., responds_to: {claim: a2, kind: disputes-meaning}, said: 2026}
  - {id: q, party: r, statement: In part., responds_to: {claim: a, kind: qualifies}}
""")
    )

    assert rows(found) == [
        (
            ["a", "a2"],
            [
                ("x", "denies"),
                ("z", "disputes what the words mean"),
                ("x2", "says so in other words"),
            ],
        ),
        (["x", "x2"], [("y", "disputes the step from evidence to claim")]),
    ]
    assert found.elsewhere == ()


def test_rival_positions_are_added_if_no_answer_links_them(dossier_of: DossierOf) -> None:
    """Positions about other times and withdrawn, superseded or shared positions are not rivals."""
    found = contradictions_of(
        dossier_of("""
claims:
  - {id: a, party: p, statement: A., issue: i, position: yes, about: 2021, said: 2021-01}
  - {id: b, party: q, statement: B., issue: i, position: no, about: 2021, said: 2021-02,
     responds_to: a}
  - {id: c, party: r, statement: C., issue: i, position: Yes, about: 2021, said: 2021-03}
  - {id: d, party: r, statement: D., issue: i, position: no, about: 2023, said: 2021-04}
  - {id: e, party: s, statement: E., issue: i, position: maybe, withdrawn: 2022, said: 2021-05}
  - {id: f, party: q, statement: F., issue: j, position: no, said: 2021-06}
""")
    )

    assert rows(found) == [
        (["a"], [("b", "denies")]),
        (["c"], [("b", "holds another position: no")]),
    ]


def test_compatible_positions_are_no_contradiction(dossier_of: DossierOf) -> None:
    """Those of the issue; spellings of the pair do not matter."""
    text = """
issues: [{id: i, question: Q, compatible: [[yes, partly]]}]
claims:
  - {id: a, party: p, statement: A., issue: i, position: Yes}
  - {id: b, party: q, statement: B., issue: i, position: partly.}
"""

    assert rows(contradictions_of(dossier_of(text))) == []
    assert rows(contradictions_of(dossier_of(text.replace("[yes, ", "[no, ")))) == [
        (["a"], [("b", "holds another position: partly.")])
    ]


def test_many_positions_share_one_row(dossier_of: DossierOf) -> None:
    """With many positions each is listed once instead of in pairs."""
    many = MOST_POSITIONS + 1
    claims = "".join(
        f"  - {{id: c{n}, party: p{n}, statement: S., issue: i, position: w{n}}}\n"
        for n in range(many)
    )
    found = contradictions_of(dossier_of(f"claims:\n{claims}"))

    assert rows(found) == [([f"c{n}" for n in range(many)], [])]


def test_a_rival_outside_the_selection_is_mentioned(dossier_of: DossierOf) -> None:
    """A claim contested by an unselected claim is listed."""
    dossier = dossier_of("""
claims:
  - {id: a, party: p, statement: A., issue: i, position: yes}
  - {id: b, party: q, statement: B., issue: i, position: no}
""")

    assert rows(contradictions_of(dossier, "a")) == []
    assert [claim.id for claim in contradictions_of(dossier, "a").elsewhere] == ["a"]
    assert [claim.id for claim in contradictions_of(dossier).elsewhere] == []


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(dossiers())
def test_no_opponent_is_left_out(texts: dict[str, str]) -> None:
    """Each opposing answer is in a row with its claim, and each contested claim is in a row."""
    dossier = dossier_from(texts)
    found = contradictions(dossier, dossier.by_id.values())
    against = [
        ({c.id for c in row.claims}, {(o.claim.id, o.kind) for o in row.opponents})
        for row in found.rows
    ]

    for name, answers in dossier.answers.items():
        for answer, kind in answers:
            assert not kind.opposes or any(
                name in claims and (answer, kind) in opposed for claims, opposed in against
            )
    told = {c.id for row in found.rows for c in (*row.claims, *(o.claim for o in row.opponents))}
    contested = {name for name, how in dossier.statuses.items() if how is Status.CONTESTED}
    assert contested <= told
    assert found.elsewhere == ()


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(dossiers())
def test_no_opponent_of_a_selection_is_left_out(texts: dict[str, str]) -> None:
    """The contested claims of any selection are listed."""
    dossier = dossier_from(texts)
    for claim in dossier.claims[:3]:
        only = Dossier(
            claims=(claim,), by_id=dossier.by_id, statuses=dossier.statuses, answers=dossier.answers
        )
        covered = covered_claims(only)
        found = contradictions_of(dossier, *sorted(covered))
        told = {
            c.id for row in found.rows for c in (*row.claims, *(o.claim for o in row.opponents))
        }
        contested = {n for n in covered if dossier.statuses[n] is Status.CONTESTED}
        assert contested - told == {c.id for c in found.elsewhere}


@pytest.mark.slow
def test_ten_thousand_claims_on_one_issue(dossier_of: DossierOf) -> None:
    """The number of rows is linear in the number of claims."""
    claims = "".join(
        f"  - {{id: c{n}, party: p{n}, statement: S., issue: i, position: {'yes' if n % 2 else 'no'}, "
        f"restates: c{n % 2}}}\n"
        for n in range(10_000)
    )
    answers = "".join(
        f"  - {{id: d{n}, party: q, statement: S., responds_to: c{n}}}\n" for n in range(3_000)
    )
    found = contradictions_of(dossier_of(f"claims:\n{claims}{answers}"))

    assert sum(len(row.claims) + len(row.opponents) for row in found.rows) < 40_000
