from typing import Annotated, Any

from claimcli.cli.options import FormatOption, InternalOption, Many, OutputOption, option
from claimcli.cli.session import FilteredSession

AroundOption = Annotated[Many, option("--around ID", "Only a claim and those near it. Repeatable.")]
DepthOption = Annotated[
    int | None, option("--depth N", "With --around: steps to go (default 2).", min=0)
]


def graph(
    session: FilteredSession,
    around: AroundOption = None,
    depth: DepthOption = None,
    internal: InternalOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Draw claims and what answers, restates or supersedes them.

    Each claim is drawn with all its answers and all claims it answers, to any depth; with --around,
    with those at most so many steps away. Thin lines link rival positions on an issue; a claim
    names its rivals that no line leads to.
    """
    from claimcli.analysis import graph as graphs
    from claimcli.cli.output import choose_format, encoded, warn_unread, write_bytes
    from claimcli.cli.shareable import shareable
    from claimcli.formats.graph import WRITERS

    chosen = choose_format(format_, output, WRITERS)
    dossier = session.open(_request(session, around, depth))
    centers = [claim.id for claim in dossier.claims]
    dossier = shareable(dossier, chosen, output, internal=internal)
    if around:
        drawn = graphs.neighbourhood(dossier, centers, 2 if depth is None else depth)
    else:
        drawn = graphs.graph(dossier)
    text = WRITERS[chosen](drawn)
    write_bytes(encoded([text] if isinstance(text, str) else text), output)
    _report(drawn, chosen, text, around=bool(around))
    warn_unread(dossier)


def _request(session: FilteredSession, around: list[str] | None, depth: int | None) -> Any:
    """Return the request for the claims to draw. Raises ClaimcliError if options conflict."""
    from msgspec.structs import replace

    from claimcli.core.problems import ClaimcliError
    from claimcli.core.query import EVERYTHING, Scope, field_condition

    request = session.request(scope=Scope.THREADS, opposition=True, brief=True, sources=False)
    if not around:
        if depth is not None:
            raise ClaimcliError("--depth says how far to go from a claim", "add --around ID")
        return request
    if request.query != EVERYTHING:
        raise ClaimcliError(
            "--around draws a claim and those near it, and takes no query", "leave one of them out"
        )
    return replace(request, query=field_condition("id", around))


def _report(drawn: Any, format_: str, text: Any, *, around: bool) -> None:
    """Report which claims were added or are not shown, and what Mermaid does not draw."""
    from claimcli.cli.output import say, warn
    from claimcli.formats import mermaid

    if drawn.added_count and not around:
        more = "1 more belongs" if drawn.added_count == 1 else f"{drawn.added_count} more belong"
        say(f"{more} to the selected claims, as answers or what they answer")
    if drawn.hidden_answer_count:
        answers = "answer is" if drawn.hidden_answer_count == 1 else "answers are"
        say(f"{drawn.hidden_answer_count} {answers} not shown; a larger --depth shows more")
    if format_ == "mermaid" and mermaid.too_large(text, drawn):
        warn(
            f"Mermaid draws at most {mermaid.MOST_EDGES} edges and {mermaid.MOST_CHARACTERS:,} "
            "characters unless set otherwise; -o FILE.svg draws it"
        )
