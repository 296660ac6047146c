"""``claimcli init``: from an empty folder to a dossier, without overwriting a file."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from zlib import crc32

import pytest

from claimcli.dossier.config import read_config
from claimcli.dossier.data_folders import samples
from claimcli.dossier.json_schema import schema
from claimcli.edit.init import EXAMPLE, init
from tests.dossier.test_json_schema import complaints
from tests.support.cli import claimcli


def tree(folder: Path) -> dict[str, bytes]:
    """Return the content of a folder, by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_an_empty_folder_becomes_a_dossier(tmp_path: Path) -> None:
    """It reports the files and what to type next; the dossier is valid, and has no claim."""
    (tmp_path / "new").mkdir()
    here = tmp_path / "new"
    done = claimcli("init", cwd=here)

    assert (done.returncode, done.stderr) == (
        0,
        "wrote data/claims.yaml\nwrote claimcli.schema.json\nwrote claimcli.toml\nnext:\n",
    )
    assert "  claimcli check " in done.stdout
    assert list(tree(here)) == ["claimcli.schema.json", "claimcli.toml", "data/claims.yaml"]
    checked = claimcli("check", cwd=here)
    assert (checked.returncode, checked.stdout, checked.stderr) == (
        0,
        "",
        "0 claims in 1 file: 0 errors, 0 warnings, 0 info\n",
    )
    assert claimcli("list", "--format", "json", cwd=here).stdout == "[]\n"


def test_the_example_is_valid(tmp_path: Path) -> None:
    """Uncommented it has two claims and no problem, here and in an editor."""
    shown = re.sub("^# ?", "", EXAMPLE.partition("#\n")[2], flags=re.MULTILINE)
    (tmp_path / "a.yaml").write_text(shown, encoding="utf-8")
    done = claimcli("check", "a.yaml", cwd=tmp_path)

    assert done.stderr == "2 claims in 1 file: 0 errors, 0 warnings, 0 info\n"
    assert complaints(shown) == []


@pytest.mark.parametrize("name", sorted(samples()))
def test_a_sample_is_copied_with_its_texts(name: str, tmp_path: Path) -> None:
    """The same files, each YAML file below the line that names the schema for editors.

    The sample's title and description are in the settings of the copy.
    """
    done = claimcli("init", "new", "--sample", name, cwd=tmp_path)
    written = tree(tmp_path / "new")
    originals = tree(samples()[name])
    described = originals.pop("claimcli.toml").decode().partition("\n")[2].splitlines()

    assert done.returncode == 0
    assert len(described) == 2
    assert set(described) <= set(written["claimcli.toml"].decode().splitlines())
    for path, original in originals.items():
        copy = written.pop(f"data/{path}")
        if path.endswith(".yaml"):
            line, _, copy = copy.partition(b"\n")
            up = "../" * (path.count("/") + 1)
            assert line.decode() == f"# yaml-language-server: $schema={up}claimcli.schema.json"
        assert copy == original
    assert sorted(written) == ["claimcli.schema.json", "claimcli.toml"]
    assert written["claimcli.schema.json"].decode() == schema()
    checked = claimcli("check", "--format", "json", cwd=tmp_path / "new")
    errors = [p["rule"] for p in json.loads(checked.stdout)["problems"] if p["severity"] == "error"]
    assert errors == {"call": [], "waterworks": ["quote-not-in-text"] * 2}[name]


def test_the_suggested_commands_work(tmp_path: Path) -> None:
    """The printed commands can be pasted into a shell: here they show both accounts."""
    done = claimcli("init", "a new one", "--sample", "call", cwd=tmp_path)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    shell = subprocess.run(
        ["bash", "-e"],
        input=done.stdout,
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert "cd 'a new one'\n" in done.stdout
    assert "claimcli diff kremlin white-house " in done.stdout
    assert (shell.returncode, "weapons-in-ukraine\tcontested" in shell.stdout) == (0, True)


def test_existing_files_are_not_overwritten(tmp_path: Path) -> None:
    """A second call writes missing files, keeps the others, and reports each."""
    claimcli("init", cwd=tmp_path)
    (tmp_path / "claimcli.schema.json").unlink()
    (tmp_path / "claimcli.toml").write_text("# mine\n")
    (tmp_path / "data" / "claims.yaml").write_text("claims: [{id: a, party: p, statement: s}]\n")
    before = tree(tmp_path)
    done = claimcli("init", cwd=tmp_path)

    assert done.stderr == (
        "exists already, and stays: claimcli.toml\nwrote claimcli.schema.json\nnext:\n"
    )
    assert tree(tmp_path) == {**before, "claimcli.schema.json": schema().encode()}


def test_a_dossier_without_settings_gets_them(tmp_path: Path) -> None:
    """No example is added to existing YAML files."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine.yml").write_text("claims: [{id: a, party: p, statement: s}]\n")
    claimcli("init", cwd=tmp_path)

    assert list(tree(tmp_path)) == ["claimcli.schema.json", "claimcli.toml", "data/mine.yml"]


def test_existing_settings_say_where_the_data_goes(tmp_path: Path) -> None:
    (tmp_path / "claimcli.toml").write_text('data = "accounts/of/all"\n')
    claimcli("init", cwd=tmp_path)
    first = tmp_path / "accounts" / "of" / "all" / "claims.yaml"

    assert first.read_text().startswith(
        "# yaml-language-server: $schema=../../../claimcli.schema.json\n"
    )


def test_the_written_settings_are_valid(tmp_path: Path) -> None:
    """They have each key as a comment, which is valid when uncommented."""
    claimcli("init", cwd=tmp_path)
    path = tmp_path / "claimcli.toml"
    assert read_config(path).data == (tmp_path / "data",)

    path.write_text(re.sub(r"^# (?=\w+ = )", "", path.read_text(), flags=re.MULTILINE))
    found = read_config(path)
    assert (found.format, found.ignore, found.title, found.keep) == (
        "table",
        ("unregistered-party",),
        "What was said about the main",
        False,
    )


@pytest.mark.parametrize(
    ("folder", "code", "message"),
    [
        ("file", 2, "'file' is not a folder; name a folder, or a new one"),
        ("dangling", 2, "'dangling' is not a folder; name a folder, or a new one"),
        ("shut/new", 3, "cannot write 'shut/new/data/claims.yaml': "),
        ("outer/data/new", 2, "'outer/data/new' is inside the data of the dossier configured by '"),
        ("outer/data", 2, "'outer/data' is inside the data of the dossier configured by '"),
        ("broken/new", 3, "/broken/claimcli.toml:1:1: this is not TOML: "),
        ("taken", 2, "'taken/data' is a file; move it away, or name a new folder"),
    ],
)
def test_an_unwritable_folder_is_an_error(
    folder: str, code: int, message: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "outer").mkdir()
    claimcli("init", "outer", cwd=tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "claimcli.toml").write_text("=")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "data").write_text("")
    shut = tmp_path / "shut"
    shut.write_text("") if os.geteuid() == 0 else shut.mkdir(mode=0o500)
    before = tree(tmp_path)
    done = claimcli("init", folder, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert tree(tmp_path) == before


def test_a_sample_does_not_mix_with_existing_claims(tmp_path: Path) -> None:
    claimcli("init", cwd=tmp_path)
    before = tree(tmp_path)
    done = claimcli("init", "--sample", "call", cwd=tmp_path)

    assert (done.returncode, tree(tmp_path)) == (2, before)
    assert done.stderr == (
        "error: 'data/claims.yaml' exists, and would be read together with the sample; "
        "name a new folder\n"
    )


def test_an_interrupted_init_can_be_completed(tmp_path: Path) -> None:
    """A second call writes the missing files; the settings are written last."""
    whole = tmp_path / "whole"
    order = init(whole, samples()["call"]).written
    expected = tree(whole)

    for count in range(len(order) + 1):
        half = tmp_path / f"half-{count}"
        for path in order[:count]:
            target = half / path.relative_to(whole)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
        init(half, samples()["call"])
        assert tree(half) == expected
    assert order[-1].name == "claimcli.toml"


def test_concurrent_calls_write_one_dossier(tmp_path: Path) -> None:
    """Each file is written by one of them, complete, and no temporary file remains."""
    command = [sys.executable, "-m", "claimcli", "init", "new", "--sample", "call"]
    both = [
        subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]
    messages = [process.communicate()[1].decode() for process in both]
    alone = tmp_path / "alone"
    init(alone, samples()["call"])

    assert [process.returncode for process in both] == [0, 0], messages
    assert tree(tmp_path / "new") == tree(alone)
    wrote = [line for text in messages for line in text.splitlines() if line.startswith("wrote ")]
    assert len(wrote) == len(set(wrote)) == len(tree(alone))


def test_git_can_ignore_fetched_pages(tmp_path: Path) -> None:
    """With --ignore-fetched git ignores the pages that fetch downloads, but not the texts."""
    claimcli("init", "--ignore-fetched", cwd=tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    texts = tmp_path / "data" / "texts"
    texts.mkdir()
    for name in ("a.html", "b.pdf", "c.original", "a.txt", "c.md"):
        (texts / name).write_text("x")
    seen = subprocess.run(
        ["git", "status", "--porcelain", "-uall", "data/texts"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout

    assert seen == "?? data/texts/a.txt\n?? data/texts/c.md\n"


def test_a_dossier_below_another_is_reported(tmp_path: Path) -> None:
    claimcli("init", cwd=tmp_path)
    done = claimcli("init", "cases/one", cwd=tmp_path)

    assert done.returncode == 0
    assert done.stderr.startswith("note: '")
    assert (
        "claimcli.toml' is in a folder above; in this folder its own claimcli.toml applies\n"
        in done.stderr
    )


def test_temporary_files_of_a_killed_init_are_deleted(tmp_path: Path) -> None:
    """Also of a file that exists: it may have been killed between writing and deleting."""
    claimcli("init", cwd=tmp_path)
    (tmp_path / "claimcli.toml").unlink()
    left = [
        folder / f".{name}.{crc32(name.encode()):08x}.killed.unfinished"
        for folder, name in (
            (tmp_path, "claimcli.toml"), (tmp_path, "claimcli.schema.json"),
            (tmp_path / "data", "claims.yaml"),
        )
    ]  # fmt: skip
    for path in left:
        path.write_bytes(b"half")
    done = claimcli("init", cwd=tmp_path)

    assert "wrote claimcli.toml\n" in done.stderr
    assert [path for path in left if path.exists()] == []
