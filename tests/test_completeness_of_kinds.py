"""Every kind of response appears in every output, so that a new one is not forgotten in any."""

import json
import re
import shlex
from collections.abc import Callable
from functools import cache
from html import unescape

import pytest

from claimcli.core.response_kinds import Kind
from tests.support.cli import claimcli

Run = Callable[[str], str]
IN_WORDS = (
    "graph -f mermaid", "graph -f dot", "graph -f svg", "timeline -f tsv", "timeline -f md",
    "timeline -f svg", "show target", "show target -f md", "export", "export -f html",
    "export --template contradictions", "export --template summary", "diff mill town",
    "diff mill town -f md", "diff mill town -f html", "changes before after -f md", "schema",
)  # fmt: skip
"""Commands that say what each response does, in the words of its kind."""
BY_NAME = (
    "graph -f json", "timeline -f json", "list -f json", "show target -f json",
    "diff mill town -f json", "changes before after -f json", "schema", "help query",
    "sql 'select kind from responses'",
)  # fmt: skip
"""Commands that name the kind of each response."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a function that runs a command on a dossier with one response of every kind."""
    folder = tmp_path_factory.mktemp("kinds")
    target = {"id": "target", "party": "mill", "statement": "The river is clean.", "issue": "river"}
    responses = [
        {
            "id": f"by-{kind}",
            "party": "town",
            "statement": f"Response {number}.",
            "responds_to": {"claim": "target", "kind": kind},
        }
        for number, kind in enumerate(Kind)
    ]
    for name, claims in (("before", [target]), ("after", [target, *responses])):
        (folder / name).mkdir()
        (folder / name / "a.yaml").write_text(json.dumps({"claims": claims}), "utf-8")

    @cache
    def output(command: str) -> str:
        done = claimcli("--data", "after", *shlex.split(command), cwd=folder)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return output


@pytest.mark.parametrize("command", IN_WORDS)
def test_the_label_of_every_kind_appears(run: Run, command: str) -> None:
    text = " ".join(unescape(run(command)).split())

    assert [kind for kind in Kind if kind.label not in text] == []


@pytest.mark.parametrize("command", BY_NAME)
def test_the_name_of_every_kind_appears(run: Run, command: str) -> None:
    names = set(re.findall(r"[a-z-]+", run(command)))

    assert [kind for kind in Kind if kind not in names] == []


@pytest.mark.parametrize(("command", "opposes"), [("rebut", True), ("respond", False)])
def test_help_names_the_kinds_that_a_command_takes(run: Run, command: str, opposes: bool) -> None:
    kinds = [str(kind) for kind in Kind if kind.opposes is opposes]
    *first, last = kinds
    helped = re.sub(r"(?<=-)\n\s+", "", run(f"{command} --help"))

    assert f"--kind KIND {', '.join(first)} or {last}." in " ".join(helped.split())


def test_every_kind_has_a_line_in_pictures_and_every_line_a_sample_in_the_legend(run: Run) -> None:
    """An edge of a graph carries the style of its kind; the legend explains each style once."""
    graph = run("graph -f svg")
    lines = {
        kind: re.search(rf'<title>by-{kind} [^<]*</title><path class="line ([a-z]+)"', graph)
        for kind in Kind
    }
    styles = {line[1] for line in lines.values() if line}

    assert [kind for kind, line in lines.items() if line is None] == []
    for picture, edges in ((graph[: graph.index("<title>by-")], 0), (run("timeline -f svg"), None)):
        drawn = re.findall(r'<path class="line ([a-z]+)"', picture)
        assert set(drawn) == styles
        assert len(drawn) == len(styles) + (len(Kind) if edges is None else edges)


def test_every_kind_has_an_edge_in_graphs_as_text(run: Run) -> None:
    dot = re.findall(
        r'"by-([a-z-]+)" -> "target" \[label="([^"]+)", style=[a-z]+', run("graph -f dot")
    )
    mermaid = re.findall(r'n\d+ [-.=>]+\|"([^"]+)"\| n\d+$', run("graph -f mermaid"), re.MULTILINE)

    assert set(dot) == {(str(kind), kind.label) for kind in Kind}
    assert set(mermaid) == {kind.label for kind in Kind}


def test_every_kind_gives_the_claims_a_status(run: Run) -> None:
    """An answered claim opposes a denial, answers what does not oppose it, and no challenge."""
    statuses = {claim["id"]: claim["status"] for claim in json.loads(run("list -f json"))}
    expected = {
        kind: "contested" if kind.effect.mutual else "unanswered" if kind.opposes else "answered"
        for kind in Kind
    }

    assert {kind: statuses[f"by-{kind}"] for kind in Kind} == expected
    assert statuses["target"] == "contested"


def test_the_schema_accepts_each_kind_in_its_list(run: Run) -> None:
    """Opposing kinds in rebuttals, the others in responses, all in responds_to."""
    parts = json.loads(run("schema"))["$defs"]
    kinds = {
        name: {kind for kind in parts[name]["properties"]["kind"]["enum"] if kind}
        for name in ("rebuttal", "response", "answer")
    }

    assert kinds == {
        "rebuttal": {kind for kind in Kind if kind.opposes},
        "response": {kind for kind in Kind if not kind.opposes},
        "answer": set(Kind),
    }
