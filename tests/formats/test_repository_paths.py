"""Code hosts get paths relative to the root of the repository."""

from pathlib import Path

import pytest

from claimcli.formats.repository_paths import repository_paths


@pytest.fixture(autouse=True)
def _no_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with ``sub/data/c d%.yaml``; the working directory is ``sub``."""
    top = tmp_path / "top"
    (top / ".git").mkdir(parents=True)
    (top / ".git" / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (top / "sub" / "data").mkdir(parents=True)
    (top / "sub" / "data" / "c d%.yaml").touch()
    monkeypatch.chdir(top / "sub")
    return top


@pytest.mark.parametrize(
    "path", ["data/c d%.yaml", "./data/../data/c d%.yaml", "{top}/sub/data/c d%.yaml"]
)
def test_the_root_is_that_of_the_repository(path: str, top: Path) -> None:
    """However a path is written, and wherever the command runs."""
    assert repository_paths()(path.format(top=top)) == "sub/data/c d%.yaml"


def test_the_repository_of_the_file_serves_where_the_command_runs_in_none(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(top.parent)

    assert repository_paths()("top/sub/data/c d%.yaml") == "sub/data/c d%.yaml"


def test_a_linked_work_tree_is_a_repository(top: Path) -> None:
    """Its ``.git`` is a file; an empty folder of that name is no repository."""
    (top / "sub" / ".git").mkdir()
    assert repository_paths()("data/c d%.yaml") == "sub/data/c d%.yaml"
    (top / "sub" / ".git").rmdir()
    (top / "sub" / ".git").write_text("gitdir: ../elsewhere\n", encoding="utf-8")

    assert repository_paths()("data/c d%.yaml") == "data/c d%.yaml"


def test_the_workspace_of_github_comes_first(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout in a folder of the workspace, or a submodule, has paths from the workspace."""
    monkeypatch.setenv("GITHUB_WORKSPACE", str(top.parent))
    assert repository_paths()("data/c d%.yaml") == "top/sub/data/c d%.yaml"
    (top.parent / "other").mkdir()
    monkeypatch.setenv("GITHUB_WORKSPACE", str(top.parent / "other"))

    assert repository_paths()("data/c d%.yaml") == "sub/data/c d%.yaml"


def test_without_a_repository_the_root_is_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file outside keeps its absolute path."""
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")

    assert repository_paths()("c.yaml") == "c.yaml"
    assert repository_paths()("../c.yaml") == str(tmp_path / "c.yaml")


def test_a_file_outside_the_repository_keeps_its_absolute_path(top: Path, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").touch()

    assert repository_paths()("../../c.yaml") == str(tmp_path / "c.yaml")


def test_links_lead_to_the_file_if_the_repository_has_it(top: Path, tmp_path: Path) -> None:
    """Else the path is that of the link, which the repository has."""
    (tmp_path / "c.yaml").touch()
    (top / "inner").symlink_to(top / "sub" / "data")
    (top / "sub" / "outer.yaml").symlink_to(tmp_path / "c.yaml")
    (tmp_path / "link").symlink_to(top)

    relative = repository_paths()
    assert relative("../inner/c d%.yaml") == "sub/data/c d%.yaml"
    assert relative("outer.yaml") == "sub/outer.yaml"
    assert relative(str(tmp_path / "link" / "sub" / "data" / "c d%.yaml")) == "sub/data/c d%.yaml"
