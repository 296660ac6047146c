"""``import claimcli``: the public names, cheap to import, typed, and at one with the commands."""

import ast
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec import structs

import claimcli
from claimcli.core.party_names import find_party
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Node, Request, Scope
from claimcli.core.records import Dossier
from claimcli.core.table import to_json
from claimcli.formats import standing, verify
from tests.conftest import dossier_from
from tests.support.cli import ROOT
from tests.support.cli import claimcli as command
from tests.support.dossiers import dossiers
from tests.support.queries import queries
from tests.support.trees import TREES

DossierOf = Callable[..., Dossier]
FAULTY = ROOT / "tests" / "errors" / "alias-bomb.yaml"
STUB = ROOT / "claimcli" / "__init__.pyi"


def in_python(code: str, cwd: Path = ROOT) -> str:
    path = {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env={**os.environ, **path},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=True,
    )
    return done.stdout


def test_every_name_is_there_and_is_said_to_type_checkers() -> None:
    """What ``__all__`` lists is found where the stub says that it lives, and has a docstring."""
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    stub = {a.name: n.module for n in tree.body if isinstance(n, ast.ImportFrom) for a in n.names}

    assert {*claimcli.__all__} == {"__version__", *stub}
    assert set(claimcli.__all__) <= set(dir(claimcli))
    for name, module in stub.items():
        value = getattr(claimcli, name)
        assert value.__doc__, name
        assert value.__module__ == module, name


def test_no_name_is_that_of_a_file_of_the_package() -> None:
    """Importing such a file would put it in the name's place."""
    for name in claimcli.__all__:
        assert importlib.util.find_spec(f"claimcli.{name}") is None


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match=r"^module 'claimcli' has no attribute 'digg'$"):
        _ = claimcli.digg  # type: ignore[attr-defined]


def test_importing_it_reads_no_other_file_of_it() -> None:
    """Nor does the command's start read what the names are about."""
    code = "import sys, claimcli; print([m for m in sys.modules if m.startswith('claimcli')])"
    started = (
        "import sys, claimcli.cli; print('claimcli.api' in sys.modules, 'jinja2' in sys.modules)"
    )

    assert in_python(code) == "['claimcli']\n"
    assert in_python(started) == "False False\n"


def test_all_names_come_with_a_star() -> None:
    code = "from claimcli import *; print(diff.__name__, Kind.DENIES)"

    assert in_python(code) == "diff denies\n"


def test_errors_and_records_come_without_the_analyses() -> None:
    code = (
        "import sys, claimcli; claimcli.ClaimcliError, claimcli.Claim, claimcli.Date\n"
        "print([m for m in sys.modules if 'analysis' in m or 'cli.cli' in m])"
    )

    assert in_python(code) == "[]\n"


@pytest.fixture(scope="module")
def call() -> claimcli.OpenDossier:
    return claimcli.open_dossier(ROOT / "data")


def test_a_dossier_is_opened_by_path_by_paths_by_sample_or_by_where_it_is(
    call: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them are the same claims; without anything it is found as the command finds it."""
    ids = [claim.id for claim in call.claims]
    monkeypatch.chdir(ROOT / "tests")
    monkeypatch.setenv("CLAIMCLI_DATA", str(ROOT / "data"))

    for given_ in (
        {"data": str(ROOT / "data")},
        {"data": [ROOT / "data" / "claims", *(ROOT / "data").glob("*.yaml")]},
        {"sample": "call"},
        {},
    ):
        opened = claimcli.open_dossier(**given_)  # type: ignore[arg-type]
        assert [claim.id for claim in opened.claims] == ids
    assert len(ids) == 26


def test_a_query_narrows_the_claims_and_nothing_else(call: Dossier) -> None:
    """As text or as read; what is not asked for is still there to be compared with."""
    text = "party:Kremlin status:contested"
    found = claimcli.open_dossier(ROOT / "data", text)

    assert [claim.id for claim in found.claims] == [
        "no-strike-weapons", "no-intention-readout", "clearly-stated", "not-eyeing-invasion",
    ]  # fmt: skip
    assert found.by_id.keys() == call.by_id.keys()
    assert claimcli.open_dossier(ROOT / "data", claimcli.parse_query(text)).claims == found.claims


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"data": "nowhere"}, "no file or folder 'nowhere'"),
        ({"sample": "cal"}, "no sample 'cal'; did you mean 'call'?"),
        ({"data": "data", "sample": "call"}, "a path and a sample exclude each other"),
        ({"sample": "call", "scope": "claim"}, "no scope 'claim'; did you mean 'claims'?"),
        ({"sample": "call", "query": "stauts:x"}, "no field 'stauts'; did you mean 'status'?"),
        ({"sample": "call", "query": "party:kremln"}, "no party 'kremln'; did you mean 'kremlin'?"),
    ],
)
def test_what_cannot_be_opened_is_an_error_with_a_way_out(how: Any, message: str) -> None:
    with pytest.raises(claimcli.ClaimcliError) as raised:
        claimcli.open_dossier(**how)

    assert str(raised.value).startswith(message)


def test_nothing_is_kept_unless_it_is_allowed(tmp_path: Path) -> None:
    """A large dossier leaves an index in the cache folder where ``cache`` is true."""
    lines = "".join(
        f"- {{id: c{n}, party: p, statement: '{'So it was said. ' * 20}'}}\n" for n in range(2_000)
    )
    (tmp_path / "a.yaml").write_text(f"claims:\n{lines}", encoding="utf-8")
    os.utime(tmp_path / "a.yaml", (1_600_000_000, 1_600_000_000))
    cache = tmp_path / "cache"

    without = claimcli.open_dossier(tmp_path / "a.yaml")
    assert not cache.exists()
    kept = claimcli.open_dossier(tmp_path / "a.yaml", cache=True)
    assert [path.suffix for path in (cache / "claimcli").iterdir()] == [".sqlite"]
    assert without.claims == kept.claims


def test_problems_are_values(tmp_path: Path) -> None:
    """What is wrong is told as lines with places; what could be read is there."""
    (tmp_path / "a.yaml").write_text(
        "claims: [{id: a, party: p, statment: S.}, {id: b, party: p, statement: B.}]"
    )
    dossier = claimcli.open_dossier(tmp_path)

    assert ([claim.id for claim in dossier.claims], dossier.unread) == (["b"], 1)
    problems = claimcli.check(dossier).problems
    assert f"{tmp_path / 'a.yaml'}:1:28: error: no key 'statment'" in str(problems[1])
    assert {p.severity for p in problems} >= {claimcli.Severity.ERROR, claimcli.Severity.INFO}


SHOWN = {
    ("diff", "Kremlin", "White  HOUSE"): lambda d: claimcli.diff(d, "Kremlin", "White  HOUSE"),
    ("diff", "kremlin", "white-house", "--only", "contested", "--no-words"): lambda d: (
        claimcli.diff(d, "kremlin", "white-house", words=False, only=["contested"])
    ),
    ("matrix",): claimcli.matrix,
    ("drift",): claimcli.drift,
    ("drift", "Kremlin"): lambda d: claimcli.drift(d, "Kremlin"),
    ("timeline",): claimcli.timeline,
    ("audit",): claimcli.audit,
    ("list",): lambda d: d,
    ("graph",): claimcli.graph,
    ("verify",): claimcli.verify,
    ("standing",): claimcli.standing,
}
"""Arguments of commands, and the function whose result says the same."""


@pytest.mark.parametrize("arguments", SHOWN, ids=" ".join)
@pytest.mark.parametrize("query", ["", "issue:weapons-in-ukraine OR status:unanswered"])
def test_a_function_gives_what_its_command_shows(arguments: tuple[str, ...], query: str) -> None:
    """Names of parties are those of the command line, and so is what a query leaves in."""
    if arguments[0] == "drift" and query:
        pytest.skip("the command takes flags alone")
    asked = [query] if query else []
    shown = command("--sample", "call", *arguments, *asked, "--format", "json")

    dossier = claimcli.open_dossier(sample="call", query=query)
    assert shown.stdout == to_json(claimcli.to_dict(SHOWN[arguments](dossier)))


def test_to_dict_gives_a_graph_around_a_claim_and_a_check_as_their_commands_do() -> None:
    """The graph near one claim, and the problems of a dossier that has some."""
    dossier = claimcli.open_dossier(sample="call")
    near = command(
        "--sample", "call", "graph", "--around", "no-declaration", "--depth", "1", "-f", "json"
    )
    problems = command("--data", str(FAULTY), "check", "--format", "json")

    graph = claimcli.graph(dossier, "no-declaration", depth=1)
    assert near.stdout == to_json(claimcli.to_dict(graph))
    checked = claimcli.check(claimcli.open_dossier(FAULTY))
    assert problems.stdout == to_json(claimcli.to_dict(checked))
    assert json.loads(problems.stdout)["problems"] != []


def test_to_dict_takes_results_only() -> None:
    with pytest.raises(ClaimcliError, match=r"^no plain form of str"):
        claimcli.to_dict("kremlin")


@pytest.mark.parametrize(
    "query",
    ["party:Kremlin status:contested", "pledge", "file:weapons", "speaker:/psaki/", "kind:denies OR has:quote"],
)  # fmt: skip
def test_select_gives_the_claims_that_opening_with_the_query_gives(
    query: str, call: claimcli.OpenDossier
) -> None:
    """The same claims in the same order, without reading a file again."""
    selected = call.select(query)

    assert [c.id for c in selected.claims] == [
        c.id for c in claimcli.open_dossier(ROOT / "data", query).claims
    ]
    assert selected.claims
    assert selected.select(claimcli.parse_query("")).claims == call.claims


@settings(max_examples=20, deadline=None)
@given(dossiers(), queries())
def test_select_agrees_with_opening_on_any_dossier(texts: dict[str, str], query: Node) -> None:
    """Statuses, inherited issues, mentioned parties and double ids are the same in both."""
    dossier = dossier_from(texts)
    opened = claimcli.OpenDossier(**structs.asdict(dossier))

    def ids(work: Callable[[], Dossier]) -> object:
        try:
            return [claim.id for claim in work().claims]
        except ClaimcliError as error:
            return str(error)

    expected = ids(lambda: dossier_from(texts, Request(query=query)))
    assert ids(lambda: opened.select(query)) == expected


def test_select_reports_a_mistake_in_the_query(call: claimcli.OpenDossier) -> None:
    with pytest.raises(ClaimcliError, match="no party 'kremln'; did you mean 'kremlin'"):
        call.select("party:kremln")


def test_a_smaller_scope_reads_less_and_says_what_it_is_not_enough_for() -> None:
    """Claims alone, or with their answers and sources; what needs more is refused, not answered."""
    asked = {"query": "id:no-strike-weapons", "sample": "call"}
    alone = claimcli.open_dossier(**asked, scope="claims")
    thread = claimcli.open_dossier(**asked, scope="thread")

    assert (list(alone.by_id), alone.sources) == (["no-strike-weapons"], {})
    assert "no-declaration" in thread.by_id
    assert {c.source for c in thread.claims[0].citations} <= thread.sources.keys()
    assert [r.id for r in claimcli.timeline(thread).entries[0].rebuttals] == ["no-declaration"]
    for work in (claimcli.check, claimcli.audit, claimcli.export, lambda d: d.select("")):
        with pytest.raises(ClaimcliError, match="open it with scope='dossier'"):
            work(thread)
    with pytest.raises(ClaimcliError, match="open it with scope='thread'"):
        claimcli.verify(alone)


def test_replies_are_the_requests_that_the_command_lists(tmp_path: Path) -> None:
    """Parties and states select them, and the day decides which are overdue."""
    (tmp_path / "a.yaml").write_text(
        "parties: [{id: council, name: Town Council}, {id: works, part_of: council}]\n"
        "claims:\n"
        "  - {id: a, party: mill, statement: A., asked: {party: works, on: 2023-05-02, due: 2023-05-05}}\n"
        "  - {id: b, party: mill, statement: B., asked: {party: lab, on: 2023-05-01}}\n"
    )
    shown = command("--data", str(tmp_path), "replies", "--today", "2023-05-06", "-f", "json")
    dossier = claimcli.open_dossier(tmp_path)
    today = date(2023, 5, 6)

    assert shown.stdout == to_json(claimcli.to_dict(claimcli.replies(dossier, today=today)))
    overdue = claimcli.replies(dossier, "Town Council", states=["overdue"], today=today).records
    assert [(r["claim"], r["party"], r["state"]) for r in overdue] == [("a", "works", "overdue")]
    assert claimcli.replies(dossier, states=["overdue"], today=date(2023, 5, 5)).records == ()
    with pytest.raises(ClaimcliError, match="no state 'late'"):
        claimcli.replies(dossier, states=["late"])


def test_a_limit_is_the_number_of_claims() -> None:
    dossier = claimcli.open_dossier(sample="call", scope="claims", limit=3)

    assert len(dossier.claims) == len(dossier.by_id) == 3
    with pytest.raises(ClaimcliError, match="'limit' is -1"):
        claimcli.open_dossier(sample="call", limit=-1)


def test_changes_are_those_of_the_accounts(tmp_path: Path) -> None:
    """Another file is not a change; other words are."""
    text = "claims: [{id: a, party: p, statement: It is so.}]"
    dossiers = []
    for name, written in (("x", text), ("y", text), ("z", text.replace("so", "not so"))):
        (tmp_path / f"{name}.yaml").write_text(written)
        dossiers.append(claimcli.open_dossier(tmp_path / f"{name}.yaml"))
    first, moved, reworded = dossiers

    assert claimcli.changes(first, moved).entries == ()
    assert [
        (entry.kind, entry.id, [one.field for one in entry.differences])
        for entry in claimcli.changes(first, reworded).entries
    ] == [("changed", "a", ["statement"])]


def test_verifying_and_reasoning_give_what_their_commands_show() -> None:
    dossier = claimcli.open_dossier(sample="waterworks")
    shown = command(
        "--sample", "waterworks", "verify", "--select", "altered,missing", "--format", "json"
    )
    found = claimcli.verify(dossier, select=["altered", "missing"])
    assert shown.stdout == verify.WRITERS["json"](found)
    assert [finding.verdict for finding in found.findings] == ["altered", "missing"]

    arguments = ["--semantics", "preferred", "--credulous", "--without", "main-is-old"]
    shown = command("--sample", "waterworks", "standing", *arguments, "--format", "json")
    stands = claimcli.standing(dossier, "preferred", credulous=True, without=["main-is-old"])
    assert shown.stdout == standing.WRITERS["json"](stands)
    with pytest.raises(ClaimcliError, match="no semantics 'groundd'; did you mean 'grounded'"):
        claimcli.standing(dossier, "groundd")


@pytest.mark.parametrize("template", ["briefing", "summary", "contradictions"])
@pytest.mark.parametrize("form", ["md", "html"])
def test_a_document_is_that_of_the_command(template: str, form: str) -> None:
    for query in ("", "party:pbs OR issue:sanctions"):
        asked = ["--template", template, "--format", form, *([query] if query else [])]
        shown = command("--sample", "call", "export", *asked)
        opened = claimcli.open_dossier(sample="call", query=query)
        assert shown.stdout == claimcli.export(opened, template, format=form) != ""


@pytest.mark.parametrize("form", ["pdf", "docx", "typ"])
def test_a_document_with_pages_is_that_of_the_command(form: str, tmp_path: Path) -> None:
    """Its bytes are; the function knows no git revision, and the copy is in no repository."""
    command("init", "--sample", "call", "copy", cwd=tmp_path)
    command("export", "issue:who-asked", "-o", f"a.{form}", cwd=tmp_path / "copy")
    dossier = claimcli.open_dossier(tmp_path / "copy" / "data", "issue:who-asked")

    made = claimcli.document(claimcli.briefing(dossier), form)

    assert made == (tmp_path / "copy" / f"a.{form}").read_bytes()
    with pytest.raises(ClaimcliError, match=rf"is not text; write document.*'{form}'"):
        claimcli.export(dossier, format=form)


@pytest.mark.parametrize("query", ["", "issue:weapons-in-ukraine"])
def test_tables_are_those_of_an_export_to_parquet(query: str, tmp_path: Path) -> None:
    """With the same rows and types."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="an extra that is not installed")
    asked = [query] if query else []
    command("--sample", "call", "export", *asked, "-f", "parquet", "-o", str(tmp_path / "tables"))

    made = claimcli.tables(claimcli.open_dossier(sample="call", query=query), name="call")

    assert made == {
        name: parquet.read_table(tmp_path / "tables" / f"{name}.parquet") for name in made
    }
    assert len(made) == 8


def test_parties_are_grouped_as_in_the_command(tmp_path: Path) -> None:
    """``by`` takes the words of the option, and refuses others."""
    (tmp_path / "a.yaml").write_text(TREES)
    dossier = claimcli.open_dossier(tmp_path)

    for name in ("matrix", "audit"):
        shown = command(name, "--by", "tree", "--data", str(tmp_path), "--format", "json")
        found = getattr(claimcli, name)(dossier, by="tree")
        assert shown.stdout == to_json(claimcli.to_dict(found))
    shown = command("export", "--by", "tree", "--data", str(tmp_path))
    assert shown.stdout == claimcli.export(dossier, by="tree")
    assert claimcli.briefing(dossier, by="tree").parties == ("realm", "league", "gazette", "abbey")
    with pytest.raises(ClaimcliError, match="no grouping 'tre'; did you mean 'tree'"):
        claimcli.matrix(dossier, by="tre")


def test_a_document_that_would_mislead_is_refused_here_too() -> None:
    dossier = claimcli.open_dossier(sample="waterworks")

    with pytest.raises(ClaimcliError, match="2 quotes are altered or missing"):
        claimcli.export(dossier, "summary")
    assert "main-is-old" in claimcli.export(dossier, "summary", force=True)


def test_nothing_prints(call: Dossier, capfd: pytest.CaptureFixture[str]) -> None:
    for work in SHOWN.values():
        work(call)
    claimcli.check(call)
    claimcli.export(call, format="html")

    assert capfd.readouterr() == ("", "")


NAMES = ("kremlin", "Kremlin", "THE  kremlin", "moscow", "Russia", "nato", "p", "white-house", "krmelin", "")  # fmt: skip


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(dossiers())
def test_a_party_is_called_by_the_same_names_as_in_a_query(texts: dict[str, str]) -> None:
    """In any dossier a name means the same party to both, or has the same thing wrong with it."""
    dossier = dossier_from(texts)
    for word in NAMES:
        assert resolved(lambda: find_party(dossier, word)) == resolved(  # noqa: B023 - called at once
            lambda: dossier_from(texts, Request(scope=Scope.ALL, parties=(word,))).party_ids[word]  # noqa: B023
        )


def resolved(work: Callable[[], str]) -> str:
    try:
        return work()
    except ClaimcliError as error:
        return f"error: {error}"


CLIENT = """
import claimcli
from claimcli import Claim, Kind, OpenDossier, Problem, Status

dossier: OpenDossier = claimcli.open_dossier(["data"], "status:contested", cache=False)
first: Claim = dossier.claims[0]
said: str | None = first.said.text if first.said else None
denied: list[str] = [name for name, kind in dossier.answers[first.id] if kind is Kind.DENIES]
contested: bool = dossier.statuses[first.id] is Status.CONTESTED
relations: list[claimcli.Relation] = [row.relation for row in claimcli.diff(dossier, "a", "b").rows]
labels: dict[str, claimcli.Standing] = dict(claimcli.standing(dossier).labels)
problems: tuple[Problem, ...] = claimcli.check(dossier).problems
plain: object = claimcli.to_dict(claimcli.diff(dossier.select("a"), "a", "b"))
fails: list[claimcli.Verdict] = [f.verdict for f in claimcli.verify(dossier).findings if f.fails]
lacks: list[claimcli.Lack] = [gap.lack for gap in claimcli.audit(dossier).gaps]
page: str = claimcli.export(dossier, "summary", format="html")
letter = claimcli.DocumentOptions(paper="letter")
rows: dict[str, object] = claimcli.tables(dossier, internal=True)
data: bytes = claimcli.document(claimcli.briefing(dossier), "pdf", layout=letter)
"""


@pytest.mark.slow
def test_a_program_that_uses_it_is_checked_strictly(tmp_path: Path) -> None:
    """Mypy knows every type; a wrong name and a wrong type are told."""
    mypy = pytest.importorskip("mypy.api")
    good, bad = tmp_path / "good.py", tmp_path / "bad.py"
    good.write_text(CLIENT)
    bad.write_text("import claimcli\nclaimcli.digg\nx: int = claimcli.open_dossier().claims\n")
    options = ["--strict", "--config-file", str(ROOT / "pyproject.toml")]
    cache = ["--cache-dir", str(ROOT / ".mypy_cache" / "clients")]

    out, _, _ = mypy.run([*options, *cache, str(good), str(bad)])

    lines = [line.partition(" ")[2] for line in out.splitlines() if "error:" in line]
    assert "good.py" not in out, out
    assert lines == [
        'error: Module has no attribute "digg"  [attr-defined]',
        'error: Incompatible types in assignment (expression has type "tuple[Claim, ...]", '
        'variable has type "int")  [assignment]',
    ], out


def test_reprs_are_short(call: claimcli.OpenDossier, dossier_of: DossierOf) -> None:
    """Empty fields are left out, items are counted, and a location is file, line and column."""
    text = "claims:\n- {id: a, party: p, statement: It is so., said: 2021, tags: [x, y]}"
    (claim,) = dossier_of(text).claims

    assert repr(claim) == (
        "Claim(id='a', parties=('p',), statement='It is so.', location=<t.yaml:2:3>,"
        " said=Date('2021'), tags=('x', 'y'))"
    )
    assert repr(call).startswith("OpenDossier(claims=<26>, by_id=<26>, statuses=<26>, ")
    for result in (call, *(work(call) for work in SHOWN.values()), claimcli.check(call)):
        assert len(repr(result)) < 400


def test_records_go_into_json(call: Dossier) -> None:
    record = claimcli.as_record(call, call.by_id["no-strike-weapons"])

    assert json.loads(json.dumps(record))["rebuttals"] == ["no-declaration"]
