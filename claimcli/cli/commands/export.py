"""``claimcli export``."""

from typing import Annotated

import typer

from claimcli.cli.options import FilteredSession, FormatOption, OutputOption

ForceOption = Annotated[
    bool, typer.Option("--force", help="Write it though some records could not be read.")
]
TitleOption = Annotated[str, typer.Option("--title", metavar="TEXT", help="The briefing's title.")]
FORMS = ("md", "html")


def export(
    session: FilteredSession,
    title: TitleOption = "",
    force: ForceOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Write a briefing that can be sent on; answers to what it covers are always in it.

    Forms: md, html.
    """
    from claimcli.analysis.briefing import briefing
    from claimcli.cli.output import pick, write
    from claimcli.cli.report import refuse_gaps, tell
    from claimcli.formats.briefing import html, markdown
    from claimcli.query import Reach

    chosen = pick(form, output, FORMS, "md")
    dossier = session.open(session.ask(reach=Reach.ISSUES))
    if not force:
        refuse_gaps(dossier)
    found = briefing(dossier, title=title)
    write(html(found) if chosen == "html" else markdown(found), output)
    tell(dossier)
