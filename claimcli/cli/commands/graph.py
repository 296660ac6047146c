"""``claimcli graph``."""

from typing import Annotated

import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession

AroundOption = Annotated[
    list[str] | None,
    typer.Option("--around", metavar="ID", help="A claim and what lies near it. Repeatable."),
]
DepthOption = Annotated[
    int | None,
    typer.Option("--depth", min=0, metavar="N", help="With --around: how many steps. Else 2."),
]


def graph(
    session: FilteredSession,
    around: AroundOption = None,
    depth: DepthOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Draw claims and what answers, restates or supersedes them.

    All that answers a claim and all that it answers is drawn with it, to any depth; with --around
    what is at most so many steps from it. Forms: mermaid, dot, svg, json.
    """
    from claimcli.analysis import graph as graphs
    from claimcli.cli.graph import remark, wanted
    from claimcli.cli.notes import tell
    from claimcli.cli.output import pick, write
    from claimcli.formats.graph import WRITERS

    chosen = pick(form, output, WRITERS, "mermaid")
    dossier = session.open(wanted(session, around, depth))
    if around:
        found = graphs.neighbourhood(dossier, around, 2 if depth is None else depth)
    else:
        found = graphs.graph(dossier)
    text = WRITERS[chosen](found)
    write(text, output)
    remark(found, chosen, text, near=bool(around))
    tell(dossier)
