"""What tests share: dossiers from the text that stands in the test."""

from collections.abc import Callable

import pytest

from claimcli.linking import link
from claimcli.model import Dossier
from claimcli.reading import read_text


@pytest.fixture
def dossier_of() -> Callable[..., Dossier]:
    """Give a function that reads YAML text, as one file ``t.yaml``, into a dossier."""

    def read(text: str, path: str = "t.yaml") -> Dossier:
        return link([read_text(text, path)])

    return read
