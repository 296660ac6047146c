"""``claimcli show``: records of every kind, found by a part of their ids."""

import json
import sys
from pathlib import Path

import pytest

from tests.support.cli import claimcli
from tests.support.terminal import conversation

TOWN = """
parties:
- {id: council, name: The Council, speakers: [Jo Hill]}
- {id: works, name: The Works, part_of: council}
sources:
- {id: minutes, title: The minutes, published: 2020, url: https://example.org/minutes}
- {id: paper, title: The paper, derived_from: [minutes]}
issues: [{id: leak, question: Does it leak?, positions: [yes, no]}]
events: [{id: flood, title: The flood, date: 2020}]
claims:
- {id: johnson-dry, party: works, statement: It is dry., issue: leak, position: no, said: 2020,
   event: flood, source: {id: minutes, quote: quite dry}}
- id: johnson-wet
  party: [council, press]
  statement: It is wet.
  issue: leak
  source: paper
  rebuttals: [{party: works, statement: It is not.}]
- {id: hill-asks, party: council, statement: Is it?, issue: repair}
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Return a folder with a dossier that has records of every kind."""
    (tmp_path / "a.yaml").write_text(TOWN, encoding="utf-8")
    return tmp_path


def show(folder: Path, *arguments: str) -> str:
    """Return what is shown, or the error."""
    done = claimcli("show", "--data", "a.yaml", *arguments, cwd=folder)
    assert (done.returncode == 0) == (done.stdout != "")
    return done.stdout or done.stderr


def test_a_party_is_shown_with_its_members_and_claims(town: Path) -> None:
    """The claims of its members are among them."""
    assert show(town, "council") == (
        "field\tvalue\nparty\tcouncil\nname\tThe Council\nspeakers\tJo Hill\nmember\tworks\n"
        "claim\tThe Works, 2020: It is dry. [johnson-dry] unanswered\n"
        "claim\tThe Council: Is it? [hill-asks] unanswered\n"
        "claim\tThe Council and press: It is wet. [johnson-wet] divided\n"
        "claim\tThe Works: It is not. [johnson-wet/works] contested\n"
        "file\ta.yaml:3\n"
    )


def test_a_source_is_shown_with_the_claims_that_cite_it(town: Path) -> None:
    """And with the quotes, and the sources derived from it."""
    assert show(town, "minutes", "-f", "md") == (
        "## minutes\n\n- title: The minutes\n- published: 2020\n- url: https\\://example.org/minutes\n"
        "- derived from it: paper\n"
        "- claim: The Works, 2020: It is dry. \\[johnson-dry\\] unanswered\n"
        '  - quote: "quite dry"\n'
        "- file: a.yaml:6\n"
    )


def test_an_issue_is_shown_with_the_positions_taken(town: Path) -> None:
    """Also an issue that claims only mention."""
    assert show(town, "leak").splitlines()[1:5] == [
        "issue\tleak", "question\tDoes it leak?", "positions\tyes, no",
        "claim\tThe Works, 2020, position no: It is dry. [johnson-dry] unanswered",
    ]  # fmt: skip
    assert show(town, "repair").splitlines()[1:] == [
        "issue\trepair", "question\trepair",
        "claim\tThe Council: Is it? [hill-asks] unanswered", "file\tno record",
    ]  # fmt: skip


def test_an_event_is_shown_with_the_claims_about_it(town: Path) -> None:
    """As a record for programs, with the ids of the claims."""
    assert json.loads(show(town, "flood", "works", "-f", "json")) == [
        {
            "record": "event", "id": "flood", "title": "The flood", "date": "2020", "place": None,
            "claims": ["johnson-dry"], "file": "a.yaml", "line": 9,
        },
        json.loads(show(town, "party:works", "-f", "json"))[0],
    ]  # fmt: skip


def test_records_of_several_kinds_are_shown_in_the_order_of_their_names(town: Path) -> None:
    """Each in its own form."""
    records = json.loads(show(town, "press", "johnson-dry", "leak", "-f", "json"))

    assert [(one["record"], one["id"]) for one in records] == [
        ("party", "press"), ("claim", "johnson-dry"), ("issue", "leak"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "kind", "name"),
    [
        ("johnson-d", "claim", "johnson-dry"),
        ("Johnson-W", "claim", "johnson-wet"),
        ("asks", "claim", "hill-asks"),
        ("wet/w", "claim", "johnson-wet/works"),
        ("The Works", "party", "works"),
        ("coun", "party", "council"),
        ("source:p", "source", "paper"),
        ("issue:ea", "issue", "leak"),
        ("flo", "event", "flood"),
    ],
)
def test_the_beginning_or_a_part_of_an_id_is_enough(
    town: Path, word: str, kind: str, name: str
) -> None:
    """A beginning comes before a part; an answer whose id is derived from another is not meant."""
    assert show(town, word).splitlines()[1] == f"{kind}\t{name}"


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("johnson", "2 ids begin with 'johnson': johnson-dry, johnson-wet; write more of one"),
        ("p", "2 ids begin with 'p': press, paper; write more of one"),
        ("a", "4 ids contain 'a': hill-asks, paper, leak, repair; write more of one"),
        ("claim:o", "2 ids contain 'o': johnson-dry, johnson-wet; write more of one"),
        ("source:flood", "no source 'flood'; check the id"),
        ("xyz", "nothing has the id 'xyz'; 'claimcli list' and 'claimcli parties' show ids"),
        ("flodo", "nothing has the id 'flodo'; did you mean 'flood'?"),
    ],
)
def test_if_several_ids_have_the_part_they_are_listed(town: Path, word: str, message: str) -> None:
    """If none has it, a similar one is suggested."""
    assert show(town, word).startswith(f"error: {message}")


def test_an_id_of_a_claim_and_another_record_means_the_claim(tmp_path: Path) -> None:
    """The kind before the id selects the other; without a claim it is required."""
    (tmp_path / "a.yaml").write_text(
        "parties: [{id: x}]\nissues: [{id: x, question: X?}, {id: y, question: Y?}]\n"
        "events: [{id: y, title: Y}]\nclaims: [{id: x, party: x, statement: X.}]\n"
    )

    assert show(tmp_path, "x").splitlines()[1] == "claim\tx"
    assert show(tmp_path, "party:x").splitlines()[1] == "party\tx"
    assert show(tmp_path, "y") == "error: 'y' is an issue and an event; write it as issue:y\n"


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ("list --issue lea --party wor", ["johnson-dry", "johnson-wet/works"]),
        ("list --source min", ["johnson-dry"]),
        ("list event:flo", ["johnson-dry"]),
        ("list id:asks", ["hill-asks"]),
    ],
)
def test_filters_take_parts_of_ids(town: Path, arguments: str, ids: list[str]) -> None:
    """As all commands that read do."""
    done = claimcli(*arguments.split(), "--data", "a.yaml", "--fields", "id", cwd=town)

    assert done.stdout.split() == ["id", *ids]


def test_claims_in_options_are_found_by_a_part_of_their_ids(town: Path) -> None:
    """Those that a graph is drawn around, and those that are left out of a framework."""
    graph = claimcli("graph", "--around", "dry", "--data", "a.yaml", "-f", "json", cwd=town)
    left = claimcli("standing", "--without", "-wet", "--data", "a.yaml", "-f", "json", cwd=town)
    unknown = claimcli("standing", "--without", "xyz", "--data", "a.yaml", cwd=town)

    assert [node["id"] for node in json.loads(graph.stdout)["nodes"]][:1] == ["johnson-dry"]
    assert json.loads(left.stdout)["without"] == ["johnson-wet"]
    assert unknown.stderr.startswith("error: no claim or source 'xyz'; ")


def test_commands_that_write_need_the_whole_id(town: Path) -> None:
    """They list the ids that have the part."""
    where = ("--data", "a.yaml")
    one = claimcli("set", *where, "johnson-d", "note=x", cwd=town)
    several = claimcli("set", *where, "johnson", "note=x", cwd=town)
    answer = claimcli("rebut", *where, "wet", "-p", "works", "-s", "No.", cwd=town)

    assert one.stderr == "error: nothing has the id 'johnson-d'; did you mean 'johnson-dry'?\n"
    assert several.stderr.startswith("error: nothing has the id 'johnson'; ")
    assert answer.stderr == "error: no claim 'wet'; write the whole id: johnson-wet\n"
    assert (town / "a.yaml").read_text(encoding="utf-8") == TOWN


@pytest.mark.parametrize(
    ("command", "question", "before", "after"),
    [
        ("set johnson-d note=x", "no id 'johnson-d'; use the claim 'johnson-dry'? (y or n)",
         "quote: quite dry}}", "quote: quite dry}, note: x}"),
        ("rm asks", "no id 'asks'; use the claim 'hill-asks'? (y or n)",
         "- {id: hill-asks, party: council, statement: Is it?, issue: repair}\n", ""),
    ],
)  # fmt: skip
def test_on_a_terminal_commands_that_write_ask(
    town: Path, command: str, question: str, before: str, after: str
) -> None:
    """With y the record is changed that the part of its id means; with n nothing is written."""
    file = town / "a.yaml"
    run = f"exec {sys.executable} -m claimcli {command} --data a.yaml"

    _, code = conversation(run, [(question, "n\r")], cwd=town, columns=200)
    assert (code, file.read_text(encoding="utf-8")) == (130, TOWN)
    _, code = conversation(run, [(question, "y\r")], cwd=town, columns=200)
    assert (code, file.read_text(encoding="utf-8")) == (0, TOWN.replace(before, after))


def test_a_restated_denial_is_opposed_by_what_it_denies(tmp_path: Path) -> None:
    """The party that is denied does not deny, and nobody has answered the denial."""
    (tmp_path / "a.yaml").write_text(
        "claims:\n"
        "- {id: sound, party: waterworks, statement: The main is sound}\n"
        "- {id: leaks, party: residents, statement: It leaks,"
        " responds_to: [{claim: sound, kind: denies}]}\n"
        "- {id: it-leaks, party: residents, statement: It does leak, restates: leaks}\n"
    )

    shown = claimcli("--data", str(tmp_path), "show", "it-leaks").stdout

    assert "opposed by\twaterworks says otherwise [sound]\n" in shown
    assert "\nanswer\t" not in shown


def test_an_issue_names_the_positions_that_do_not_exclude_each_other(tmp_path: Path) -> None:
    """Each pair is named; it was an internal error."""
    (tmp_path / "a.yaml").write_text(
        "issues: [{id: leak, question: Wet?, positions: [yes, a little, at night, no],"
        " compatible: [[yes, a little], [yes, at night]]}]\n"
        "claims: [{id: dry, party: works, statement: It is dry., issue: leak}]\n"
    )

    shown = claimcli("show", "issue:leak", "--data", str(tmp_path), "--format", "md")

    assert shown.returncode == 0
    assert "- compatible: yes and a little, yes and at night\n" in shown.stdout
