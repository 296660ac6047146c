"""``claimcli export``."""

from typing import Annotated

import typer

from claimcli.cli.options import FormatOption, OutputOption, TextsOption
from claimcli.cli.session import FilteredSession

ForceOption = Annotated[
    bool,
    typer.Option(
        "--force", help="Write it all the same, quotes not in their texts struck through."
    ),
]
TitleOption = Annotated[str, typer.Option("--title", metavar="TEXT", help="The briefing's title.")]
TemplateOption = Annotated[
    str,
    typer.Option(
        "--template",
        "-t",
        metavar="NAME|FILE",
        help="briefing, summary (a page), contradictions (a table), or a Jinja2 template.",
    ),
]


def export(
    session: FilteredSession,
    template: TemplateOption = "briefing",
    title: TitleOption = "",
    texts: TextsOption = None,
    force: ForceOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Write a briefing that can be sent on, with every answer in it.

    Each quote says whether it is verified. Forms: md, html; a template of one's own makes what its
    ending says. Ends with 3 where errors in the data would leave gaps, a quote does not stand in
    its source's text, or an answer is left out, unless forced. See 'claimcli help templates'.
    """
    from claimcli.cli.notes import tell
    from claimcli.cli.output import write
    from claimcli.cli.template_choice import picked
    from claimcli.core.query import Scope
    from claimcli.formats.export import export as export_of

    chosen = picked(template, form, output)
    dossier = session.open(session.ask(scope=Scope.ISSUES))
    write(export_of(dossier, chosen, title=title, texts=texts, force=force), output)
    tell(dossier)
