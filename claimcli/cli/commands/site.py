import sys
from pathlib import Path
from typing import Annotated

from claimcli.cli.options import InternalOption, option
from claimcli.cli.session import FilteredSession

FolderOption = Annotated[
    Path, option("--output -o DIR", "The folder to write; an earlier site in it is replaced.")
]
TitleOption = Annotated[str, option("--title TEXT", "The title on every page.")]
WholeTextsOption = Annotated[
    bool, option("--texts", "Publish whole source texts, not only the passages around quotes.")
]
ForceOption = Annotated[
    bool, option("--force", "Write it despite wrong quotes, errors in the data, or its size.")
]


def site(
    session: FilteredSession,
    folder: FolderOption,
    title: TitleOption = "",
    whole_texts: WholeTextsOption = False,
    force: ForceOption = False,
    internal: InternalOption = False,
) -> None:
    """Write the pages of the dossier as files, for a web host or to open without a server.

    With a query, they are about the selected claims and all answers to them. Unless forced, exits
    with 3 if errors in the data would leave gaps, or a quote is not in the text of its source.
    """
    from claimcli.cli.output import say, warn_unread
    from claimcli.cli.progress import Progress
    from claimcli.cli.settings import page_settings
    from claimcli.cli.shareable import report_withheld
    from claimcli.core.problems import ClaimcliError
    from claimcli.core.query import Scope
    from claimcli.core.text.word_diff import plural
    from claimcli.web.reader import UNTITLED, SiteInfo
    from claimcli.web.site.write import site_reader, write_site

    if str(folder) == "-":
        raise ClaimcliError("a site is many files", "name a folder with -o")
    dossier = session.open(session.request(opposition=True, scope=Scope.ALL))
    own = page_settings(session.options)
    info = SiteInfo(title=title or own.title or UNTITLED, description=own.description)
    reader = site_reader(dossier, info, internal=internal)
    with Progress(sys.stderr, counted="files") as bar:
        count = write_site(folder, reader, whole_texts=whole_texts, force=force, progress=bar.show)
    say(f"wrote {plural(count, 'file')} to '{folder}'; open index.html in it")
    report_withheld(reader.dossier)
    warn_unread(dossier)
