"""One call of ``claimcli fetch``: its modes, what it says meanwhile, and its exit code."""

import os
import re
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import typer
from msgspec import Struct

from claimcli.cli.output import say
from claimcli.cli.presenter import Presentation
from claimcli.cli.record_options import WritingSession
from claimcli.core.problems import ExitCode
from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier, Source
from claimcli.core.text.word_diff import plural
from claimcli.dossier.runtime import import_extra
from claimcli.edit.fetch.select import (
    FetchResult,
    Purpose,
    archive_link_table,
    check_table,
    copy_table,
    fetch_table,
    select_sources,
)
from claimcli.formats.table import PlainTable

MAX_ANSWER = 1024 * 1024
"""Bytes of an answer of the archive."""


class FetchRequest(Struct, frozen=True):
    """The session and the ids of sources, whether private networks are allowed, and the output."""

    session: WritingSession
    names: tuple[str, ...]
    private: bool
    shown: Presentation

    def selected(self, purpose: Purpose) -> tuple[Dossier, tuple[Source, ...]]:
        """Return the dossier and the selected sources. Raises ClaimcliError for unknown ids."""
        dossier = self.session.open(Request(scope=Scope.REGISTRIES))
        return dossier, select_sources(dossier, self.names, purpose)

    def download(self, **limits: Any) -> Any:
        """Return a function that downloads a page. Raises ClaimcliError without the library."""
        import_extra("httpcore", "fetch")
        from claimcli.edit.fetch.download import DownloadLimits, download

        bounds = DownloadLimits(**limits)
        return partial(download, private=self.private, clock=time.monotonic, limits=bounds)


def print_links(request: FetchRequest) -> None:
    """Print the archive link of each selected source."""
    _, sources = request.selected(Purpose.FETCH)
    request.shown.show(PlainTable(archive_link_table(sources)))


def fetch_texts(request: FetchRequest) -> None:
    """Download the pages of sources and store them."""
    dossier, sources = request.selected(Purpose.FETCH)
    if not sources:
        say("nothing to fetch: every source with an address has a text")
    download = request.download()
    from claimcli.edit.fetch.store import FetchPlace, fetch

    paths = request.session.writable_paths() if sources else []
    place = FetchPlace(paths, dossier.text_folders, group=os.urandom(8).hex())

    results = []
    for source in sources:
        if not source.text:
            say(f"fetching {source.id} from {_without_password(source)}")
        today = datetime.now(UTC).date()
        results.append(fetch(source, download, today, place=place))
    request.session.protect_dossier()  # the new texts too
    request.shown.show(PlainTable(fetch_table(results)), dossier=dossier)
    _exit(results)


def check_pages(request: FetchRequest) -> None:
    """Report the sources whose page is gone or lacks a quote."""
    dossier, sources = request.selected(Purpose.CHECK)
    download = request.download()
    from claimcli.edit.fetch.recheck import recheck

    results = []
    for source in sources:
        say(f"looking at {source.id}, {_without_password(source)}")
        results.append(recheck(dossier, source, download))
    request.shown.show(PlainTable(check_table(results)), dossier=dossier)
    _exit(results)


def record_copies(request: FetchRequest) -> None:
    """Ask the archive for copies of pages, and record their links."""
    dossier, sources = request.selected(Purpose.ARCHIVE)
    request.session.writable_paths()  # fail before asking the archive
    download = request.download(size=MAX_ANSWER)
    from claimcli.edit.fetch.archive import find_copy, record_copies

    say(f"asking archive.org for copies of {plural(len(sources), 'page')}")
    results = [find_copy(source, download) for source in sources]
    with request.session.draft() as target:
        record_copies(target, results)
    request.shown.show(PlainTable(copy_table(results)), dossier=dossier)
    _exit(results)


def _without_password(source: Source) -> str:
    return re.sub(r"//[^/@]*@", "//", source.url or "an unknown address")


def _exit(results: Iterable[FetchResult]) -> None:
    """Exit with 1 if a page is gone or changed, else with 3 if one could not be fetched."""
    outcomes = {one.outcome for one in results}
    if outcomes & {"gone", "changed"}:
        raise typer.Exit(ExitCode.FINDINGS)
    if "failed" in outcomes:
        raise typer.Exit(ExitCode.UNREADABLE)
