from functools import partial
from pathlib import Path
from typing import Annotated

from claimcli.cli.options import FormatOption, Many, OutputOption, option
from claimcli.cli.session import FilteredSession

SemanticsOption = Annotated[
    str, option("--semantics NAME", "grounded, complete, preferred or stable.")
]
CredulousOption = Annotated[
    bool,
    option("--credulous/--skeptical", "Accept what is in some extension, or (default) in all."),
]
WithoutOption = Annotated[
    Many,
    option(
        "--without ID",
        "Leave out a claim, or the claims that only this source supports. Repeatable.",
    ),
]
InputOption = Annotated[
    Path | None, option("--input FILE", "Read a framework instead of the dossier: .apx, .tgf, .af.")
]
TimeoutOption = Annotated[float, option("--timeout SECONDS", "Time for the solver.", min=0.1)]


def standing(
    session: FilteredSession,
    semantics: SemanticsOption = "grounded",
    credulous: CredulousOption = False,
    without: WithoutOption = None,
    input_: InputOption = None,
    timeout: TimeoutOption = 60.0,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show the standing of claims, taking answers at face value.

    An argumentation framework (Dung 1995): denials and contradictions attack both ways; disputes of
    a meaning, a source or an inference attack one way.
    """
    import time

    from claimcli.analysis.argumentation.extensions import extensions, named_semantics
    from claimcli.analysis.argumentation.solver_formats import read_framework
    from claimcli.analysis.standing import Reasoning, framework_standing
    from claimcli.analysis.standing import standing as standing_of
    from claimcli.cli.output import say, warn_unread
    from claimcli.cli.presenter import presentation
    from claimcli.core.query import Scope
    from claimcli.formats.standing import meaning

    chosen = presentation("standing", session.color, format_, output)
    how = named_semantics(semantics), Reasoning.CREDULOUS if credulous else Reasoning.SKEPTICAL
    solve = partial(extensions, semantics=how[0], clock=time.monotonic, timeout=timeout)
    if input_:
        _refuse_filters(session, without)
        session.protect_dossier()
        result = framework_standing(read_framework(input_), *how, solve=solve)
    else:
        parts = {"brief": True, "issues": False, "sources": bool(without)}
        request = session.request(scope=Scope.ALL, opposition=True, **parts)
        struck, dossier = session.open_records(without or (), lambda _: request, "claim", "source")
        result = standing_of(dossier, *how, solve=solve, without=[name for _, name in struck])
        warn_unread(dossier)
    chosen.show(result)
    say(meaning(result))


def _refuse_filters(session: FilteredSession, without: list[str] | None) -> None:
    """Raise ClaimcliError if options that select claims are given with a framework."""
    from claimcli.core.problems import ClaimcliError

    if without or session.has_filters():
        raise ClaimcliError(
            "--input reads a framework, to which no filters apply",
            "leave out the query, the filters and --without",
        )
