"""``claimcli show``."""

from typing import Annotated, Any

import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import Session

IdsArgument = Annotated[list[str], typer.Argument(metavar="ID...", help="Claims, by id.")]
FORMS = ("table", "json", "yaml", "md")


def show(
    session: Session, ids: IdsArgument, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Show claims in full, with sources and the thread of answers.

    Forms: table, json, yaml, md.
    """
    from claimcli.analysis.thread import thread
    from claimcli.cli.presenting import way
    from claimcli.cli.report import tell
    from claimcli.formats import card
    from claimcli.query import Ask, Reach, flag

    chosen = way(session.color, form, output, FORMS)
    dossier = session.open(Ask(query=flag("id", ids), reach=Reach.THREADS))
    threads = [thread(dossier, dossier.by_id[name.lower()]) for name in ids]

    def draw(how: Any) -> str:
        from claimcli.cli import screen

        return screen.cards([card.card(dossier, one) for one in threads], how)

    chosen.show(card.WRITERS, dossier, threads, draw=draw)
    tell(dossier)
