"""The briefing has every answer, and calls no party silent that speaks."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from claimcli.analysis.briefing import Briefing, briefing
from claimcli.core.party_trees import By
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier, party_label
from claimcli.core.response_kinds import Kind
from tests.support.trees import TREES

DossierOf = Callable[[str], Dossier]

PLEDGE = """
claims:
  - id: pledge
    party: east
    statement: West made a pledge.
    issue: pledges
    position: yes
    said: 2021-01
    rebuttals:
      - {id: denial, party: west, statement: There was no pledge., position: no, said: 2021-02,
         rebuttals: [{id: reply, party: east, statement: There was., said: 2021-03}]}
  - {id: again, party: east, statement: West did promise., restates: pledge, said: 2021-04}
  - {id: aside, party: north, statement: It is cold., issue: weather}
"""


def select(dossier: Dossier, *ids: str) -> Dossier:
    return replace(dossier, claims=tuple(dossier.by_id[name] for name in ids))


def entries_of(found: Briefing) -> list[tuple[str, int, Kind | None, bool]]:
    return [(e.claim.id, e.depth, e.kind, e.repeated) for s in found.sections for e in s.entries]


def summaries(found: Briefing) -> dict[str, dict[str, str]]:
    names = [party_label(found.dossier, party) for party in found.parties]
    return {
        issue: dict(zip(names, (summary.text for summary in summaries), strict=True))
        for issue, summaries in found.positions
    }


def test_a_rebuttal_is_never_left_out(dossier_of: DossierOf) -> None:
    """Whichever claim of a thread is selected, the briefing has the whole thread."""
    dossier = dossier_of(PLEDGE)

    for name in ("pledge", "denial", "reply", "again"):
        found = briefing(select(dossier, name))
        assert entries_of(found) == [
            ("pledge", 0, None, False),
            ("denial", 1, Kind.DENIES, False),
            ("reply", 2, Kind.DENIES, False),
            ("again", 0, None, False),
        ]
        assert (found.coverage.claims, found.coverage.added) == (4, 3)


def test_an_answer_to_two_claims_is_under_both(dossier_of: DossierOf) -> None:
    """Its full entry is under the first claim; the second claim refers to it."""
    dossier = dossier_of("""
claims:
  - {id: a, party: p, statement: A.}
  - {id: b, party: p, statement: B.}
  - {id: x, party: q, statement: X., responds_to: [a, {claim: b, kind: undercuts}]}
""")

    assert entries_of(briefing(select(dossier, "a"))) == [
        ("a", 0, None, False),
        ("x", 1, Kind.DENIES, False),
        ("b", 0, None, False),
        ("x", 1, Kind.UNDERCUTS, True),
    ]


def test_a_cycle_of_answers_ends(dossier_of: DossierOf) -> None:
    """Each claim of a cycle has one full entry, and a reference closes the cycle."""
    dossier = dossier_of("""
claims:
  - {id: a, party: p, statement: A., responds_to: b}
  - {id: b, party: q, statement: B., responds_to: a}
""")

    assert entries_of(briefing(dossier)) == [
        ("a", 0, None, False),
        ("b", 1, Kind.DENIES, False),
        ("a", 2, Kind.DENIES, True),
    ]


def test_a_party_that_is_not_selected_is_not_silent(dossier_of: DossierOf) -> None:
    """The table distinguishes silent parties from parties outside the selection."""
    dossier = dossier_of("""
parties: [{id: mute}]
claims:
  - {id: a, party: p, statement: A., issue: i}
  - {id: b, party: q, statement: B., issue: i, position: no}
  - {id: c, party: r, statement: C., issue: i}
""")

    assert summaries(briefing(select(dossier, "a"))) == {
        "i": {
            "p": "A.",
            "q": "no (not in this selection)",
            "r": "C. (not in this selection)",
            "mute": "silent",
        }
    }


def test_positions_are_in_order(dossier_of: DossierOf) -> None:
    """A change is an arrow only if dates prove the order; returning to a position is a change too."""
    dossier = dossier_of("""
claims:
  - {id: p1, party: p, statement: One., issue: i, position: yes, said: 2021}
  - {id: p2, party: p, statement: Two., issue: i, position: no, said: 2022}
  - {id: p3, party: p, statement: Three., issue: i, position: "Yes", said: 2023}
  - {id: q1, party: q, statement: One., issue: i, position: yes, said: 2021}
  - {id: q2, party: q, statement: Two., issue: i, position: no, said: 2021-05}
  - {id: r1, party: r, statement: One., issue: i, position: yes, said: 2021, withdrawn: 2022}
  - {id: r2, party: r, statement: Two., issue: i, position: no}
""")

    assert summaries(briefing(dossier))["i"] == {
        "p": "yes → no → Yes",
        "q": "yes; no",
        "r": "yes (withdrawn 2022); no",
    }


def test_an_answer_on_another_issue_counts_there(dossier_of: DossierOf) -> None:
    """The position of an answer on another issue has its own row."""
    dossier = dossier_of("""
claims:
  - {id: a, party: p, statement: A., issue: i}
  - {id: b, party: q, statement: B., issue: j, position: no, responds_to: a}
""")

    assert summaries(briefing(dossier)) == {
        "i": {"p": "A.", "q": "silent"},
        "j": {"p": "silent", "q": "no"},
    }


def test_issues_have_the_order_of_the_registry(dossier_of: DossierOf) -> None:
    """The other issues follow by id, claims on no issue come last; a dispute makes no difference."""
    found = briefing(
        dossier_of("""
issues: [{id: z, question: Z}, {id: c, question: C}]
claims:
  - {id: a, party: p, statement: A.}
  - {id: b, party: p, statement: B., issue: b, rebuttals: [{party: q, statement: Not B.}]}
  - {id: c, party: p, statement: C., issue: c}
  - {id: d, party: p, statement: D., issue: z}
""")
    )

    assert [section.issue for section in found.sections] == ["z", "c", "b", None]
    assert [entry.claim.id for entry in found.unanswered] == ["a", "c", "d"]


def test_coverage_counts_what_is_there(dossier_of: DossierOf) -> None:
    """Dates of claims and of sources are separate; a missing source is not counted."""
    found = briefing(
        dossier_of("""
sources: [{id: s, title: S, published: 2021-05}]
claims:
  - {id: a, party: p, statement: A., said: 2020, source: s}
  - {id: b, party: [q, r], statement: B., said: 2021-02, source: nowhere, responds_to: a}
""")
    )
    covers = found.coverage

    assert (covers.claims, covers.rebuttals, covers.sources) == (2, 1, 1)
    assert covers.speaking_parties == ("p", "q", "r")
    assert [str(date) for date in covers.said or ()] == ["2020", "2021-02"]
    assert [str(date) for date in covers.published or ()] == ["2021-05", "2021-05"]
    assert [(note.number, note.id, note.source is None) for note in found.footnotes] == [
        (1, "s", False),
        (2, "nowhere", True),
    ]


def test_at_most_twenty_gaps_are_listed(dossier_of: DossierOf) -> None:
    """Further gaps are counted."""
    broken = "".join(f"  - {{id: c{n}, party: p}}\n" for n in range(23))
    found = briefing(dossier_of(f"claims:\n{broken}"))

    assert (len(found.gaps), found.more_gaps, found.dossier.unread) == (20, 3, 23)


@pytest.mark.slow
def test_ten_thousand_nested_answers(dossier_of: DossierOf) -> None:
    """A thread of any depth is complete."""
    chain = "".join(
        f"  - {{id: c{n}, party: p{n % 2}, statement: S., responds_to: c{n - 1}}}\n"
        for n in range(1, 10_000)
    )
    dossier = dossier_of(f"claims:\n  - {{id: c0, party: p0, statement: S.}}\n{chain}")

    entries = briefing(select(dossier, "c5000")).sections[0].entries
    assert [entry.depth for entry in entries] == list(range(10_000))


def test_a_party_speaks_through_its_members(dossier_of: DossierOf) -> None:
    """Members outside the selection are marked, unless others are selected."""
    dossier = dossier_of(TREES)
    found = summaries(briefing(select(dossier, "rumour", "fleet")))["ships"]

    assert found["The Realm"] == "speaks through Navy"
    assert found["Treasury"] == "speaks through Mint (not in this selection)"
    assert found["Mint"] == "The new berths are paid for. (not in this selection)"
    assert found["The League"] == "silent"


def test_a_tree_names_the_member_for_each_position(dossier_of: DossierOf) -> None:
    found = briefing(dossier_of(TREES), by=By.TREE)

    assert found.parties == ("realm", "league", "gazette", "abbey")
    assert summaries(found)["coins"] == {
        "Gazette": "silent",
        "The League": "no (League Office)",
        "The Realm": "yes (Treasury), no (Mint)",
        "Abbey": "silent",
    }


def test_a_party_without_a_position_shows_its_newest_selected_claim(dossier_of: DossierOf) -> None:
    """A claim outside the selection is shown only if no claim of the party is selected."""
    dossier = dossier_of("""
claims:
  - {id: a, party: p, statement: Old., issue: i, said: 2021}
  - {id: b, party: p, statement: New., issue: i, said: 2022}
  - {id: c, party: q, statement: One., issue: i}
""")

    assert summaries(briefing(dossier))["i"] == {"p": "New.", "q": "One."}
    assert summaries(briefing(select(dossier, "a")))["i"] == {
        "p": "Old.", "q": "One. (not in this selection)",
    }  # fmt: skip


def test_too_many_positions_are_refused(
    dossier_of: DossierOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is that of the matrix: two issues of three parties are six cells."""
    dossier = dossier_of(PLEDGE)
    monkeypatch.setattr("claimcli.analysis.roll_up.MOST_CELLS", 6)
    assert briefing(dossier)

    monkeypatch.setattr("claimcli.analysis.roll_up.MOST_CELLS", 5)
    with pytest.raises(ClaimcliError, match="2 issues of 3 parties are more cells than the 5"):
        briefing(dossier)
