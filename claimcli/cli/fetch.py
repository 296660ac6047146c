"""Sources fetched one after another, with a word on each."""

import re
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from claimcli.cli.output import talk
from claimcli.core.records import Source
from claimcli.dossier.extras import needed
from claimcli.edit.fetch.select import FetchResult


def _shown(url: str) -> str:
    """Return an address without a name and password in it."""
    return re.sub(r"//[^/@]*@", "//", url)


def fetch_all(sources: Iterable[Source], *, private: bool) -> list[FetchResult]:
    """Fetch sources. Raises ClaimcliError where what that needs is not installed."""
    needed("httpcore", "fetch")
    from claimcli.edit.fetch.download import download
    from claimcli.edit.fetch.store import fetch

    load: Any = partial(download, private=private, clock=time.monotonic)
    found = []
    for source in sources:
        if not source.text:
            talk(f"fetching {source.id} from {_shown(source.url or '')}")
        found.append(fetch(source, load, datetime.now(UTC).date()))
    return found
