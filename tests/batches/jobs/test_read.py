"""The job that reads the dossiers of a folder into tables."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from claimcli.batches.dossier_folders import dossier_folders
from claimcli.batches.jobs.read import exit_code
from claimcli.core.problems import ClaimcliError
from claimcli.dossier.open import open_dossier
from claimcli.exchange.parquet.rows import tables_of
from tests.support.corpora import run_job

CLAIM = "claims: [{id: a, party: p, statement: Water is brown.}]\n"


def _folders(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def _rows(table: Any, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in table.select(columns).to_pylist()]


def test_each_subfolder_with_yaml_is_a_dossier(tmp_path: Path) -> None:
    """Dossiers are named like their folders; the others and hidden ones are skipped."""
    files = {"one/a.yaml": CLAIM, "two/deep/b.yml": CLAIM, "notes/c.txt": "", ".git/d.yaml": CLAIM}
    tables = run_job("read", _folders(tmp_path, files))

    assert _rows(tables["dossiers"], "dossier", "files", "claims") == [
        ("one", 1, 1),
        ("two", 1, 1),
    ]
    assert _rows(tables["claims"], "dossier", "id", "file", "line") == [
        ("one", "a", f"{tmp_path}/one/a.yaml", 1),
        ("two", "a", f"{tmp_path}/two/deep/b.yml", 1),
    ]


@pytest.mark.parametrize("marker", ["parties.yaml", "claimcli.toml"])
def test_a_folder_with_yaml_or_settings_is_one_dossier(tmp_path: Path, marker: str) -> None:
    """Its subfolders are parts of it."""
    _folders(tmp_path / "mill", {"data/a.yaml": CLAIM, marker: ""})

    tables = run_job("read", tmp_path / "mill")

    assert _rows(tables["dossiers"], "dossier", "claims") == [("mill", 1)]


def test_a_subfolder_with_settings_alone_is_a_dossier(tmp_path: Path) -> None:
    """Its data can be elsewhere; settings that cannot be read are a problem, and not left out."""
    files = {
        "shared/a.yaml": CLAIM,
        "corpus/desk/claimcli.toml": 'data = ["../../shared"]\n',
        "corpus/damaged/claimcli.toml": "data = [\n",
    }
    tables = run_job("read", _folders(tmp_path, files) / "corpus")

    assert _rows(tables["dossiers"], "dossier", "claims", "errors") == [
        ("damaged", 0, 1),
        ("desk", 1, 0),
    ]
    assert _rows(tables["problems"], "dossier", "rule")[0] == ("damaged", "unreadable-dossier")


def test_links_are_followed_once(tmp_path: Path) -> None:
    """A second name of a folder, and a link to the corpus itself, are no dossiers."""
    _folders(tmp_path / "corpus", {"one/a.yaml": CLAIM})
    _folders(tmp_path / "other", {"b.yaml": CLAIM})
    links = {"two": "../other", "three": "../other", "up": "..", "loop": ".", "a": "one"}
    for name, target in links.items():
        (tmp_path / "corpus" / name).symlink_to(target)

    names = [one.name for one in dossier_folders(tmp_path / "corpus")]

    assert names == ["one", "three"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_folders_whose_names_are_not_utf8_are_read(tmp_path: Path) -> None:
    """Their bytes are spelled out; a folder that is named like that, too, is an error."""
    quote = "claims: [{id: a, party: p, statement: S, source: {id: s, quote: Q}}]\n"
    text = "sources: [{id: s, title: T, text: t.txt}]\n"
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    _folders(folder, {"a.yaml": quote, "b.yaml": text, "t.txt": "Q"})

    tables = run_job("read", tmp_path)

    assert _rows(tables["claims"], "dossier", "file") == [
        (r"caf\udce9", rf"{tmp_path}/caf\udce9/a.yaml")
    ]
    assert _rows(tables["quotes"], "file") == [(rf"{tmp_path}/caf\udce9/a.yaml",)]
    assert _rows(tables["texts"], "path") == [(rf"{tmp_path}/caf\udce9/t.txt",)]
    _folders(tmp_path, {r"caf\udce9/a.yaml": CLAIM})
    with pytest.raises(ClaimcliError, match="has two dossiers with the name"):
        dossier_folders(tmp_path)


def test_a_folder_without_yaml_is_an_error(tmp_path: Path) -> None:
    """The error names the folder, also if it does not exist."""
    with pytest.raises(ClaimcliError, match="has no YAML files, and no folder in it has"):
        dossier_folders(tmp_path)
    with pytest.raises(ClaimcliError, match="cannot be read: No such file or directory"):
        dossier_folders(tmp_path / "x")


def test_records_are_those_of_the_export(tmp_path: Path) -> None:
    """The tables of records are the same as those of a single dossier."""
    _folders(tmp_path, {"one/a.yaml": CLAIM, "one/b.yaml": "sources: [{id: s, title: T}]\n"})

    tables = run_job("read", tmp_path)

    expected = tables_of(open_dossier([tmp_path / "one"]), name="one")
    assert {name: tables[name].to_pylist() for name in expected} == {
        name: table.to_pylist() for name, table in expected.items()
    }


def test_problems_have_their_file_and_line(tmp_path: Path) -> None:
    """What cannot be read, and what breaks a rule, is a row; other dossiers are read."""
    cited = "claims:\n- {id: b, party: p, statement: S, source: nowhere}\n"
    files = {"bad/a.yaml": "claims: [\n", "good/a.yaml": CLAIM, "odd/b.yaml": cited}
    tables = run_job("read", _folders(tmp_path, files))

    problems = tables["problems"]
    errors = problems.filter([one == "error" for one in problems["severity"].to_pylist()])
    assert _rows(errors, "dossier", "rule", "file", "line") == [
        ("bad", "yaml-syntax", f"{tmp_path}/bad/a.yaml", 2),
        ("odd", "unknown-source", f"{tmp_path}/odd/b.yaml", 2),
    ]
    assert _rows(tables["dossiers"], "dossier", "claims", "unread") == [
        ("bad", 0, 1),
        ("good", 1, 0),
        ("odd", 1, 0),
    ]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("x = 1\n", "claimcli.toml:1: no key 'x'"),
        ("data = 'elsewhere'\n", "no file or folder '{folder}/elsewhere'"),
        ("[verify]\npolarity = 'none.txt'\n", "none.txt cannot be read: No such file or directory"),
    ],
)
def test_a_dossier_that_cannot_be_opened_is_a_problem(
    tmp_path: Path, settings: str, message: str
) -> None:
    """It is listed with its folder, and no claim is read of it."""
    _folders(tmp_path, {"a/claims.yaml": CLAIM, "b/claims.yaml": CLAIM})
    (tmp_path / "a" / "claimcli.toml").write_text(settings)

    tables = run_job("read", tmp_path)

    ((dossier, rule, text),) = _rows(tables["problems"], "dossier", "rule", "message")[:1]
    assert (dossier, rule) == ("a", "unreadable-dossier")
    assert message.format(folder=tmp_path / "a") in text
    assert _rows(tables["dossiers"], "dossier", "claims", "errors") == [("a", 0, 1), ("b", 1, 0)]


def test_settings_of_a_dossier_say_where_its_data_is(tmp_path: Path) -> None:
    """Other YAML files of a repository are not read."""
    files = {
        "a/claimcli.toml": "data = 'x'\n",
        "a/x/claims.yaml": CLAIM,
        "a/mkdocs.yml": "site_name: A\n",
    }
    tables = run_job("read", _folders(tmp_path, files))

    assert _rows(tables["dossiers"], "dossier", "files", "errors") == [("a", 1, 0)]


def test_text_without_a_form_in_utf8_is_read(tmp_path: Path) -> None:
    """A lone surrogate in an escape does not end the job."""
    text = 'claims: [{id: a, party: p, statement: "x \\ud800 y", source: {title: T, quote: "\\udfff"}}]'
    tables = run_job("read", _folders(tmp_path, {"a/claims.yaml": text}))

    assert tables["dossiers"].num_rows == 1


def test_the_exit_code_is_that_of_check() -> None:
    """Errors and warnings are findings, notes are not."""
    assert exit_code({"problems": {"error": 1}}) == 1
    assert exit_code({"problems": {"warning": 1}}) == 1
    assert exit_code({"problems": {"info": 1}}) == 0
    assert exit_code({"problems": {}}) == 0
