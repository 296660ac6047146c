"""``claimcli show``."""

from typing import Annotated, Any

import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import Session

IdsArgument = Annotated[list[str], typer.Argument(metavar="ID...", help="Claims, by id.")]


def show(
    session: Session, ids: IdsArgument, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Show claims in full, with sources and the thread of answers.

    Forms: table, json, yaml, md.
    """
    from claimcli.analysis.show import thread
    from claimcli.cli.notes import tell
    from claimcli.cli.presenter import way
    from claimcli.core.query import Request, Scope, flag
    from claimcli.formats import show

    chosen = way(session.color, form, output, show.WRITERS)
    dossier = session.open(Request(query=flag("id", ids), scope=Scope.THREADS))
    threads = [thread(dossier, dossier.by_id[name.lower()]) for name in ids]

    def draw(how: Any) -> str:
        from claimcli.cli.screen import base

        return base.cards([show.card(dossier, one) for one in threads], how)

    chosen.show(show.WRITERS, dossier, threads, draw=draw)
    tell(dossier)
