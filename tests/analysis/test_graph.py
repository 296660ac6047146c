"""``claimcli graph``: which claims are drawn, and that every missing answer is mentioned."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.analysis.graph import Graph, GraphMaker, graph, neighbourhood
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Request, Scope, field_condition
from claimcli.core.records import Dossier
from claimcli.core.response_kinds import Kind
from tests.conftest import dossier_from
from tests.support.cli import claimcli
from tests.support.dossiers import dossiers

DossierOf = Callable[..., Dossier]

PUMP = """
parties: [{id: works, name: The Works}]
issues: [{id: pump, question: Is the pump sound?}]
claims:
- id: sound
  party: works
  statement: The pump is sound.
  said: 2021-02
  issue: pump
  rebuttals:
  - id: leaks
    party: street
    statement: It leaks.
    rebuttals:
    - {id: dry, party: works, kind: undermines, statement: The street was dry.}
  responses: [{id: mostly, party: court, kind: qualifies, statement: Mostly so.}]
- {id: again, party: works, statement: It is still sound., said: 2022, restates: sound}
- {id: better, party: works, statement: It is new., said: 2023, issue: other, supersedes: sound}
- {id: alone, party: street, statement: Nobody asked us., issue: pump}
"""


def edges(found: Graph) -> set[str]:
    return {f"{edge.source} {edge.kind} {edge.target}" for edge in found.edges}


def ids(found: Graph) -> list[str]:
    return [node.id for node in found.nodes]


def test_what_answers_restates_and_supersedes(dossier_of: DossierOf) -> None:
    """Each claim is a node, in order of time, and each relation on file an edge."""
    found = graph(dossier_of(PUMP))

    assert ids(found) == ["sound", "again", "better", "alone", "dry", "leaks", "mostly"]
    assert edges(found) == {
        "leaks denies sound", "dry undermines leaks", "mostly qualifies sound",
        "again restates sound", "better supersedes sound",
    }  # fmt: skip
    assert found.names == {"court": "court", "street": "street", "works": "The Works"}
    assert found.questions == {"pump": "Is the pump sound?"}
    assert (found.added_count, found.hidden_answer_count) == (0, 0)


@pytest.mark.parametrize("chosen", ["sound", "leaks", "dry", "mostly", "again"])
def test_answers_go_with_a_selection(chosen: str, dossier_of: DossierOf) -> None:
    """Whichever claim of a thread is selected, the whole thread is drawn."""
    ask = Request(query=field_condition("id", [chosen]), scope=Scope.THREADS, opposition=True)
    found = graph(dossier_of(PUMP, request=ask))

    assert sorted(ids(found)) == ["again", "dry", "leaks", "mostly", "sound"]
    assert [node.id for node in found.nodes if node.selected] == [chosen]
    assert found.added_count == 4


@pytest.mark.parametrize(
    ("depth", "drawn", "beyond", "above"),
    [
        (0, ["leaks"], {"leaks": ("dry",)}, {"leaks": ("sound",)}),
        (1, ["sound", "dry", "leaks"], {"sound": ("mostly",)}, {}),
        (2, ["sound", "again", "better", "dry", "leaks", "mostly"], {}, {}),
    ],
)
def test_around_a_claim(
    depth: int,
    drawn: list[str],
    beyond: dict[str, tuple[str, ...]],
    above: dict[str, tuple[str, ...]],
    dossier_of: DossierOf,
) -> None:
    """The depth counts in both directions; each claim names its hidden answers."""
    found = neighbourhood(dossier_of(PUMP), ["LEAKS"], depth)

    assert ids(found) == drawn
    assert {node.id: node.hidden_answers for node in found.nodes if node.hidden_answers} == beyond
    assert {node.id: node.hidden_targets for node in found.nodes if node.hidden_targets} == above


def test_an_unknown_claim_is_an_error(dossier_of: DossierOf) -> None:
    with pytest.raises(ClaimcliError) as told:
        neighbourhood(dossier_of(PUMP), ["leak"], 2)

    assert str(told.value) == "no claim 'leak'; did you mean 'leaks'?"


def test_the_graph_of_a_dispute(dossier_of: DossierOf) -> None:
    """The graph has the linked claims if an answer opposes; otherwise nothing is drawn."""
    dossier = dossier_of(PUMP)
    found = GraphMaker(dossier).dispute_graph(["sound", "leaks", "alone"])

    assert found
    assert ids(found) == ["sound", "leaks"]
    assert list(found.names) == ["works", "street"]
    assert GraphMaker(dossier).dispute_graph(["sound", "mostly", "again"]) is None


RIVALS = """
parties: [{id: works, name: The Works}, {id: street, name: The Street}]
issues: [{id: pump, question: Is the pump sound?}]
claims:
- {id: sound, party: works, statement: It is sound., said: 2021, issue: pump, position: yes}
- {id: leaks, party: street, statement: It leaks., said: 2022, issue: pump, position: no}
- {id: dry, party: works, statement: It is dry., said: 2023, issue: pump, position: yes,
   responds_to: {claim: leaks, kind: denies}}
- {id: unsure, party: court, statement: Nobody knows., said: 2024, issue: pump, position: open,
   responds_to: {claim: sound, kind: qualifies}}
- {id: cold, party: court, statement: It is cold., said: 2025, issue: weather}
"""


def test_rival_positions_are_edges(dossier_of: DossierOf) -> None:
    """Claims with different positions on an issue are linked once, unless an answer links them."""
    found = graph(dossier_of(RIVALS))

    assert edges(found) == {
        "dry denies leaks", "unsure qualifies sound", "leaks position sound",
        "unsure position leaks", "unsure position dry",
    }  # fmt: skip
    assert {e.label for e in found.edges if e.kind == "position"} == {"holds another position"}


def test_a_rival_without_an_edge_is_named(dossier_of: DossierOf) -> None:
    """A claim names rivals outside the graph, and those it is linked with by another answer."""
    dossier = dossier_of(RIVALS)
    around = neighbourhood(dossier, ["sound"], 0)
    whole = graph(dossier)

    assert [[rival.id for rival in node.unlinked_rivals] for node in around.nodes] == [
        ["leaks", "unsure"]
    ]
    assert {n.id: [r.id for r in n.unlinked_rivals] for n in whole.nodes if n.unlinked_rivals} == {
        "sound": ["unsure"], "unsure": ["sound"],
    }  # fmt: skip


def test_rival_positions_alone_are_a_dispute(dossier_of: DossierOf) -> None:
    """The picture of an issue shows its rival positions, even if nobody answered."""
    dossier = dossier_of(RIVALS)
    found = GraphMaker(dossier).dispute_graph(["sound", "leaks", "cold"])

    assert found
    assert (ids(found), edges(found)) == (["sound", "leaks"], {"leaks position sound"})
    assert GraphMaker(dossier).dispute_graph(["sound", "dry", "cold"]) is None


def test_cycles_and_answers_to_missing_claims(dossier_of: DossierOf) -> None:
    """Cycles, self-answers and duplicates are one edge each; answers to missing claims are not edges."""
    found = graph(
        dossier_of("""
claims:
- {id: a, party: p, statement: A., responds_to: [b, b, a, {claim: b, kind: confirms}, gone]}
- {id: b, party: q, statement: B., responds_to: a, restates: lost}
""")
    )

    assert edges(found) == {"a denies b", "a denies a", "a confirms b", "b denies a"}
    assert len(found.edges) == 4


def test_every_kind_has_a_label(dossier_of: DossierOf) -> None:
    """An answer has the label of its kind; a restatement or superseding claim is no answer."""
    kinds = "".join(
        f"- {{id: {kind}, party: q, statement: S., responds_to: {{claim: a, kind: {kind}}}}}\n"
        for kind in Kind
    )
    found = graph(
        dossier_of(
            f"claims:\n- {{id: a, party: p, statement: A.}}\n{kinds}"
            "- {id: b, party: p, statement: B., restates: a, supersedes: a}\n"
        )
    )

    assert {edge.answer: edge.label for edge in found.edges if edge.answer} == {
        kind: kind.label for kind in Kind
    }
    assert [edge.label for edge in found.edges if not edge.answer] == ["restates", "supersedes"]


@pytest.mark.slow
@given(dossiers(), st.integers(0, 3))
def test_every_hidden_answer_is_named(texts: dict[str, str], depth: int) -> None:
    """Each answer to a drawn claim is drawn or named as hidden."""
    dossier = dossier_from(texts)
    if not dossier.claims:
        return
    for found in (graph(dossier), neighbourhood(dossier, [dossier.claims[0].id], depth)):
        drawn = {node.id for node in found.nodes}
        shown = {(edge.source, edge.target) for edge in found.edges}
        for node in found.nodes:
            answers = {answer for answer, _ in dossier.answers.get(node.id, ())}
            assert answers == {s for s, t in shown if t == node.id and s in answers} | set(
                node.hidden_answers
            )
            assert not drawn & set(node.hidden_answers)


def test_json(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PUMP)
    done = claimcli("graph", "-f", "json", "id:mostly", "--data", "a.yaml", cwd=tmp_path)
    found = json.loads(done.stdout)

    assert done.stderr == ("4 more belong to the selected claims, as answers or what they answer\n")
    assert found["edges"][0] == {"source": "again", "target": "sound", "kind": "restates"}
    assert next(node for node in found["nodes"] if node["id"] == "mostly") == {
        "id": "mostly", "parties": ["court"], "names": ["court"], "speaker": None, "said": None, "when": None,
        "statement": "Mostly so.", "issue": "pump", "position": None, "status": "answered",
        "answered": True, "opposed_by": [], "opposed_by_more": False,
        "withdrawn": None, "superseded_by": None, "asked": True, "beyond": [], "above": [],
        "file": "a.yaml", "line": 16,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ending", "start"),
    [
        ("mmd", "flowchart RL\n"),
        ("mermaid", "flowchart RL\n"),
        ("dot", "digraph claims {\n"),
        ("gv", "digraph claims {\n"),
        ("svg", "<svg xmlns="),
        ("json", '{\n  "nodes": ['),
    ],
)
def test_the_file_ending_selects_the_format(ending: str, start: str, tmp_path: Path) -> None:
    """The same data gives the same bytes."""
    for name in ("one", "two"):
        done = claimcli("--sample", "call", "graph", "-o", str(tmp_path / f"{name}.{ending}"))
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    one, two = ((tmp_path / f"{name}.{ending}").read_text() for name in ("one", "two"))

    assert one.startswith(start)
    assert one == two


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--around", "no-declartion"], "no claim 'no-declartion'; did you mean 'no-declaration'?"),
        (["--depth", "1"], "--depth says how far to go from a claim; add --around ID"),
        (
            ["--around", "no-declaration", "party:kremlin"],
            "--around draws a claim and those near it, and takes no query; leave one of them out",
        ),
        (["-f", "png"], "no format 'png'; the formats here are mermaid, dot, svg, json"),
    ],
)
def test_wrong_use_is_an_error(options: list[str], message: str) -> None:
    done = claimcli("--sample", "call", "graph", *options)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: {message}\n"


def test_claims_beyond_the_depth_are_mentioned() -> None:
    """Hidden answers are mentioned on standard error and in the picture."""
    done = claimcli(
        "--sample", "call", "graph", "--around", "no-strike-weapons", "--depth", "0", "-f", "svg"
    )
    texts = [e.text for e in ElementTree.fromstring(done.stdout).iter() if e.tag.endswith("}text")]

    assert done.stderr == "1 answer is not shown; a larger --depth shows more\n"
    assert "1\u00a0more\u00a0answer\u00a0not\u00a0shown" in " ".join(t or "" for t in texts)


def test_too_many_claims_for_a_picture_are_an_error(tmp_path: Path) -> None:
    """The error has a hint; the other formats have no limit."""
    claims = "".join(f"- {{id: c{n}, party: p, statement: S.}}\n" for n in range(3001))
    (tmp_path / "a.yaml").write_text(f"claims:\n{claims}")
    done = claimcli("graph", "-f", "svg", "--data", ".", cwd=tmp_path)
    other = claimcli("graph", "--data", ".", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr == (
        "error: 3,001 claims are too many for one picture, which shows 3,000 at most; "
        "narrow it with --issue or --around, or write mermaid, dot or json\n"
    )
    assert other.stdout.count("\nn") == 3001
    assert other.stderr == (
        "warning: Mermaid draws at most 500 edges and 50,000 characters unless set otherwise; "
        "-o FILE.svg draws it\n"
    )
