"""The git revision that a document names."""

from pathlib import Path

import pytest

from claimcli.history.revision import revision_of
from tests.support.repository import Repository, claim


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with one commit."""
    made = Repository(tmp_path / "desk")
    made.commit({"data/a.yaml": claim("a")})
    return made


def test_it_is_the_last_commit(repository: Repository) -> None:
    """With the day of the commit."""
    revision = revision_of([repository.folder / "data"])

    assert revision
    assert revision.commit == repository.git("rev-parse", "HEAD")
    assert (str(revision.date), revision.changed) == ("2022-01-01", False)


@pytest.mark.parametrize("path", ["data/a.yaml", "data/new.yaml"])
def test_changes_that_are_not_committed(path: str, repository: Repository) -> None:
    """Of a file that git knows, or of one that it does not."""
    repository.write(path, claim("b"))
    revision = revision_of([repository.folder / "data"])

    assert revision
    assert revision.changed


def test_data_that_git_does_not_know_has_no_revision(
    repository: Repository, tmp_path: Path
) -> None:
    """Because it is in no repository, or is not committed there."""
    repository.write("other/a.yaml", claim("c"))
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone/a.yaml").write_text(claim("d"))

    assert revision_of([repository.folder / "other"]) is None
    assert revision_of([tmp_path / "alone"]) is None


def test_a_repository_without_commits(tmp_path: Path) -> None:
    """It has no revision yet."""
    empty = Repository(tmp_path / "empty")
    empty.write("data/a.yaml", claim("a"))

    assert revision_of([empty.folder / "data"]) is None
