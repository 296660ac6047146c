"""``claimcli corpus``: what it writes, and what it refuses."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.support.cli import ROOT, claimcli, obeying_modes
from tests.support.corpora import SPARK_MARKS

MILL = """\
parties: [{id: mill}, {id: town}]
issues: [{id: smoke, question: Is there smoke?}]
sources: [{id: s, title: T, published: 2023}]
claims:
  - {id: a, party: mill, issue: smoke, statement: None., position: 'no', said: 2023, source: s}
  - {id: b, party: town, issue: smoke, statement: Black., position: 'yes', said: 2023, source: s}
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with two dossiers, 'dossiers/mill' and 'dossiers/dam', and their corpus."""
    folder = tmp_path_factory.mktemp("prepared")
    for name in ("mill", "dam"):
        (folder / "dossiers" / name).mkdir(parents=True)
        (folder / "dossiers" / name / "claims.yaml").write_text(MILL, encoding="utf-8")
    done = claimcli("corpus", "read", "dossiers", "-o", "corpus", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Path:
    """Give a copy of the folder."""
    return shutil.copytree(prepared, tmp_path / "desk")


def names(folder: Path) -> list[str]:
    """Return the names of all files and folders in a folder."""
    return sorted(path.name for path in folder.iterdir())


def run(desk: Path, *arguments: str, code: int = 0, env: dict[str, str] | None = None) -> str:
    """Run ``claimcli corpus`` and return what it says."""
    done = claimcli("corpus", *arguments, cwd=desk, env=env)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    return done.stderr


def test_a_result_is_a_folder_of_tables(desk: Path) -> None:
    """Each table is a folder of Parquet files; the manifest lists them with their rows."""
    said = run(desk, "matrix", "corpus", "-o", "cells")
    manifest = json.loads((desk / "cells" / "corpus.json").read_text(encoding="utf-8"))

    assert said == "wrote 'cells': matrix 4 rows\n"
    assert manifest["version"] == 1
    assert manifest["job"] == "matrix"
    assert [(p["file"], p["rows"]) for p in manifest["tables"]["matrix"]] == [
        ("part-00000.parquet", 4)
    ]
    assert names(desk) == ["cells", "corpus", "dossiers"]


@pytest.mark.parametrize("processes", ["1", "3"])
def test_the_files_are_the_same_with_any_number_of_processes(desk: Path, processes: str) -> None:
    run(desk, "read", "dossiers", "-o", "again", "--processes", processes)

    for file in sorted((desk / "corpus").rglob("*")):
        if file.is_file():
            assert (desk / "again" / file.relative_to(desk / "corpus")).read_bytes() == (
                file.read_bytes()
            )


def test_an_earlier_result_is_replaced_and_other_files_are_not(desk: Path) -> None:
    """A folder with other files is refused."""
    run(desk, "matrix", "corpus", "-o", "cells")
    run(desk, "matrix", "corpus", "-o", "cells")
    (desk / "cells" / "notes.txt").write_text("mine", encoding="utf-8")
    said = run(desk, "matrix", "corpus", "-o", "cells", code=2)

    assert said == (
        "error: 'cells' contains 'notes.txt', which no earlier 'claimcli corpus' wrote; "
        "name another folder, or move the file away\n"
    )


def test_an_export_of_a_dossier_is_a_corpus_too(desk: Path) -> None:
    """Its tables are enough for jobs about claims; the job that needs others says so."""
    done = claimcli("--data", "dossiers/mill", "export", "-f", "parquet", "-o", "x", cwd=desk)
    assert done.returncode == 0, done.stderr

    assert run(desk, "matrix", "x", "-o", "cells") == "wrote 'cells': matrix 2 rows\n"
    assert run(desk, "verify", "x", "-o", "verdicts", code=2) == (
        "error: 'x' has no table 'dossiers'; "
        "write a corpus with: claimcli corpus read FOLDER -o CORPUS\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("matrx corpus -o x", "no job 'matrx'; did you mean 'matrix'?"),
        (
            "matrix corpus -o x --engine spork",
            "no engine 'spork'; did you mean 'spark'?",
        ),
        (
            "matrix corpus -o x --master local[2]",
            "--master is only for Spark; add --engine spark",
        ),
        (
            "matrix corpus -o x --engine spark --processes 2",
            "--processes is not for Spark; write --master 'local[2]' instead",
        ),
        (
            "matrix corpus -o x --engine spark --master sc://host",
            "Spark Connect is not supported: 'sc://host'; "
            "write --master spark://HOST:PORT, yarn, k8s://ADDRESS or local[N]",
        ),
        (
            "duplicates corpus -o x --jaccard 0",
            "a similarity of '0' is out of range; write a number from 0.1 to 1, such as 0.5",
        ),
        (
            "matrix corpus -o x --jaccard 0.5",
            "--jaccard is only for the job 'duplicates'; leave it out",
        ),
        (
            "matrix corpus -o x --sample call",
            "--data and --sample have no meaning here; name only the folder",
        ),
        ("matrix corpus -o -", "the result is many files; name a folder with -o"),
        (
            "matrix corpus -o corpus",
            "'corpus' is the input, or above it; name another folder with -o",
        ),
        (
            "read dossiers/mill -o dossiers",
            "'dossiers' is the input, or above it; name another folder with -o",
        ),
        ("matrix gone -o x", "no folder 'gone'; name a folder with a corpus"),
        ("read gone -o x", "no folder 'gone'; name the folder that contains the dossiers"),
        (
            "matrix dossiers -o x",
            "'dossiers' is not a corpus: it has no corpus.json; "
            "write one with: claimcli corpus read FOLDER -o CORPUS",
        ),
    ],
)
def test_wrong_use(desk: Path, arguments: str, message: str) -> None:
    """Nothing is written."""
    assert run(desk, *arguments.split(), code=2) == f"error: {message}\n"
    assert names(desk) == ["corpus", "dossiers"]


def _delete(corpus: Path) -> None:
    (corpus / "claims" / "part-00000.parquet").unlink()


def _truncate(corpus: Path) -> None:
    os.truncate(corpus / "claims" / "part-00000.parquet", 1000)


def _add(corpus: Path) -> None:
    shutil.copy(corpus / "claims" / "part-00000.parquet", corpus / "claims" / "part-00001.parquet")


def _overwrite(corpus: Path) -> None:
    file = corpus / "claims" / "part-00000.parquet"
    file.write_bytes(b"x" * file.stat().st_size)


def _damage_manifest(corpus: Path) -> None:
    (corpus / "corpus.json").write_text('{"job": "read"', encoding="utf-8")


def _edit_manifest(corpus: Path, old: str, new: str) -> None:
    file = corpus / "corpus.json"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def _lead_elsewhere(corpus: Path) -> None:
    _edit_manifest(corpus, '"part-00000.parquet"', '"../../../etc/passwd"')


def _name_a_file_with_nul(corpus: Path) -> None:
    _edit_manifest(corpus, '"part-00000.parquet"', '"a\\u0000b"')


def _name_a_file_twice(corpus: Path) -> None:
    manifest = json.loads((corpus / "corpus.json").read_text(encoding="utf-8"))
    manifest["tables"]["claims"] *= 2
    (corpus / "corpus.json").write_text(json.dumps(manifest), encoding="utf-8")


def _alter_a_byte(corpus: Path) -> None:
    file = corpus / "claims" / "part-00000.parquet"
    group = pq.read_metadata(file).row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    column = next(one for one in columns if one.path_in_schema == "dossier")
    data = bytearray(file.read_bytes())
    data[column.data_page_offset + 40] ^= 1
    file.write_bytes(data)


def _write_latin_1(corpus: Path) -> None:
    file = corpus / "claims" / "part-00000.parquet"
    table = pq.read_table(file)
    names = pa.array(["Gen\xe8ve".encode("latin-1")] * table.num_rows).view(pa.string())
    pq.write_table(
        table.set_column(table.schema.get_field_index("dossier"), "dossier", names), file
    )
    (corpus / "corpus.json").unlink()
    for path in corpus.glob("*/part-00000.parquet"):
        path.rename(corpus / f"{path.parent.name}.parquet")


def _newer_version(corpus: Path) -> None:
    _edit_manifest(corpus, '"version": 1', '"version": 2')


def _drop_table(corpus: Path) -> None:
    _edit_manifest(corpus, '"claims":', '"statements":')
    (corpus / "claims").rename(corpus / "statements")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_delete, "'corpus/claims/part-00000.parquet' is missing; "),
        (_truncate, "'corpus/claims/part-00000.parquet' has 1,000 bytes, and the corpus.json says"),
        (_add, "'corpus/claims/part-00001.parquet' is not in the corpus.json; "),
        (_overwrite, "'corpus/claims/part-00000.parquet' cannot be read: "),
        (_damage_manifest, "'corpus/corpus.json' is damaged: "),
        (_lead_elsewhere, "'corpus/corpus.json' names '../../../etc/passwd', which is no file"),
        (_name_a_file_with_nul, "'corpus/corpus.json' names 'a⟨U+0000⟩b', which is no file"),
        (_name_a_file_twice, "'corpus/corpus.json' names 'claims/part-00000.parquet' twice; "),
        (_alter_a_byte, "'corpus/claims/part-00000.parquet' cannot be read: "),
        (_write_latin_1, "'corpus/claims.parquet' cannot be read: In column 0: Invalid"),
        (_newer_version, "'corpus/corpus.json' has version 2, and this claimcli reads version 1"),
        (_drop_table, "'corpus' has no table 'claims'; "),
    ],
)
def test_a_damaged_corpus_is_an_error_that_names_the_file(
    desk: Path, damage: Callable[[Path], None], message: str
) -> None:
    """A lost file never gives a short result."""
    damage(desk / "corpus")
    done = claimcli("corpus", "matrix", "corpus", "-o", "x", cwd=desk)

    assert done.returncode in (2, 3)
    assert done.stderr.startswith(f"error: {message}")
    assert not (desk / "x").exists()


def _java(folder: Path, script: str) -> dict[str, str]:
    """Return the environment with another program 'java', or none for an empty script."""
    (folder / "bin").mkdir()
    if script:
        (folder / "bin" / "java").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / "bin" / "java").chmod(0o755)
    return {"JAVA_HOME": str(folder)}


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("", "Spark needs Java, and there is no 'java' in JAVA_HOME, which is '{home}'"),
        (
            "echo 'openjdk version \"1.8.0_392\"' >&2",
            "Spark needs Java 17, and '{home}/bin/java' is Java 8",
        ),
        ("exit 1", "Spark needs Java 17, and '{home}/bin/java' is no Java that runs"),
    ],
)
def test_spark_needs_java(
    desk: Path, tmp_path_factory: pytest.TempPathFactory, script: str, message: str
) -> None:
    """The message says which Java was found, and the hint how to get one."""
    home = tmp_path_factory.mktemp("java")
    said = run(
        desk, "matrix", "corpus", "-o", "x", "--engine", "spark", code=2, env=_java(home, script)
    )

    hint = "install Java 17 or later, or set JAVA_HOME to its folder"
    assert said == f"error: {message.format(home=home)}; {hint}\n"


@pytest.mark.parametrize("kind", [pytest.param("spark", marks=SPARK_MARKS)])
def test_spark_writes_the_same_rows_and_nothing_else(desk: Path, kind: str) -> None:
    """Its logs and temporary files do not appear; names can have spaces and commas."""
    result = "the cells, all"
    options = ("--engine", kind, "--master", "local[2]")
    said = run(desk, "matrix", "corpus", "-o", result, *options)

    assert said == f"wrote '{result}': matrix 4 rows\n"
    assert names(desk) == ["corpus", "dossiers", result]


def without(module: str) -> str:
    """Return a program that runs the command line without a library."""
    return (
        f"import sys\nsys.modules['{module}'] = None\n"
        "from claimcli.cli import main\nmain(sys.argv[1:])\n"
    )


@pytest.mark.parametrize(
    ("module", "extra", "options"),
    [("pyarrow", "parquet", []), ("pyspark", "spark", ["--engine", "spark"])],
)
def test_a_missing_library_is_named_with_the_extra(
    desk: Path, module: str, extra: str, options: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", without(module), "corpus", "matrix", "corpus", "-o", "x", *options],
        cwd=desk,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.stderr == (
        f"error: this needs the library '{module}'; "
        f"install it with: pip install 'claimcli[{extra}]'\n"
    )
    assert done.returncode == 2


SLEEPER = """
import os, sys, time, types
import claimcli.batches.run as run
def wait(batches):
    for batch in batches:
        open("started", "w").close()
        time.sleep(60)
        yield batch
def job(engine, options):
    claims = engine.table("claims", ["id"])
    return {"waited": engine.map(claims, wait, claims.schema)}
module = types.ModuleType("sleeper")
module.TABLES, module.run = ("claims",), job
run.find_job = lambda name: module
from claimcli.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    "options",
    [
        ("--processes", "1"),
        ("--processes", "2"),
        pytest.param(("--engine", "spark", "--master", "local[1]"), marks=SPARK_MARKS),
    ],
)
def test_an_interrupted_job_leaves_nothing(desk: Path, options: Sequence[str]) -> None:
    """The key Ctrl-C ends the command and its processes, and nothing is said."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", SLEEPER, "corpus", "sleep", "corpus", "-o", "x"),
            *options,
        ],
        cwd=desk,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    while not (desk / "started").exists():
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)

    assert (process.returncode, said) == (130, "")
    assert names(desk) == ["corpus", "dossiers", "started"]
    for _ in range(500):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    pytest.fail("a process is left")


def test_a_full_disk_is_an_error(desk: Path) -> None:
    """Nothing is left of the result. The limit of a file's size is like a full disk."""
    done = claimcli(
        *("corpus", "read", "dossiers", "-o", "x"),
        cwd=desk,
        before=["sh", "-c", 'ulimit -f 1; exec "$@"', "sh"],
    )

    assert done.returncode == 3
    assert done.stderr == (
        "error: cannot write 'x': File too large; "
        "check the folder above it, its permissions and the room on the disk\n"
    )
    assert names(desk) == ["corpus", "dossiers"]


def test_a_folder_without_permission_is_an_error(desk: Path) -> None:
    (desk / "closed").mkdir(mode=0o500)
    done = claimcli(
        *("corpus", "matrix", "corpus", "-o", "closed/x"), cwd=desk, before=obeying_modes()
    )

    assert done.returncode == 3
    assert done.stderr == (
        "error: cannot write 'closed/x': Permission denied; "
        "check the folder above it, its permissions and the room on the disk\n"
    )


def test_other_commands_import_no_pyarrow(tmp_path: Path) -> None:
    """Neither the package nor a list needs it, so that they start as fast as before."""
    program = (
        "import sys\nfrom claimcli.cli import main\n"
        "try:\n    main(['--sample', 'waterworks', 'list'])\n"
        "except SystemExit:\n    print([m for m in ('pyarrow', 'pyspark') if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"
