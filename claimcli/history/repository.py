"""The git repository that contains the data, and the commits of its revisions."""

import os
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.suggestions import did_you_mean
from claimcli.history.git_process import git

MAX_NAMES = 10_000


class Repository(Struct, frozen=True):
    """A repository: the folder in which to run git, and the paths of the data below it.

    A root is "" if the whole repository is the data.
    """

    top: Path
    bare: bool
    roots: tuple[str, ...]


def repository_of(paths: Sequence[Path]) -> Repository:
    """Return the repository that contains the data.

    Raises ClaimcliError if no repository contains it, or if the data is in several.
    """
    start = _existing_folder(paths[0])
    try:
        bare = git(start, "rev-parse", "--is-bare-repository").strip() == b"true"
    except ClaimcliError as error:
        if "not a git repository" not in error.message:
            raise
        raise ClaimcliError(
            f"'{paths[0]}' is not in a git repository",
            "compare two folders: claimcli changes FOLDER FOLDER",
            code=ExitCode.UNREADABLE,
        ) from None
    if bare:
        return Repository(start, bare, tuple(_below_bare(path) for path in paths))
    top = Path(os.fsdecode(git(start, "rev-parse", "--show-toplevel").rstrip(b"\n")))
    return Repository(top, bare, tuple(_below(path, top) for path in paths))


def commit_of(repository: Repository, name: str) -> str:
    """Return the hash of the commit that a revision names.

    Raises ClaimcliError if it is unknown, with a similar branch or tag.
    """
    if name and not name.startswith("-") and "\0" not in name and "\n" not in name:
        arguments = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        commit = git(repository.top, *arguments, codes=(0, 1, 128)).decode().strip()
        if commit:
            return commit
    raise ClaimcliError(f"no revision '{name}'", _revision_hint(repository, name))


def merge_base(repository: Repository, one: str, other: str) -> str:
    """Return the merge base of two commits. Raises ClaimcliError if they have none."""
    commit = git(repository.top, "merge-base", one, other, codes=(0, 1)).decode().strip()
    if not commit:
        raise ClaimcliError(
            f"the two revisions have no common ancestor{_shallow(repository)}",
            "name the two revisions without '...'",
        )
    return commit


def _revision_hint(repository: Repository, name: str) -> str:
    if Path(name).is_dir() and name:
        return "a folder is compared with a second folder: claimcli changes FOLDER FOLDER"
    kinds = ("refs/heads", "refs/tags", "refs/remotes")
    form = "--format=%(refname:short)"
    listed = git(repository.top, "for-each-ref", f"--count={MAX_NAMES}", form, *kinds)
    names = listed.decode("utf-8", "replace").split("\n")
    hint = f"name a commit, a branch or a tag{_shallow(repository)}"
    return did_you_mean(name, filter(None, names), hint)


def _shallow(repository: Repository) -> str:
    answer = git(repository.top, "rev-parse", "--is-shallow-repository").strip()
    return "; this clone is shallow: git fetch --unshallow" if answer == b"true" else ""


def _existing_folder(path: Path) -> Path:
    """Return a path, or the nearest folder above it, that exists."""
    real = Path(os.path.realpath(path))
    return next(place for place in (real, *real.parents) if place.is_dir())


def _below(path: Path, top: Path) -> str:
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(os.path.realpath(top)):
        raise ClaimcliError(
            f"'{path}' is not in the git repository '{top}'", "compare data of one repository"
        )
    below = real.relative_to(os.path.realpath(top)).as_posix()
    return "" if below == "." else below


def _below_bare(path: Path) -> str:
    """Return the path of data in the tree of a bare repository."""
    if path.is_absolute() or ".." in path.parts:
        raise ClaimcliError(
            f"'{path}' is not a folder in the bare repository",
            "name it from the top, as --data data",
        )
    return "" if path == Path() else path.as_posix()
