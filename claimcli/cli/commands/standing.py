"""``claimcli standing``."""

from pathlib import Path
from typing import Annotated

import typer

from claimcli.cli.options import FilteredSession, FormatOption, OutputOption

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
FORMS = ("table", "tsv", "json", "md", "apx", "tgf", "af")


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
    from claimcli.analysis.standing import Reasoning, of_framework, standings
    from claimcli.argumentation.extensions import named_semantics
    from claimcli.argumentation.forms import read_framework
    from claimcli.cli.output import pick, talk
    from claimcli.cli.report import tell
    from claimcli.cli.solving import show, solver
    from claimcli.formats.standing import meaning
    from claimcli.problems import ClaimcliError
    from claimcli.query import Reach

    chosen = pick(form, output, FORMS, "table")
    named = named_semantics(semantics)
    reasoning = Reasoning.CREDULOUS if credulous else Reasoning.SKEPTICAL
    solve = solver(named, timeout)
    if input_:
        if without or session.narrows():
            raise ClaimcliError(
                "--input reads a framework, of which nothing is selected or struck",
                "leave out the query, the filters and --without",
            )
        found = of_framework(read_framework(input_), named, reasoning, solve=solve)
    else:
        dossier = session.open(session.ask(reach=Reach.ALL))
        found = standings(dossier, named, reasoning, solve=solve, without=without or ())
        tell(dossier)
    show(found, chosen, session.color, output, form)
    talk(meaning(found))
