"""The git revision that the data of a dossier is at."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from claimcli.core.dates import Date, parse_date
from claimcli.core.problems import ClaimcliError
from claimcli.history.git_process import git
from claimcli.history.repository import commit_of, repository_of
from claimcli.history.states import two_states


class Revision(Struct, frozen=True):
    """A commit, the day on which it was made, and whether files differ from it."""

    commit: str
    date: Date
    changed: bool


def revision_of(paths: Sequence[Path]) -> Revision | None:
    """Return the revision of the data, None if git is not there or has no file of it."""
    try:
        repository = repository_of(paths)
        commit = commit_of(repository, "HEAD")
        with two_states("HEAD", None, lambda: paths) as (before, after):
            tracked, changed = bool(before.files), before.files != after.files
        record = git(repository.top, "cat-file", "commit", commit)
    except ClaimcliError:
        return None
    return Revision(commit, _committed(record), changed) if tracked else None


def _committed(record: bytes) -> Date:
    """Return the day of a commit in the time zone of its committer."""
    header = record.partition(b"\n\n")[0].decode("utf-8", "replace")
    line = next(line for line in header.split("\n") if line.startswith("committer "))
    seconds, zone = line.rsplit(" ", 2)[1:]
    offset = timedelta(hours=int(zone[:3]), minutes=int(f"{zone[0]}{zone[3:]}"))
    return parse_date(f"{datetime.fromtimestamp(int(seconds), UTC) + offset:%Y-%m-%d}")
