from collections.abc import Iterable
from typing import Annotated, Any

import typer

from claimcli.cli.options import FormatOption, Many, OutputOption, PrivateOption, argument, option
from claimcli.cli.session import Session

SourcesArgument = Annotated[
    Many, argument("[SOURCE]...", "Source ids; by default all without a text.")
]
ArchiveOption = Annotated[
    bool, option("--archive", "Only print each archive link, without any download.")
]


def fetch(
    session: Session,
    sources: SourcesArgument = None,
    archive: ArchiveOption = False,
    allow_private: PrivateOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Download the pages of sources that have no text on file.

    The page and its text go to the folder 'texts' next to the YAML file, which then names the text,
    its checksum and the date. Exits with 3 if a page cannot be fetched.
    """
    from claimcli.cli.output import say
    from claimcli.cli.presenter import presentation
    from claimcli.core.problems import ExitCode
    from claimcli.core.query import Request, Scope
    from claimcli.edit.fetch.select import archive_link_table, fetch_table, select_sources
    from claimcli.formats.table import PlainTable

    chosen = presentation("fetch", session.color, format_, output)
    dossier = session.open(Request(scope=Scope.REGISTRIES))
    selected = select_sources(dossier, sources or ())
    if archive:
        chosen.show(PlainTable(archive_link_table(selected)))
        return
    if not selected:
        say("nothing to fetch: every source with an address has a text")
    fetched = _fetch_all(selected, within=dossier.text_folders, private=allow_private)
    session.protect_dossier()  # the new texts too
    chosen.show(PlainTable(fetch_table(fetched)), dossier=dossier)
    if any(one.failed for one in fetched):
        raise typer.Exit(ExitCode.UNREADABLE)


def _fetch_all(sources: Iterable[Any], *, within: tuple[str, ...], private: bool) -> list[Any]:
    """Fetch sources one by one. Raises ClaimcliError if the library for it is not installed."""
    import re
    import time
    from datetime import UTC, datetime
    from functools import partial

    from claimcli.cli.output import say
    from claimcli.dossier.runtime import import_extra

    import_extra("httpcore", "fetch")
    from claimcli.edit.fetch.download import download
    from claimcli.edit.fetch.store import fetch

    load: Any = partial(download, private=private, clock=time.monotonic)
    fetched = []
    for source in sources:
        if not source.text:
            without_password = re.sub(r"//[^/@]*@", "//", source.url or "")
            say(f"fetching {source.id} from {without_password}")
        fetched.append(fetch(source, load, datetime.now(UTC).date(), within=within))
    return fetched
