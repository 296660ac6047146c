"""Internal records: which they are, and that no document contains them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from claimcli.analysis.briefing import briefing
from claimcli.analysis.internal import only_selected, without_internal
from claimcli.analysis.matrix import matrix
from claimcli.core.records import Dossier
from tests.support.briefings import html, markdown
from tests.support.cli import claimcli

DossierOf = Callable[[str], Dossier]
DATA = """\
parties:
  - {id: town, name: Town Council}
  - {id: mill, name: Paper Mill}
  - {id: lab, name: City Lab}
issues:
  - {id: river, question: Is the river clean?}
  - {id: secret-memo, question: Is there a secret memo?}
sources:
  - {id: letter, title: Open letter, published: 2023-05-02}
  - {id: secret, title: Secret memo, published: 2023-05-01, internal: true}
claims:
  - id: clean
    party: mill
    issue: river
    position: clean
    statement: The river is clean.
    sources: [letter, {id: secret, quote: secret words}]
    rebuttals:
      - party: town
        statement: The secret is that it is not.
        internal: true
        rebuttals: [{party: mill, statement: A secret reply.}]
  - id: secret-result
    party: lab
    issue: river
    position: secretly dirty
    statement: A secret result.
    source: secret
    responses: [{party: mill, kind: qualifies, statement: A secret qualification.}]
  - {id: secret-exists, party: lab, issue: secret-memo, statement: There is a secret memo., source: secret}
  - {id: tested, party: lab, statement: We tested it., restates: secret-result, source: letter}
"""


def test_claims_with_only_internal_sources_and_nested_answers_are_internal(
    dossier_of: DossierOf,
) -> None:
    """An answer in an internal claim is internal, at any depth; one public source is enough."""
    assert dossier_of(DATA).internal == {
        "clean/town", "clean/town/mill", "secret-result", "secret-result/mill", "secret-exists",
    }  # fmt: skip


@pytest.mark.parametrize(
    "marked", ["internal: yes", "internal: [true]", "Internal: true", "intern: true"]
)
def test_a_mistake_in_the_mark_publishes_nothing(dossier_of: DossierOf, marked: str) -> None:
    """It is an error, but ``--force`` writes such a dossier."""
    text = f"claims:\n  - {{id: a, party: mill, statement: It leaks., {marked}}}\n"

    assert dossier_of(text).internal == {"a"}


def test_an_event_of_internal_claims_alone_is_left_out(dossier_of: DossierOf) -> None:
    """As an issue is; an event that no claim names remains."""
    text = """\
events: [{id: raid, title: A secret raid}, {id: flood, title: The flood}]
claims:
  - {id: a, party: mill, statement: It leaks.}
  - {id: b, party: mill, statement: They came., event: raid, internal: true}
"""

    assert list(without_internal(dossier_of(text)).events) == ["flood"]


def test_an_internal_source_that_changes_changes_its_claims(tmp_path: Path) -> None:
    """The index is updated although the file of the claim stays as it is."""
    (tmp_path / "a.yaml").write_text("claims: [{id: a, party: p, statement: S., source: s}]\n")
    found = []
    for internal in ("true", "false", "true"):
        source = f"sources: [{{id: s, title: T, internal: {internal}}}]\n"
        (tmp_path / "s.yaml").write_text(source + "#" * len(found))
        found.append(claimcli("list", "--fields", "internal", "--data", ".", cwd=tmp_path).stdout)

    assert found == ["internal\nyes\n", "internal\nno\n", "internal\nyes\n"]


def test_without_internal_keeps_statuses_and_counts_what_is_left_out(dossier_of: DossierOf) -> None:
    """References to internal records are gone; the date is that of the other sources."""
    dossier = dossier_of(DATA)

    shown = without_internal(dossier)

    assert list(shown.by_id) == ["clean", "tested"]
    assert "secret" not in repr([*shown.by_id.values(), *shown.sources.values()]).lower()
    assert str(shown.by_id["clean"].when) == "by 2023-05-02"
    assert shown.statuses["clean"] == "contested"
    assert shown.withheld.note == "5 internal claims and 1 internal source are left out"
    assert shown.withheld.answers["clean"] == ("town",)


def test_a_dossier_without_internal_records_stays_the_same(dossier_of: DossierOf) -> None:
    dossier = dossier_of("claims: [{id: a, party: p, statement: S.}]")

    assert without_internal(dossier) is dossier


@pytest.mark.parametrize("template", ["briefing", "summary", "contradictions"])
@pytest.mark.parametrize("write", [markdown, html])
def test_a_briefing_says_that_an_internal_answer_is_not_included(
    dossier_of: DossierOf, template: str, write: Callable[..., str]
) -> None:
    text = write(briefing(dossier_of(DATA)), template)

    assert "secret" not in text.lower()
    assert "5 internal claims and 1 internal source are left out." in text
    assert "an answer of Town Council is on file and not included here" in text
    assert "no response on file" not in text.partition("We tested it")[0]


def test_a_briefing_with_internal_records_marks_them(dossier_of: DossierOf) -> None:
    text = markdown(briefing(dossier_of(DATA), internal=True))

    assert "**Town Council** (internal) denies: The secret is that it is not. (`clean/town`" in text
    assert "[^2]: Secret memo. 2023-05-01, internal." in text
    assert "left out" not in text


def test_a_party_with_only_internal_claims_on_an_issue_is_not_silent(dossier_of: DossierOf) -> None:
    """It is the same for the party that includes it."""
    parents = DATA.replace("{id: town, ", "{id: region}\n  - {id: town, part_of: region, ")

    result = matrix(without_internal(dossier_of(parents)))

    (river, *_) = result.rows
    assert [(c.party, c.text) for c in river.cells] == [
        ("region", "on file, not included here"),
        ("town", "on file, not included here"),
        ("mill", "clean (1 claim)"),
        ("lab", "We tested it. (1 claim)"),
    ]


@pytest.mark.parametrize(
    "command",
    [
        "matrix -o m.html", "matrix -o m.md", "matrix -o m.json", "matrix -f html",
        "diff mill town -o d.html", "diff mill town -o d.md", "diff mill lab -o d.json",
        "graph -o g.svg", "graph -o g.mmd", "graph -o g.dot", "graph -f svg",
        "graph --around clean -o g.svg", "timeline -o t.svg", "timeline -o t.md",
        "timeline -o t.json", "export", "export -o e.html", "export --template summary",
        "export --template own.txt",
    ],
)  # fmt: skip
def test_no_document_contains_an_internal_record(tmp_path: Path, command: str) -> None:
    """Each of them reports how many records it leaves out."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text(DATA, "utf-8")
    (tmp_path / "own.txt").write_text("{{ sections }} {{ footnotes }} {{ timeline }} {{ gaps }}")

    done = claimcli("--data", "data", *command.split(), cwd=tmp_path)

    written = [path.read_text("utf-8") for path in tmp_path.iterdir() if path.is_file()]
    assert done.returncode == 0, done.stderr
    assert [text for text in (*written, done.stdout) if "secret" in text.lower()] == []
    assert "internal source are left out; --internal includes them\n" in done.stderr


def test_a_screen_shows_internal_records_and_marks_them(tmp_path: Path) -> None:
    """So do data for programs, in the field ``internal``."""
    (tmp_path / "a.yaml").write_text(DATA, "utf-8")
    run = ("--data", ".", "--color", "never")

    timeline = claimcli(*run, "timeline", "-f", "table", cwd=tmp_path).stdout
    claims = json.loads(claimcli(*run, "list", "secret-result", "-f", "json", cwd=tmp_path).stdout)

    assert "A secret result." in timeline
    assert "internal" in timeline
    assert [claim["internal"] for claim in claims if claim["id"] == "secret-result"] == [True]


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (
            80,
            "id                      who    statement\n"
            "──────────────────────────────────────────────────\n"
            "public                  mill   The pier is safe.\n"
            "2023-05-01 unanswered\n"
            "private                 mill   The pier is closed.\n"
            "2023-05-02 unanswered\n"
            "internal\n",
        ),
        (
            160,
            "id        when         status       who    issue   position   statement\n"
            "─────────────────────────────────────────────────────────────────────────────────\n"
            "public    2023-05-01   unanswered   mill                      The pier is safe.\n"
            "private   2023-05-02   unanswered   mill                      The pier is closed.\n"
            "                       internal\n",
        ),
    ],
)
def test_a_list_on_a_terminal_marks_internal_claims(
    tmp_path: Path, columns: int, shown: str
) -> None:
    """The mark is below the status, on narrow and on wide terminals."""
    (tmp_path / "a.yaml").write_text(
        "claims:\n"
        "  - {id: public, party: mill, said: 2023-05-01, statement: The pier is safe.}\n"
        "  - {id: private, party: mill, said: 2023-05-02, statement: The pier is closed.,"
        " internal: true}\n"
    )

    done = claimcli(
        "--data", ".", "list", "-f", "table", cwd=tmp_path, env={"COLUMNS": str(columns)}
    )

    assert done.stdout == shown


def test_selected_claims_alone_keep_their_statuses_and_name_no_others(
    dossier_of: DossierOf,
) -> None:
    """What else is on file is said of parties on the same issues only; other records are gone."""
    data = DATA.replace("parties:\n", "parties:\n  - {id: council, part_of: town, name: Council}\n")
    dossier = dossier_of(data)

    shown = only_selected(replace(dossier, claims=(dossier.by_id["clean"],)))

    assert list(shown.by_id) == ["clean"]
    assert shown.statuses["clean"] == "contested"
    assert shown.answers == {"clean": ()}
    assert list(shown.sources) == ["letter", "secret"]
    assert list(shown.issues) == ["river"]
    assert list(shown.parties) == ["town", "mill", "lab"]
    assert shown.withheld.voices == {("river", "town"), ("river", "lab"), ("river", "mill")}
    assert shown.withheld.note == ""


def test_a_dossier_of_which_everything_is_selected_stays_the_same(dossier_of: DossierOf) -> None:
    dossier = dossier_of(DATA)

    assert only_selected(dossier) is dossier
