"""What ``claimcli graph`` asks of the dossier, and what it says beside the picture."""

from collections.abc import Sequence

from claimcli.analysis.graph import Graph
from claimcli.cli.output import talk
from claimcli.cli.session import FilteredSession
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import EVERYTHING, Request, Scope, flag
from claimcli.formats import mermaid


def wanted(session: FilteredSession, around: Sequence[str] | None, depth: int | None) -> Request:
    """Return what the options ask for. Raises ClaimcliError where they exclude each other."""
    asked = session.ask(scope=Scope.THREADS)
    if not around:
        if depth is not None:
            raise ClaimcliError("--depth says how far to go from a claim", "add --around ID")
        return asked
    if asked.query != EVERYTHING:
        raise ClaimcliError(
            "--around draws a claim and what lies near it, and takes no query beside it",
            "leave one of the two out",
        )
    return Request(query=flag("id", around), scope=Scope.THREADS)


def remark(found: Graph, form: str, text: str, *, near: bool) -> None:
    """Say what was added, what is not shown, and what Mermaid does not draw.

    ``near`` is a graph of what lies near some claims, which all was asked for.
    """
    if found.added_count and not near:
        many = found.added_count
        belong = "belongs" if many == 1 else "belong"
        talk(f"{many} more {belong} to what was asked for, as answers or what they answer")
    if found.hidden_answer_count:
        talk(f"{_counted(found.hidden_answer_count)} not shown; a larger --depth shows more")
    if form == "mermaid" and mermaid.too_large(text, found):
        talk(
            f"warning: Mermaid draws at most {mermaid.MOST_EDGES} edges and "
            f"{mermaid.MOST_CHARACTERS:,} characters unless set otherwise; -o FILE.svg draws it"
        )


def _counted(number: int) -> str:
    return f"{number} answer is" if number == 1 else f"{number} answers are"
