from typing import Annotated

from claimcli.cli.options import FormatOption, Many, OutputOption, PrivateOption, argument, option
from claimcli.cli.record_options import WritingSession

SourcesArgument = Annotated[
    Many, argument("[SOURCE]...", "Source ids; by default all without a text.")
]
CheckOption = Annotated[
    bool, option("--check", "Download pages again, and report those that are gone or lack a quote.")
]
ArchiveOption = Annotated[
    bool, option("--archive", "Only print each archive link, without any download.")
]
RecordOption = Annotated[
    bool, option("--record", "With --archive: ask archive.org for copies, and record their links.")
]


def fetch(
    session: WritingSession,
    sources: SourcesArgument = None,
    check: CheckOption = False,
    archive: ArchiveOption = False,
    record: RecordOption = False,
    allow_private: PrivateOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Download the pages of sources that have no text on file.

    The page and its text go to the folder 'texts' next to the YAML file, which then names the text,
    its checksum and the date. Exits with 3 if a page cannot be fetched, with --check also with 1 if
    a page is gone or lacks a quote. --check looks at all sources with an address by default, and
    --record at those without a recorded copy that are not internal. The archive gets the address
    of each page and its date, but no address of a private network.
    """
    from claimcli.cli import fetch
    from claimcli.cli.presenter import presentation
    from claimcli.core.problems import ClaimcliError

    if check and archive:
        raise ClaimcliError("--check and --archive exclude each other", "leave one of them out")
    if record and not archive:
        raise ClaimcliError("--record needs --archive", "add --archive")
    shown = presentation("fetch", session.color, format_, output)
    request = fetch.FetchRequest(session, tuple(sources or ()), allow_private, shown)
    if archive:
        (fetch.record_copies if record else fetch.print_links)(request)
    else:
        (fetch.check_pages if check else fetch.fetch_texts)(request)
