"""``claimcli export``."""

from typing import Annotated

import typer

from claimcli.cli.options import FilteredSession, FormatOption, OutputOption, TextsOption

ForceOption = Annotated[
    bool,
    typer.Option(
        "--force", help="Write it all the same, quotes not in their texts struck through."
    ),
]
TitleOption = Annotated[str, typer.Option("--title", metavar="TEXT", help="The briefing's title.")]
FORMS = ("md", "html")


def export(
    session: FilteredSession,
    title: TitleOption = "",
    texts: TextsOption = None,
    force: ForceOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Write a briefing that can be sent on; answers to what it covers are always in it.

    Each quote says whether it is verified. Forms: md, html. Ends with 3 where errors in the data
    would leave gaps, or a quote does not stand in its source's text, unless forced.
    """
    from claimcli.analysis.briefing import briefing
    from claimcli.cli.output import pick, write
    from claimcli.cli.report import refuse_gaps, refuse_unsaid, tell
    from claimcli.formats.briefing import html, markdown
    from claimcli.query import Reach

    chosen = pick(form, output, FORMS, "md")
    dossier = session.open(session.ask(reach=Reach.ISSUES))
    if not force:
        refuse_gaps(dossier)
    found = briefing(dossier, title=title, texts=texts)
    if not force:
        refuse_unsaid(found.verification)
    write(html(found) if chosen == "html" else markdown(found), output)
    tell(dossier)
