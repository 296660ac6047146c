"""The gallery of errors: each file under `errors/` gets exactly the messages in its text file."""

import os
import shutil
from pathlib import Path

import pytest

from claimcli.checks.registry import check_dossier
from claimcli.core.problems import Problem
from claimcli.dossier.content import MAX_BYTES
from claimcli.dossier.open import open_dossier
from claimcli.exchange.registry import extensions_of, import_formats
from claimcli.formats.check import full
from tests.support.cli import claimcli

GALLERY = Path(__file__).parent / "errors"
FOUND_ELSEWHERE = {"too-large", "unreadable-file", "too-many-problems"}
"""Shown by tests of their own: no file of a repository can hold them."""


@pytest.mark.parametrize("path", sorted(GALLERY.glob("*.yaml")), ids=lambda path: path.stem)
def test_gallery(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the file gives the messages in the text file of the same name, to the character."""
    monkeypatch.chdir(GALLERY)
    dossier = open_dossier([path.name])

    assert full(check_dossier(dossier, dossier.problems)) == path.with_suffix(".txt").read_text(
        encoding="utf-8"
    )


IMPORTS = GALLERY / "imports"


@pytest.mark.parametrize("path", sorted(IMPORTS.glob("*.txt")), ids=lambda path: path.stem)
def test_gallery_of_imports(path: Path, tmp_path: Path) -> None:
    """The command in the first line gives the other lines, and leaves the dossier as it is."""
    if library := {"not-a-workbook": "python_calamine", "not-parquet": "pyarrow"}.get(path.stem):
        pytest.importorskip(library, reason="an extra that is not installed")
    command, _, expected = path.read_text(encoding="utf-8").partition("\n")
    shutil.copytree(IMPORTS, tmp_path / "files")
    (tmp_path / "files" / "data").mkdir()

    done = claimcli(*command.split()[2:], cwd=tmp_path / "files")

    assert (done.returncode, done.stdout, done.stderr) == (2, "", expected)
    assert list((tmp_path / "files" / "data").glob("*.yaml")) == []


def test_the_gallery_has_every_format_of_imports() -> None:
    """Except workbooks, of which xlsx is an example."""
    extensions = {path.suffix for path in IMPORTS.iterdir()}

    for format_ in {*import_formats()} - {"ods", "xls"}:
        assert extensions & {*extensions_of(format_)}


def test_what_is_wrong_under_a_claim_that_is_lost_is_reported_too(tmp_path: Path) -> None:
    """Its answers are lost with it, to any depth, and counted."""
    Path(tmp_path, "a.yaml").write_text("""\
claims:
- id: A B
  party: p
  statement: S
  rebuttals:
  - {party: q, kind: denys, statement: N, rebuttals: [{party: r}, text]}
""")
    dossier = open_dossier([tmp_path])

    assert [(p.rule, p.span.line, p.span.column) for p in dossier.problems] == [
        ("bad-id", 2, 7), ("unknown-kind", 6, 22), ("missing-field", 6, 55), ("wrong-type", 6, 67),
    ]  # fmt: skip
    assert (dossier.unread, dossier.claims) == (4, ())


def test_a_file_over_64_mib_is_passed_over(tmp_path: Path) -> None:
    """The other files of the dossier are read all the same."""
    with Path(tmp_path, "big.yaml").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    Path(tmp_path, "small.yaml").write_text("claims: [{id: a, party: p, statement: One.}]")
    dossier = open_dossier([tmp_path])

    assert messages(dossier.problems) == [("too-large", "the file is larger than 64 MiB")]
    assert list(dossier.by_id) == ["a"]


def test_what_is_no_file_is_passed_over(tmp_path: Path) -> None:
    """A pipe, which would be waited for without end, is reported."""
    os.mkfifo(tmp_path / "pipe.yaml")
    dossier = open_dossier([tmp_path])

    assert messages(dossier.problems) == [
        ("unreadable-file", "this is not a file that can be read")
    ]


def test_reading_ends_after_ten_thousand_problems(tmp_path: Path) -> None:
    """A file made of mistakes is given up, with a word that says so."""
    text = "claims:\n  - {" + ", ".join("a: b" for _ in range(20_000)) + "}\n"
    Path(tmp_path, "bad.yaml").write_text(text)
    dossier = open_dossier([tmp_path])

    assert len(dossier.problems) == 10_002
    assert "too-many-problems" in {problem.rule for problem in dossier.problems}


def messages(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.rule, problem.message) for problem in problems]
