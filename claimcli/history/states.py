"""Resolve the names of two states: git revisions, the work tree, or two folders."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from claimcli.core.problems import ClaimcliError
from claimcli.history import commits, worktree
from claimcli.history.git_process import Objects
from claimcli.history.repository import Repository, commit_of, merge_base, repository_of
from claimcli.history.snapshots import Snapshot, folder_snapshot

WORK_TREE = "the work tree"


@contextmanager
def two_states(
    start: str, end: str | None, paths: Callable[[], Sequence[Path]]
) -> Iterator[tuple[Snapshot, Snapshot]]:
    """Yield the snapshots of two states of the data at ``paths``.

    Two names of existing folders mean the folders, even if branches have these names. Otherwise
    they are revisions; one name may be ``A..B`` or ``A...B`` (from their merge base). Without
    ``end`` the second state is the work tree. Raises ClaimcliError if a name is unknown.
    """
    if end is not None and Path(start).is_dir() and Path(end).is_dir():
        yield folder_snapshot(Path(start)), folder_snapshot(Path(end))
        return
    places = paths()
    repository = repository_of(places)
    start, end, from_base = _range(start, end)
    commit = commit_of(repository, start)
    with closing(Objects(repository.top)) as objects:
        if end is None:
            after = _work_tree(repository, places, objects)
        else:
            other = commit_of(repository, end)
            commit = merge_base(repository, commit, other) if from_base else commit
            after = commits.snapshot(repository, other, end, objects)
        before = commits.snapshot(repository, commit, commit[:12] if from_base else start, objects)
        _refuse_nothing(places, before, after)
        yield before, after


def _range(start: str, end: str | None) -> tuple[str, str | None, bool]:
    """Return both ends of ``A..B``, and whether to start from their merge base."""
    for dots in ("...", ".."):
        one, separator, other = start.partition(dots)
        if end is None and separator and not start.startswith("-"):
            return one or "HEAD", other or "HEAD", dots == "..."
    return start, end, False


def _work_tree(repository: Repository, paths: Sequence[Path], objects: Objects) -> Snapshot:
    if repository.bare:
        raise ClaimcliError(
            "a bare repository has no work tree", "name a second revision to compare with"
        )
    existing = [path for path in paths if path.exists()]
    return worktree.snapshot(repository, existing, WORK_TREE, objects)


def _refuse_nothing(paths: Sequence[Path], before: Snapshot, after: Snapshot) -> None:
    if not before.files and not after.files and not any(path.exists() for path in paths):
        raise ClaimcliError(
            f"nothing at '{paths[0]}' in '{before.label}' or '{after.label}'",
            "name the folder of the data with --data",
        )
