from typing import Annotated

from claimcli.cli.options import Text, argument
from claimcli.cli.record_options import DryRunOption, FileOption, SourceSession

PageArgument = Annotated[Text, argument("[URL]", "The address of its page, which is downloaded.")]


def add_source(
    session: SourceSession,
    page: PageArgument = None,
    file: FileOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add a source: what claims are cited from.

    With a URL, the page is downloaded and stored, and states title, outlet, author, date and
    language; options replace what it states. The source goes to the file with the most sources,
    else to sources.yaml. Without --id its id is derived from the title. Prints the id.
    """
    from claimcli.cli.commands.add import add_record
    from claimcli.cli.web_sources import new_page

    session.writable_paths()  # fail before the download
    if page:
        found = new_page(session, page)
        session.page, session.text = dict(found.fields), found.text
    add_record(session, file, dry_run=dry_run)
