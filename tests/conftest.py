"""What tests share: dossiers from the text of the test."""

import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier
from claimcli.dossier.reader import read_text
from claimcli.history import compare
from tests.support.quick import is_quick
from tests.support.repository import Repository, claim

# Where tests are started in the background the interrupt is ignored, and would be in what they run.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No test may depend on the speed of the machine. Every run searches other examples; a longer search
# is CLAIMCLI_TEST_EXAMPLES=1000.
EXAMPLES = int(os.environ.get("CLAIMCLI_TEST_EXAMPLES", "50"))
settings.register_profile("no deadline", deadline=None, max_examples=EXAMPLES)
settings.load_profile("no deadline")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of ``pytest -m quick``."""
    for item in items:
        if isinstance(item, pytest.Function) and is_quick(item):
            item.add_marker(pytest.mark.quick)


EVERYTHING = Request(scope=Scope.ALL, opposition=True)


def dossier_from(texts: Mapping[str, str], request: Request = EVERYTHING) -> Dossier:
    """Read YAML texts, each under the path that it is to have, through an index in memory."""
    readings = {path: read_text(text) for path, text in texts.items()}
    return compare.dossier_of(readings, str, request)


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
