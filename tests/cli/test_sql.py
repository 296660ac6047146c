"""``claimcli sql``: read-only queries of the index, in every format."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.cli import claimcli
from tests.support.terminal import in_terminal

TEXT = """\
parties: [{id: a}, {id: b}]
sources: [{id: s, title: A page}]
claims:
- {id: one, party: a, statement: "One | two,\tthree.", sources: [{id: s, quote: First words.}]}
- {id: two, party: b, statement: No., responds_to: [{claim: one, kind: denies}]}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "t.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path


def _rows_of(text: str, form: str) -> list[dict[str, object]]:
    match form:
        case "json":
            return list(json.loads(text))
        case "jsonl":
            return [json.loads(line) for line in text.splitlines()]
        case "yaml":
            return list(yaml.safe_load(text))
        case "csv":
            return [dict(row) for row in csv.DictReader(io.StringIO(text))]
        case _:
            lines = [line.split("\t") for line in text.splitlines()]
            return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


@pytest.mark.parametrize("form", ["json", "jsonl", "yaml", "csv", "tsv"])
def test_a_result_has_the_formats_of_list(place: Path, form: str) -> None:
    """Numbers stay numbers if the format has them."""
    question = "select id, status, 1.5 as half, 2 as whole, null as none from claims order by id"
    done = claimcli("sql", question, "--format", form, cwd=place)

    typed = form in ("json", "jsonl", "yaml")
    numbers = {"half": 1.5, "whole": 2, "none": None}
    texts = {"half": "1.5", "whole": "2", "none": ""}
    assert (done.returncode, done.stderr) == (0, "")
    assert _rows_of(done.stdout, form) == [
        {"id": "one", "status": "contested", **(numbers if typed else texts)},
        {"id": "two", "status": "contested", **(numbers if typed else texts)},
    ]


def test_hostile_text_is_escaped_for_the_format(place: Path) -> None:
    question = "select statement from claims where id = 'one'"

    assert claimcli("sql", question, "--format", "md", cwd=place).stdout.splitlines()[2] == (
        "| One \\| two, three. |"
    )
    assert claimcli("sql", question, "--format", "tsv", cwd=place).stdout.splitlines()[1] == (
        "One | two,\\tthree."
    )


def test_a_result_goes_to_a_file(place: Path) -> None:
    done = claimcli("sql", "select id from claims order by id", "-o", "ids.csv", cwd=place)

    assert (done.returncode, done.stdout) == (0, "")
    assert (place / "ids.csv").read_text() == "id\none\ntwo\n"


def test_the_tables_have_the_data_of_the_files(place: Path) -> None:
    question = (
        "select r.kind, r.target, c.party, f.path from responses r join claims c using (claim)"
        " join files f using (file)"
    )
    assert _rows_of(claimcli("sql", question, "--format", "json", cwd=place).stdout, "json") == [
        {"kind": "denies", "target": "one", "party": "b", "path": "t.yaml"}
    ]


def test_columns_of_the_same_name_are_distinguished(place: Path) -> None:
    done = claimcli("sql", "select 1 as x, 2 as x, 3 as x", "--format", "json", cwd=place)
    assert json.loads(done.stdout) == [{"x": 1, "x_2": 2, "x_3": 3}]


@pytest.mark.parametrize(
    "question",
    [
        "insert into claims (id) values ('x')",
        "delete from claims",
        "update claims set statement = 'x'",
        "drop table claims",
        "create table x (y)",
        "create temp table x (y)",
        "attach 'other.sqlite' as other",
        "pragma writable_schema = 1",
        "pragma journal_mode",
        "vacuum into 'copy.sqlite'",
        "begin",
        "select load_extension('x')",
        "select * from pragma_database_list",
    ],
)
def test_only_select_is_allowed(place: Path, question: str) -> None:
    """No file but the index is written, and nothing about the machine is revealed."""
    done = claimcli("sql", question, cwd=place)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: only queries that read are allowed; write a SELECT\n"
    assert sorted(path.name for path in place.iterdir()) == ["cache", "data"]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "the query is empty; write a SELECT"),
        ("select * from clams", "no table 'clams'; did you mean 'claims'?"),
        ("select c.statment from claims c", "no column 'statment'; did you mean 'statement'?"),
        ("select * from zebras", "no table 'zebras'; see 'claimcli help sql'"),
        ("selec 1", 'SQLite says: near "selec": syntax error; see \'claimcli help sql\' for the tables'),
        ("select 1; delete from claims", "SQLite says: You can only execute one statement at a time;"
         " see 'claimcli help sql' for the tables"),
        ("select zeroblob(2000000000)", "SQLite says: string or blob too big;"
         " see 'claimcli help sql' for the tables"),
        ("with recursive t (n) as (select 1 union all select n + 1 from t) "
         "select zeroblob(60000000) from t",
         "the result is larger than 256 MB; add a LIMIT, or select fewer columns"),
    ],
)  # fmt: skip
def test_an_invalid_query_is_an_error_with_a_hint(place: Path, question: str, message: str) -> None:
    done = claimcli("sql", question, cwd=place)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: {message}\n"


def test_a_terminal_shows_every_column(place: Path) -> None:
    """Even an empty one, unlike the lists of claims."""
    command = f"{sys.executable} -m claimcli sql 'select c.id, c.note, url from claims c, sources'"
    shown, code = in_terminal(command, cwd=place, env={"NO_COLOR": "1"})

    assert code == 0
    assert shown.splitlines()[0].split() == ["id", "note", "url"]


def test_an_endless_query_is_stopped(place: Path) -> None:
    question = (
        "with recursive t (n) as (select 1 union all select n + 1 from t) select max(n) from t"
    )
    done = claimcli("sql", question, "--timeout", "0.2", cwd=place)

    assert done.returncode == 2
    assert (
        done.stderr
        == "error: the query took more than 0.2 s; narrow it, or add --timeout SECONDS\n"
    )


def test_names_of_columns_do_not_steer_a_terminal(place: Path) -> None:
    name = "a\u2028b\u202ec\x1b[31md"
    command = f"{sys.executable} -m claimcli sql 'select 1 as \"{name}\"'"
    shown, _ = in_terminal(command, cwd=place, env={"NO_COLOR": "1"})

    assert "a b⟨U+202E⟩c⟨U+001B⟩[31md" in shown
    assert not {"\u2028", "\u202e"} & set(shown)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT "stauts" FROM claims',
        "SELECT count(*) FROM claims WHERE \"stauts\" = 'answered'",
        "SELECT id FROM claims WHERE status = 'x' OR claims.\"stauts\" = 1",
        "SELECT id FROM claims c ORDER BY c.stauts",
        "SELECT `stauts`, [id] FROM claims",
    ],
)
def test_a_name_in_quotation_marks_is_never_a_text(query: str, place: Path) -> None:
    """SQLite takes a misspelled one for a text, and so would answer 0 or repeat the name."""
    done = claimcli("sql", query, cwd=place)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: no column 'stauts'; did you mean 'status'?\n"


def test_names_in_quotation_marks_keep_their_meaning(place: Path) -> None:
    """In texts and comments they are no names; a column's name can have any character."""
    query = """SELECT "id", 'a "b" c' AS "x ""y"" `z`", "claims"."line" AS [l "m"] -- "no column"
        FROM "claims" /* "none" */ WHERE "id" = 'one' """
    done = claimcli("sql", query, "--format", "json", cwd=place)

    assert json.loads(done.stdout) == [{"id": "one", 'x "y" `z`': 'a "b" c', 'l "m"': 4}]
