"""``claimcli help``: the topics fit a screen and are true."""

import inspect
import re
import shlex
from pathlib import Path

import pytest

from claimcli.analysis.findings import CHANGED_TEXT
from claimcli.cli import command_names, command_of
from claimcli.cli.output import choose_format
from claimcli.cli.presenter import writers_of
from claimcli.cli.topics import SUMMARIES, topic_text, topics
from claimcli.core.problems import Severity
from claimcli.core.query import EVERYTHING, FIELDS, Has
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Status
from claimcli.core.response_kinds import Kind
from claimcli.core.schema import ALL_KINDS
from claimcli.exchange.registry import export_formats, import_formats
from claimcli.formats.check import WRITERS
from claimcli.quotes.verdict import Verdict
from claimcli.quotes.warnings import WarningKind
from tests.support.cli import ROOT, claimcli

QUERY = topic_text("query")
EXAMPLES = re.findall(r"^  (claimcli .*)$", QUERY, re.MULTILINE)
ASIDE = r"\w+:(?:\"[^\"]+\"|/[^/]+/|[^\s,)']+)"


def test_the_query_topic_fits_one_screen() -> None:
    """A terminal of 80 columns and 25 lines shows it all, with the prompt."""
    lines = QUERY.splitlines()

    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("command", EXAMPLES)
def test_each_command_of_the_query_topic_works(command: str, tmp_path: Path) -> None:
    out = ["-o", str(tmp_path / "b.md")] if " export " in command else []
    _, *arguments = shlex.split(command)
    done = claimcli("--sample", "call", *arguments, *out)

    assert (done.returncode, done.stderr.count("error")) == (0, 0), done.stderr


@pytest.mark.parametrize("condition", re.findall(ASIDE, QUERY))
def test_each_condition_of_the_query_topic_is_valid(condition: str) -> None:
    assert parse_query(condition) != EVERYTHING


VERIFY = topic_text("verify")


def test_the_verify_topic_fits_one_screen() -> None:
    """It names each verdict and each warning."""
    lines = VERIFY.splitlines()

    assert (len(lines) <= 24, max(map(len, lines)) <= 80) == (True, True)
    assert {*Verdict, *WarningKind, CHANGED_TEXT} <= set(re.findall(r"[\w-]+", VERIFY))


@pytest.mark.parametrize("command", re.findall(r"^  claimcli (.*)$", VERIFY, re.MULTILINE))
def test_each_command_of_the_verify_topic_works(command: str) -> None:
    done = claimcli("--sample", "waterworks", *shlex.split(command))

    assert (done.returncode, done.stdout != "", "error:" in done.stderr) == (1, True, False)


CHECK = topic_text("check")


def test_the_check_topic_fits_one_screen() -> None:
    """It names the formats and the severities."""
    lines = CHECK.splitlines()

    assert (len(lines) <= 24, max(map(len, lines)) <= 80) == (True, True)
    assert {*WRITERS, *Severity} - {"full"} <= set(re.findall(r"[\w-]+", CHECK))


@pytest.mark.parametrize("command", re.findall(r"^  claimcli (.*?)(?:  .*)?$", CHECK, re.MULTILINE))
def test_each_command_of_the_check_topic_works(command: str, tmp_path: Path) -> None:
    if "--watch" in command:
        pytest.skip("it does not end")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text("claims: []\n")
    done = claimcli(*shlex.split(command), cwd=tmp_path, stdin="claims: []\n")

    assert (done.returncode, "error:" in done.stderr) == (0, False)


def test_the_query_topic_names_each_field_and_value() -> None:
    named = set(re.findall(r"[\w-]+", QUERY))

    assert {*FIELDS, *Status, *Kind, *Has} <= named


def test_each_command_of_the_sql_topic_works() -> None:
    shown, _, _ = topic_text("sql").partition("The tables")
    commands = re.findall(r"^  claimcli (sql (?:.|\n {6,})*)$", shown, re.MULTILINE)

    assert len(commands) == 2
    for command in commands:
        done = claimcli("--sample", "call", *shlex.split(command))
        assert (done.returncode, done.stderr) == (0, "")
        assert len(done.stdout.splitlines()) > 1


def test_each_table_of_the_sql_topic_exists() -> None:
    assert max(map(len, topic_text("sql").splitlines())) <= 80
    tables = re.findall(r"^CREATE (?:VIRTUAL TABLE|TABLE|VIEW) (\w+)", topic_text("sql"), re.M)

    assert {"parties", "sources", "issues", "events", "claims", "citations"} <= set(tables)
    assert {"responses", "problems", "files", "words"} <= set(tables)
    for table in tables:
        assert claimcli("--sample", "call", "sql", f"select * from {table}").returncode == 0


@pytest.mark.parametrize(
    ("topic", "message"),
    [
        ("qeury", "no topic 'qeury'; did you mean 'query'?"),
        ("../../conftest", "no topic '../../conftest'; 'claimcli help' lists the topics, "),
        ("lsit", "no topic 'lsit'; did you mean 'list'?"),
    ],
)
def test_an_unknown_topic_is_an_error(topic: str, message: str) -> None:
    done = claimcli("help", topic)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {message}")


def test_a_command_is_a_topic_too() -> None:
    assert claimcli("help", "list").stdout == claimcli("list", "--help").stdout != ""


def test_the_topics_are_listed() -> None:
    """Each has a one-line summary."""
    listed = claimcli("help").stdout

    for topic in topics():
        assert re.search(rf"^  claimcli help {topic} +{re.escape(SUMMARIES[topic])}$", listed, re.M)
    assert max(map(len, listed.splitlines())) <= 80
    assert sorted(SUMMARIES) == topics()


@pytest.mark.parametrize("topic", topics())
def test_a_topic_fits_a_screen(topic: str) -> None:
    """Of 80 columns and 25 lines, with the prompt; only lists of tables and fields are longer."""
    lines = topic_text(topic).splitlines()

    assert len(lines) <= 24 or topic in ("sql", "fields")
    assert max(map(len, lines)) <= 80


def test_every_format_is_explained() -> None:
    """Each format of a command with tables; and each extension selects its format."""
    text = topic_text("formats")
    explained = set(re.findall(r"^(\w+) {2,}", text, re.MULTILINE))
    table_forms = {
        form
        for name in command_names()
        if "format_" in inspect.signature(command_of(name)).parameters
        for forms in [list(writers_of(name))]
        if forms[:1] == ["table"]
        for form in forms
    }

    of_one_command = {"apx", "tgf", "af", "svg", "dot", "mermaid", "graphml", "gexf"}
    assert table_forms - explained <= of_one_command
    for form, endings in re.findall(
        r"^(\w+) (?:.|\n {10})*?\((\.[a-z., ]+)\)$", text, re.MULTILINE
    ):
        for ending in endings.split(", "):
            assert choose_format(None, Path(f"x{ending}"), [form]) == form


def test_the_exit_codes_are_as_explained(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text("claims: [{id: a, party: p, statement: s, x: 1}]")
    named = re.findall(r"^  (\d)  ", topic_text("exit-codes"), re.MULTILINE)

    codes = [
        claimcli(*words, cwd=tmp_path).returncode
        for words in (["list"], ["check"], ["list", "--nothing"], ["list", "--data", "nowhere"])
    ]
    assert codes == [0, 1, 2, 3] == [int(code) for code in named]


def test_each_environment_variable_is_explained() -> None:
    """The topic names all that the program reads."""
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "claimcli").rglob("*.py"))
    read = set(re.findall(r'environ(?:\.get\(|\[)\s*"(\w+)"', source))

    assert {"NO_COLOR", "FORCE_COLOR", "CLAIMCLI_DATA"} <= read
    assert read <= set(re.findall(r"\w+", topic_text("environment")))


def test_the_fields_topic_describes_each_field_of_each_record() -> None:
    """With what it contains, and whether it is required."""
    text = topic_text("fields")
    parts = text.split("\n\n")[1:]

    assert [part.partition(",")[0] for part in parts] == list(ALL_KINDS)
    for part, kind in zip(parts, ALL_KINDS.values(), strict=True):
        described = re.findall(r"^  (\w+) ", part, re.MULTILINE)
        assert kind.name in ("rebuttal", "response") or described == list(kind.names)
    assert "  said          When it was said. (date)\n" in text
    assert "  statement     What is said, in a sentence of your own. (required; text)\n" in text
    assert re.search(r"rebuttal, in a claim: [^:]*except\s+that:\n  id ", text)


def test_the_topic_on_exchange_has_every_format() -> None:
    """It says of each whether it is read, written or both, as the modules of the formats do."""
    rows = re.findall(r"^([a-z, -]+?)  +(\S.*)$", topic_text("exchange"), re.MULTILINE)
    ways = {name: way for names, way in rows for name in names.split(", ") if name[:2] != "--"}

    assert list(ways) == [
        "csv", "xlsx", "ods", "xls", "csl-json", "ris", "bibtex", "web-annotation", "hypothesis",
        "claimreview", "parquet",
    ]  # fmt: skip
    assert {*ways} == {*import_formats()}
    assert {name for name, way in ways.items() if "in and out" in way} == {*export_formats()}
