from typing import Annotated

import typer

from claimcli.cli.options import (
    FormatOption,
    Many,
    OutputOption,
    QueryArgument,
    Text,
    option,
)
from claimcli.cli.session import Session

AskedOption = Annotated[
    Many, option("--party -p NAME", "Requests to a party and its members. Repeatable.")
]
StateOption = Annotated[
    Many, option("--state STATE", "open, overdue, answered or declined. Repeatable.")
]
TodayOption = Annotated[
    Text, option("--today DATE", "The day after which a request is overdue; by default today.")
]
ExitCodeOption = Annotated[
    bool, option("--exit-code", "Exit with 1 if a listed request has no answer.")
]


def replies(
    session: Session,
    query: QueryArgument = None,
    party: AskedOption = None,
    state: StateOption = None,
    today: TodayOption = None,
    exit_code: ExitCodeOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """List requests for comment, and whether they are answered.

    A request is answered if the party or a member of it has an answer to the claim on file,
    declined if that says that it gives none, else open; overdue if its answer was due before today.
    """
    from claimcli.analysis.replies import WAITING
    from claimcli.analysis.replies import replies as replies_of
    from claimcli.cli.presenter import presentation
    from claimcli.core.problems import ExitCode
    from claimcli.core.query import MatchType, Request, Scope, combine, make_term
    from claimcli.core.query_parser import parse_query
    from claimcli.core.response_kinds import ReplyState
    from claimcli.core.text.suggestions import several_of

    states = [ReplyState(name) for name in several_of(state or (), tuple(ReplyState), "state")]
    day = _day(today)
    chosen = presentation("replies", session.color, format_, output)
    asked = make_term("has", "asked", MatchType.WORD, None)  # others are not even loaded
    selected = combine([parse_query(" ".join(query or ())), asked])
    request = Request(query=selected, scope=Scope.ANSWERS)
    dossier = session.open(request)
    result = replies_of(dossier, today=day, parties=party or (), states=states)
    chosen.show(result, dossier=dossier)
    if exit_code and any(record["state"] in WAITING for record in result.records):
        raise typer.Exit(ExitCode.FINDINGS)


def _day(text: str | None):  # type: ignore[no-untyped-def]  # the module datetime is imported late
    """Return the day that ``--today`` gives. Raises ClaimcliError if it is not one day."""
    from datetime import date

    from claimcli.core.problems import ClaimcliError

    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ClaimcliError(f"--today: no day '{text}'", "write it as 2023-05-02") from None
