"""``claimcli import`` as a process: messages, patches, kills, and files that cannot be written."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from claimcli.dossier.journal import JOURNAL
from claimcli.dossier.open import open_dossier
from claimcli.edit.target import EditTarget
from claimcli.edit.undo import undo
from claimcli.exchange import import_files
from claimcli.exchange.batch import ImportOrder, OnConflict
from claimcli.exchange.import_records import import_records
from tests.support.cli import claimcli, obeying_modes
from tests.support.imported_records import imported
from tests.support.kills import killed_at_each_call

ROWS = [
    {"id": "a", "party": "The Mill", "statement": "It leaks.", "said": "2021-12-30"},
    {"id": "b", "party": "Town", "statement": "No.", "said": "2022", "responds_to": "a"},
]


def table(rows: list[dict[str, str]], path: Path) -> Path:
    """Write rows as a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, sorted({name for row in rows for name in row}))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an empty dossier and a table."""
    (tmp_path / "data").mkdir()
    table(ROWS, tmp_path / "rows.csv")
    return tmp_path


def yaml_files(folder: Path) -> dict[str, bytes]:
    """Return the content of the data files."""
    return {path.name: path.read_bytes() for path in folder.rglob("*.yaml")}


def test_a_table_is_added_unchanged_and_corrected(folder: Path) -> None:
    """The summary says how many records were added, updated and left as they are."""
    first = claimcli("import", "csv", "rows.csv", cwd=folder)
    again = claimcli("import", "csv", "rows.csv", cwd=folder)
    table([{**ROWS[0], "said": "2021-12-31"}, ROWS[1]], folder / "rows.csv")
    refused = claimcli("import", "csv", "rows.csv", cwd=folder)
    updated = claimcli("import", "csv", "rows.csv", "--on-conflict", "update", cwd=folder)
    undone = claimcli("undo", cwd=folder)

    assert first.stderr.splitlines()[-1] == "data/rows.yaml: 2 claims, 2 parties added"
    assert again.stderr.splitlines()[-1] == "2 claims unchanged"
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == (
        "error: rows.csv:R2C4: claim 'a': 'said' is '2021-12-30' on file, '2021-12-31' here; "
        "add --on-conflict update, skip or suffix"
    )
    assert updated.stderr.splitlines()[-1] == ("data/rows.yaml: 1 claim updated; 1 claim unchanged")
    assert "reverted 'import of rows'" in undone.stderr


def test_a_dry_run_prints_a_patch(folder: Path) -> None:
    done = claimcli("import", "csv", "rows.csv", "--dry-run", cwd=folder)

    assert "+  - id: a\n+    party: mill\n" in done.stdout
    assert done.stderr.splitlines()[-1] == "nothing was written"
    assert yaml_files(folder) == {}


def test_every_problem_is_listed_and_nothing_is_written(folder: Path) -> None:
    table([{**row, "responds_to": "zz"} for row in ROWS], folder / "rows.csv")
    done = claimcli("import", "csv", "rows.csv", cwd=folder)

    assert done.returncode == 2
    assert [line for line in done.stderr.splitlines() if "error" in line] == [
        "error: rows.csv:R3C3: no claim 'zz'",
        "error: rows.csv:R2C3: no claim 'zz'; and 1 more; add the claim or fix the id",
    ]
    assert yaml_files(folder) == {}


def test_a_sample_or_a_wrong_option_is_refused_before_the_file_is_read(folder: Path) -> None:
    def error(*arguments: str) -> str:
        return claimcli("import", *arguments, cwd=folder).stderr.splitlines()[-1]

    assert "a sample cannot be changed" in error("csv", "rows.csv", "--sample", "call")
    assert "no conflict resolution 'replace'" in error(
        "csv", "rows.csv", "--on-conflict", "replace"
    )
    assert "'Who' is not COLUMN=FIELD" in error("csv", "rows.csv", "--map", "Who")
    assert "no format 'pdf'; write one of" in error("pdf", "rows.csv")


def test_the_format_can_be_left_out_if_the_extension_says_it(folder: Path) -> None:
    """A format has priority over a file with its name."""
    table([{"party": "mill", "statement": "S."}], folder / "csv")
    table([{"party": "mill", "statement": "S."}], folder / "one.csv")

    def result(*words: str) -> tuple[int, str]:
        done = claimcli("import", *words, "--dry-run", cwd=folder)
        return done.returncode, done.stderr.splitlines()[-2 if done.returncode == 0 else -1]

    assert result("one.csv") == result("csv", "one.csv") == result("CSV", "one.csv")
    assert result("one.csv")[1] == "data/one.yaml: 1 claim added"
    assert [result(*words.split())[1].partition("; write one")[0] for words in (
        "csv", "one.csv --losses -", "csv -", "./csv", "tables csv", "one.csv --sheet S", "ris one.csv --party mill",
    )] == [
        "error: no file to import; name it after the format, or write ./csv for a file of that name",
        "error: the patch and --losses have the same output; name a file",
        "error: an import does not read standard input; save the text as a file",
        "error: 'csv' has no extension that says its format; name the format before the file: "
        "bibtex, claimreview, csl-json, csv, hypothesis, ods, parquet, ris, web-annotation, xls, xlsx",
        "error: no format 'tables'",
        "error: --sheet is for ods, xls and xlsx, not for csv; leave it out",
        "error: --party is for claimreview, csv, hypothesis, ods, parquet, web-annotation, xls and xlsx, "
        "not for ris; leave it out",
    ]  # fmt: skip


def test_a_killed_import_leaves_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also between the writing of two files, whose claims are then all there or none of them.

    ``undo`` reverts the whole import, and the import after it deletes what killed ones left.
    """
    monkeypatch.setattr(import_files, "MAX_RECORDS", 2)
    data = tmp_path / "data"
    old = "claims:\n  - {id: a, party: mill, statement: It leaks.}\n"
    new = [{"id": "a", "statement": "It drips.", "party": "mill"}, {**ROWS[1], "party": "town"}]
    new += [{"id": name, "statement": "No.", "party": "town"} for name in ("c", "d")]

    def prepare() -> None:
        data.mkdir(exist_ok=True)
        for path in data.glob("*.yaml"):
            path.unlink()
        (data / "old.yaml").write_text(old)

    def act() -> None:
        order = ImportOrder(OnConflict.UPDATE)
        import_records(EditTarget([data]), imported(*new), order, name="rows")

    states = set()
    for _ in killed_at_each_call(act, prepare):
        statements = tuple(claim.statement for claim in open_dossier([data]).by_id.values())
        states.add(tuple(sorted(statements)))
    assert states == {("It leaks.",), ("It drips.", "No.", "No.", "No.")}
    names = ["old.yaml", "rows-001.yaml", "rows-002.yaml"]
    assert sorted(path.name for path in data.iterdir() if path.name != JOURNAL) == names
    undo([data])
    assert [path.name for path in data.glob("*.yaml")] == ["old.yaml"]
    assert (data / "old.yaml").read_text() == old


def test_two_imports_at_once_add_every_record_once(folder: Path) -> None:
    """Each waits for the other, and finds what it wrote."""
    command = [sys.executable, "-m", "claimcli", "import", "csv", "rows.csv"]
    running = [
        subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, encoding="utf-8")
        for _ in range(2)
    ]
    ends = sorted(process.communicate()[1].splitlines()[-1] for process in running)

    assert ends == ["2 claims unchanged", "data/rows.yaml: 2 claims, 2 parties added"]


def test_a_folder_without_permission_is_an_error(folder: Path) -> None:
    (folder / "data").chmod(0o555)
    done = claimcli("import", "csv", "rows.csv", cwd=folder, before=obeying_modes())
    (folder / "data").chmod(0o755)

    assert done.returncode == 3
    assert "cannot write" in done.stderr
    assert yaml_files(folder) == {}


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="needs a shell that limits file sizes")
def test_a_full_disk_changes_nothing(folder: Path) -> None:
    """A limit on the size of files stops a write as a full disk does."""
    rows = [{**ROWS[0], "id": f"c{number}", "statement": "It leaks. " * 20} for number in range(20)]
    table(rows, folder / "rows.csv")
    limited = ["sh", "-c", 'ulimit -f 4; trap "" XFSZ; exec "$@"', "sh"]
    done = claimcli("import", "csv", "rows.csv", cwd=folder, before=limited)

    assert done.returncode == 3
    assert "cannot write" in done.stderr
    assert yaml_files(folder) == {}


def test_mistakes_in_tables_of_parquet_have_the_row_and_the_column(folder: Path) -> None:
    """Also those in the parts of a claim, which are rows of other tables."""
    pa = pytest.importorskip("pyarrow", reason="an extra that is not installed")
    parquet = pytest.importorskip("pyarrow.parquet", reason="an extra that is not installed")
    tables = {
        "claims": {"id": ["a", "b"], "party": ["p", "q"], "statement": ["S", "T"], "said": ["2021", "1 or 2"]},
        "citations": {"claim": ["a", "a"], "number": [0, 1], "source": ["one", "Two"], "quote": ["q", "r"]},
        "responses": {"claim": ["b"], "target": ["a"], "kind": ["refutes"]},
    }  # fmt: skip
    for name, columns in tables.items():
        parquet.write_table(pa.table(columns), folder / f"{name}.parquet")

    done = claimcli("import", *(f"{name}.parquet" for name in tables), cwd=folder)

    assert done.returncode == 2
    assert sorted(
        line.removeprefix("error: ").partition("; ")[0] for line in done.stderr.splitlines()
    ) == [
        "claims.parquet:R2:said: no date '1 or 2'",
        "responses.parquet:R1:kind: no kind 'refutes'",
    ]
    assert yaml_files(folder) == {}
