"""The files of a dossier: links, several names, odd names, files that cannot be read."""

import os
from pathlib import Path

import pytest

from claimcli.dossier.files import find_files
from tests.support.cli import claimcli

CLAIM = "claims: [{{id: {0}, party: p, statement: x}}]\n"


def _paths(folder: Path) -> list[str]:
    return [stamp[1] for stamp in find_files([folder]).stamps]


def test_linked_folders_are_searched_once(tmp_path: Path) -> None:
    """Files in folders that are elsewhere are read, and circular links end."""
    for place in ("data/sub", "elsewhere/deep"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "a.yaml").write_text("")
    (tmp_path / "data" / "loop").symlink_to("..")
    (tmp_path / "data" / "out").symlink_to("../elsewhere")
    (tmp_path / "data" / "sub" / "up").symlink_to("..")
    (tmp_path / "data" / "gone.yaml").symlink_to("nowhere.yaml")

    assert _paths(tmp_path / "data") == ["gone.yaml", "loop/elsewhere/deep/a.yaml", "sub/a.yaml"]


def test_a_file_with_two_names_is_read_by_the_first(tmp_path: Path) -> None:
    """In whatever order the system lists them."""
    for number in range(8):
        (tmp_path / f"f{number}.yaml").write_text("")
    (tmp_path / "a.yaml").symlink_to("f5.yaml")
    os.link(tmp_path / "f1.yaml", tmp_path / "z.yaml")

    assert _paths(tmp_path) == ["a.yaml", *(f"f{n}.yaml" for n in (0, 1, 2, 3, 4, 6, 7))]


def test_a_name_that_is_not_utf8_does_not_affect_other_files(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(CLAIM.format("good"))
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.yaml")).write_text(CLAIM.format("bad"))
    done = claimcli("--data", ".", "list", "--fields", "id", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (0, "id\ngood\n")
    assert done.stderr.startswith("warning: ./\\udcff.yaml is not read, 1 error in the data")
    checked = claimcli("check", ".", "--format", "concise", cwd=tmp_path).stdout
    assert r"udcff.yaml:1:1: error: its name is not UTF-8; rename it [unreadable-file]" in checked


def test_a_time_out_of_range_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(CLAIM.format("a"))
    os.utime(tmp_path / "a.yaml", (2**34 - 1, 2**34 - 1))

    assert claimcli("--data", ".", "list", "--fields", "id", cwd=tmp_path).stdout == "id\na\n"


@pytest.mark.parametrize("output", ["data/a.yaml", "data/new.yaml", "data/sub/../a.yaml", "link"])
def test_output_never_replaces_or_joins_the_dossier(tmp_path: Path, output: str) -> None:
    (tmp_path / "data" / "sub").mkdir(parents=True)
    (tmp_path / "data" / "a.yaml").write_text(CLAIM.format("a"))
    (tmp_path / "link").symlink_to("data/a.yaml")
    done = claimcli("list", "--format", "yaml", "-o", output, cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr == (
        f"error: '{output}' would be a file of the dossier; write to another folder\n"
    )
    assert (tmp_path / "data" / "a.yaml").read_text() == CLAIM.format("a")
    assert not (tmp_path / "data" / "new.yaml").exists()
    assert claimcli("list", "-o", "data/a.md", cwd=tmp_path).returncode == 0


def test_a_link_to_itself_is_no_file(tmp_path: Path) -> None:
    """It is passed over like any other file that is not YAML, and reported if it has that ending."""
    (tmp_path / "a.yaml").write_text(CLAIM.format("a"))
    for name in ("modules", "again.yaml"):
        (tmp_path / name).symlink_to(name)

    assert _paths(tmp_path) == ["a.yaml", "again.yaml"]
    done = claimcli("check", ".", "--select", "error", "--format", "concise", cwd=tmp_path)
    assert done.stdout.startswith(
        "./again.yaml:1:1: error: cannot be read: Too many levels of symbolic links"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing keeps the superuser out")
def test_a_link_into_a_folder_without_access_is_reported(tmp_path: Path) -> None:
    """It may be a folder of claims."""
    (tmp_path / "private" / "claims").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "linked").symlink_to("../private/claims")
    (tmp_path / "private").chmod(0)
    found = _paths(tmp_path / "data")
    (tmp_path / "private").chmod(0o700)

    assert found == ["linked"]
