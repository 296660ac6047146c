"""``claimcli standing``."""

from pathlib import Path
from typing import Annotated, Any

import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession

SemanticsOption = Annotated[
    str,
    typer.Option("--semantics", metavar="NAME", help="grounded, complete, preferred or stable."),
]
CredulousOption = Annotated[
    bool,
    typer.Option(
        "--credulous/--skeptical", help="What some extension has, or (default) what all have."
    ),
]
WithoutOption = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="ID",
        help="Strike a claim, or the claims that rest on a source alone. Repeatable.",
    ),
]
InputOption = Annotated[
    Path | None,
    typer.Option("--input", metavar="FILE", help="A framework, no dossier: .apx, .tgf, .af."),
]
TimeoutOption = Annotated[
    float,
    typer.Option("--timeout", min=0.1, metavar="SECONDS", help="Time for the solver."),
]


def standing(
    session: FilteredSession,
    semantics: SemanticsOption = "grounded",
    credulous: CredulousOption = False,
    without: WithoutOption = None,
    input_: InputOption = None,
    timeout: TimeoutOption = 60.0,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show which claims stand if answers are taken at face value.

    An argumentation framework (Dung 1995): what denies or contradicts attacks both ways, what
    disputes meaning, source or step one way. Forms: table, tsv, json, md, apx, tgf, af.
    """
    from claimcli.analysis.argumentation.extensions import named_semantics
    from claimcli.analysis.standing import Reasoning
    from claimcli.cli.output import talk
    from claimcli.cli.presenter import way
    from claimcli.cli.standing import How, of_dossier, of_file
    from claimcli.formats.standing import WRITERS, meaning

    chosen = way(session.color, form, output, WRITERS)
    reasoning = Reasoning.CREDULOUS if credulous else Reasoning.SKEPTICAL
    how = How(named_semantics(semantics), reasoning, timeout)
    if input_:
        found = of_file(session, input_, how, without or ())
    else:
        found = of_dossier(session, how, without or ())

    def draw(screen_settings: Any) -> str:
        from claimcli.cli.screen import base

        return base.grid(found.table(), screen_settings)

    chosen.show(WRITERS, found, draw=draw)
    talk(meaning(found))
