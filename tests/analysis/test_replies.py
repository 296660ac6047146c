"""Requests for comment: their states, and what queries, audits and briefings say of them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from claimcli.analysis.audit import audit
from claimcli.analysis.briefing import briefing
from claimcli.analysis.lacks import Lack
from claimcli.analysis.replies import replies
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier
from claimcli.core.response_kinds import ReplyState
from claimcli.formats.briefing import markdown
from tests.support.cli import claimcli

DossierOf = Callable[[str], Dossier]
DATA = """\
parties:
  - {id: council, name: Town Council}
  - {id: works, part_of: council}
claims:
  - id: answered
    party: mill
    statement: One.
    asked: {party: council, on: 2023-05-02, due: 2023-05-05}
    rebuttals: [{party: works, statement: No.}, {party: council, kind: declines, statement: '-'}]
  - id: declined
    party: mill
    statement: Two.
    asked: {party: council, on: 2023-05-02}
    responses: [{party: council, kind: declines, statement: No comment.}]
  - id: waiting
    party: mill
    statement: Three.
    asked:
      - {party: council, on: 2023-05-02, due: 2023-05-05, asker: Ann Lee}
      - {party: lab, on: 2023-05-01}
    rebuttals: [{party: town, statement: No.}]
"""


def states(dossier: Dossier, today: str = "2023-05-06", **selected: object) -> list[str]:
    """Return the requests as claim, party and state."""
    result = replies(dossier, today=date.fromisoformat(today), **selected)  # type: ignore[arg-type]
    return [f"{r['claim']} {r['party']} {r['state']}" for r in result.records]


def test_an_answer_of_the_asked_party_or_a_member_answers_a_request(
    dossier_of: DossierOf,
) -> None:
    """Answers of others do not, and one that gives no answer counts only if it is the only one.

    Requests without an answer come first, by the day on which the answer is due.
    """
    assert states(dossier_of(DATA)) == [
        "waiting lab open", "waiting council overdue", "declined council declined",
        "answered council answered",
    ]  # fmt: skip


def test_a_request_is_overdue_from_the_day_after_its_answer_was_due(dossier_of: DossierOf) -> None:
    assert "waiting council open" in states(dossier_of(DATA), "2023-05-05")
    assert "waiting council overdue" in states(dossier_of(DATA), "2023-05-06")


def test_requests_are_selected_by_state_and_by_the_asked_party(dossier_of: DossierOf) -> None:
    """A party includes its members; overdue requests are open."""
    dossier = dossier_of(DATA)

    assert states(dossier, states=[ReplyState.OPEN]) == [
        "waiting lab open", "waiting council overdue",
    ]  # fmt: skip
    assert states(dossier, parties=["Town Council"], states=[ReplyState.DECLINED]) == [
        "declined council declined"
    ]
    with pytest.raises(ClaimcliError, match="no party 'nobody'"):
        states(dossier, parties=["nobody"])


def test_the_audit_lists_requests_without_an_answer(dossier_of: DossierOf) -> None:
    gaps = audit(dossier_of(DATA)).of(Lack.NO_REPLY)

    assert [(gap.id, gap.detail) for gap in gaps] == [
        ("waiting", "Town Council, asked on 2023-05-02 by Ann Lee, answer due 2023-05-05,"
         " none on file"),
        ("waiting", "lab, asked on 2023-05-01, no answer on file"),
    ]  # fmt: skip


def test_a_briefing_says_who_was_asked_and_what_came_back(dossier_of: DossierOf) -> None:
    """It does not depend on the day on which it is written."""
    text = markdown(briefing(dossier_of(DATA))).decode()

    assert (
        "  - For comment: Town Council, asked on 2023-05-02, answer due 2023-05-05,"
        " answer on file: answered/works\n"
    ) in text
    assert "Town Council, asked on 2023-05-02, gives no answer when asked: declined/council" in text
    assert "by Ann Lee, answer due 2023-05-05, none on file\n" in text


def test_an_internal_answer_is_said_to_be_on_file(dossier_of: DossierOf) -> None:
    hidden = DATA.replace("{party: works, ", "{party: works, internal: true, ").replace(
        ", {party: council, kind: declines, statement: '-'}", ""
    )

    text = markdown(briefing(dossier_of(hidden))).decode()

    assert "answer due 2023-05-05, an answer is on file and not included here" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("asked:open", ["waiting"]),
        ("asked:overdue", ["waiting"]),
        ("asked:answered", ["answered"]),
        ("asked:declined", ["declined"]),
        ("has:asked -asked:open", ["answered", "declined"]),
    ],
)
def test_queries(tmp_path: Path, query: str, found: list[str]) -> None:
    (tmp_path / "a.yaml").write_text(DATA, "utf-8")

    done = claimcli("list", query, "--fields", "id", "--data", ".", cwd=tmp_path)

    assert done.stdout.split()[1:] == found


def test_an_unknown_state_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(DATA, "utf-8")

    for command in (("list", "asked:late"), ("replies", "--state", "late")):
        done = claimcli(*command, "--data", ".", cwd=tmp_path)
        assert done.returncode == 2
        assert "late'" in done.stderr
        assert "open" in done.stderr


def test_replies_exits_with_1_if_a_listed_request_has_no_answer(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(DATA, "utf-8")
    run = ("replies", "--data", ".", "--today", "2023-05-06", "--exit-code")

    assert claimcli(*run, cwd=tmp_path).returncode == 1
    assert claimcli(*run, "--state", "answered", cwd=tmp_path).returncode == 0
    assert claimcli(*run, "--today", "May", cwd=tmp_path).stderr == (
        "error: --today: no day 'May'; write it as 2023-05-02\n"
    )


def test_ask_writes_requests_one_after_the_other(tmp_path: Path) -> None:
    """The party is given by id, name or alias; the file stays formatted, comments stay."""
    path = tmp_path / "a.yaml"
    path.write_text(
        "parties:\n  - {id: council, name: Town Council}\n  - {id: lab, name: City Lab}\n"
        "claims:\n  - id: a\n    party: mill  # the paper mill\n    statement: One.\n"
    )
    run = ("--data", ".", "ask", "a")

    first = claimcli(
        *run, "Town Council", "--on", "2023-05-02", "--due", "2023-05-05", cwd=tmp_path
    )
    again = claimcli(*run, "council", "--on", "2023-05-02", "--due", "2023-05-05", cwd=tmp_path)
    other = claimcli(*run, "lab", "--on", "2023-05-03", "--asker", "Ann Lee", cwd=tmp_path)
    bad = claimcli(*run, "lab", "--on", "soon", cwd=tmp_path)

    assert [done.returncode for done in (first, again, other, bad)] == [0, 0, 0, 2]
    assert "nothing to change" in again.stderr
    assert bad.stderr.startswith("error: no date 'soon'")
    assert "    party: mill  # the paper mill\n" in path.read_text()
    assert path.read_text().partition("statement: One.\n")[2] == (
        "    asked:\n"
        "      - {party: council, on: 2023-05-02, due: 2023-05-05}\n"
        "      - {party: lab, on: 2023-05-03, asker: Ann Lee}\n"
    )


def test_ask_adds_to_a_request_that_is_written_on_several_lines(tmp_path: Path) -> None:
    """It refuses if a comment would be lost."""
    path = tmp_path / "a.yaml"
    text = (
        "claims:\n  - id: a\n    party: mill\n    statement: One.\n"
        "    asked:\n      party: council\n      on: 2023-05-02\n"
    )
    path.write_text(text)
    done = claimcli("--data", ".", "ask", "a", "lab", "--on", "2023-05-03", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "{party: council, on: 2023-05-02}" in path.read_text()

    path.write_text(text.replace("council\n", "council  # by mail\n"))
    done = claimcli("--data", ".", "ask", "a", "lab", "--on", "2023-05-03", cwd=tmp_path)
    assert done.returncode == 3
    assert "'asked' cannot be edited automatically" in done.stderr
    assert "# by mail" in path.read_text()
