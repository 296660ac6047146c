"""What tests share: dossiers from the text that stands in the test."""

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier
from claimcli.dossier.files import DataFiles
from claimcli.dossier.index.build import IndexBuilder
from claimcli.dossier.index.cache import IndexCache
from claimcli.dossier.index.functions import register_functions
from claimcli.dossier.index.load import load
from claimcli.dossier.index.rows import FileRows, FileToRead, rows_of
from claimcli.dossier.reader import read_text
from tests.support.repository import Repository, claim

# Where tests are started in the background the interrupt is ignored, and would be in what they run.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

EVERYTHING = Request(scope=Scope.ALL)


def dossier_from(texts: Mapping[str, str], request: Request = EVERYTHING) -> Dossier:
    """Read YAML texts, each under the path that it is to have, through an index in memory."""
    stamps = tuple((0, path, 0, 0, 0) for path in sorted(texts))
    found = DataFiles(("",), ("",), stamps, asked=0)

    def read(jobs: Sequence[FileToRead]) -> Iterator[FileRows]:
        for job in jobs:
            number = 0
            for reading in read_text(texts[job.path]):
                rows = rows_of(job.file, number, reading.records, reading.problems)
                number += len(reading.records)
                yield FileRows(job.file, rows, reading.unread)

    keeper = IndexCache(found, IndexBuilder(read), program="test", cache=lambda: None, tell=print)
    paths = dict(enumerate((stamp[1] for stamp in stamps), 1))
    with closing(keeper.open()) as db:
        register_functions(db, found.path)
        return load(db, request, paths.__getitem__)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what tests keep out of the home folder, and one test's from another's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def dossier_of() -> Callable[..., Dossier]:
    """Give a function that reads YAML text, as one file ``t.yaml``, into a dossier."""

    def read(text: str, path: str = "t.yaml", request: Request = EVERYTHING) -> Dossier:
        return dossier_from({path: text}, request)

    return read


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Give a repository with two claims, one a file."""
    made = Repository(tmp_path / "repository")
    made.commit({"data/a.yaml": claim("a"), "data/b.yaml": claim("b"), "README": "About it\n"})
    return made
