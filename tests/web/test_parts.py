"""What several pages show of parties, dates and statuses."""

from collections.abc import Callable
from pathlib import Path

import pytest

from claimcli.core.dates import no_later_than, parse_date
from claimcli.core.records import Dossier
from claimcli.web.parts import DateView, StatusView, Views, date_view
from tests.support.pages import page_of, seen, write

DossierOf = Callable[..., Dossier]


@pytest.mark.parametrize(
    ("text", "words", "machine"),
    [
        ("2021", "2021", "2021"),
        ("2021-12", "December 2021", "2021-12"),
        ("2021-12-30", "30 December 2021", "2021-12-30"),
        ("2021-12-30T15:35-05:00", "30 December 2021, 15:35 (UTC-05:00)", "2021-12-30T15:35-05:00"),
        ("2021-12-30T15:35Z", "30 December 2021, 15:35 (UTC)", "2021-12-30T15:35Z"),
        ("2021-12?", "possibly December 2021", ""),
        ("202X", "the 2020s", ""),
        ("2021/2022", "2021 to 2022", ""),
        ("2021-12-30T15:35+03", "30 December 2021, 15:35 (UTC+03)", ""),
    ],
)
def test_a_date_has_a_form_for_programs_if_html_has_one(
    text: str, words: str, machine: str
) -> None:
    """Others are text alone."""
    assert date_view(parse_date(text)) == DateView(text, words, machine)


def test_a_latest_date() -> None:
    """Its form for programs is the day."""
    date = no_later_than([parse_date("2021-12-30")])

    assert date_view(date) == DateView("by 2021-12-30", "by 30 December 2021", "2021-12-30")


def status_words(dossier: Dossier, name: str) -> tuple[str, list[str]]:
    """Return the label of a claim's status and its reasons as text."""
    view = Views(dossier).status(dossier.by_id[name])
    return view.label, [_reason(view, number) for number in range(len(view.reasons))]


def _reason(view: StatusView, number: int) -> str:
    one = view.reasons[number]
    who = ", ".join(party.name for party in one.parties.first) if one.parties else one.claim
    return f"answers {who}: {one.words}" if one.answered else f"{who} {one.words}"


TALKS = """
parties: [{id: port, name: Port Office}, {id: union, name: Union}, {id: mayor, name: Mayor}]
claims:
  - id: fair
    party: port
    issue: fees
    position: "yes"
    statement: The fees are fair.
    rebuttals: [{id: unfair, party: union, kind: denies-saying, statement: Nobody said so.}]
  - {id: rival, party: mayor, issue: fees, position: "no", statement: They are not.}
  - id: old
    party: port
    statement: The pier is old.
    responses:
      - {id: partly, party: union, kind: qualifies, statement: In part.}
      - {id: silent, party: mayor, kind: declines, statement: No comment.}
  - id: wet
    party: port
    statement: The pier is wet.
    responses: [{id: so, party: union, kind: confirms, statement: It is wet.}]
  - {id: again, party: port, restates: fair, statement: All fees are fair.}
  - {id: alone, party: port, statement: The horn is loud.}
"""


@pytest.mark.parametrize(
    ("claim", "label", "reasons"),
    [
        ("fair", "contested",
         ["Union denies that it was said", "Mayor holds another position: no"]),
        ("unfair", "contested", ["answers Port Office: denies that it was said"]),
        ("rival", "contested", ["Port Office holds another position: yes"]),
        ("old", "qualified", ["Union accepts in part or with a condition"]),
        ("partly", "answered", ["answers old: accepts in part or with a condition"]),
        ("wet", "confirmed", ["Union says the same"]),
        ("so", "answered", ["answers wet: says the same"]),
        ("alone", "no response on file", []),
    ],
)  # fmt: skip
def test_a_status_names_the_reasons_for_it(
    dossier_of: DossierOf, claim: str, label: str, reasons: list[str]
) -> None:
    """Who answers and how, whom the claim answers, and who holds another position."""
    assert status_words(dossier_of(TALKS), claim) == (label, reasons)


def test_a_restatement_of_a_contested_claim(dossier_of: DossierOf) -> None:
    """The answers to the other claim are not said to be answers to this one."""
    dossier = dossier_of(TALKS)
    view = Views(dossier).status(dossier.by_id["again"])

    assert (view.label, view.reasons, view.restates) == ("contested", (), True)


def test_further_reasons_are_counted(tmp_path: Path) -> None:
    """A row of the list names two."""
    answers = ", ".join(
        f"{{id: a{n}, party: p{n}, kind: denies, statement: No.}}" for n in range(5)
    )
    text = f"claims: [{{id: a, party: p, statement: S., rebuttals: [{answers}]}}]\n"
    lines = seen(page_of(write(tmp_path, {"a.yaml": text}), "/claims?q=id:a"))

    assert "contested: p0 denies; p1 denies; 3 more" in lines


def test_many_parties_of_a_joint_statement_are_counted(tmp_path: Path) -> None:
    """Five are named."""
    names = ", ".join(f"p{n}" for n in range(7))
    text = f"claims: [{{id: a, party: [{names}], statement: S.}}]\n"
    lines = seen(page_of(write(tmp_path, {"a.yaml": text}), "/claims"))

    assert "p0, p1, p2, p3, p4 and 2 more" in lines
