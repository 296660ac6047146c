"""``claimcli show``."""

from typing import Annotated

import typer

from claimcli.cli.options import FormatOption, OutputOption, Session

IdsArgument = Annotated[list[str], typer.Argument(metavar="ID...", help="Claims, by id.")]
FORMS = ("table", "json", "yaml", "md")


def show(
    session: Session, ids: IdsArgument, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Show claims in full, with sources and the thread of answers.

    Forms: table, json, yaml, md.
    """
    from claimcli.analysis.thread import thread
    from claimcli.cli.output import pick, write
    from claimcli.cli.report import on_screen, tell
    from claimcli.formats import card
    from claimcli.query import Ask, Reach, flag

    chosen = pick(form, output, FORMS, "table")
    dossier = session.open(Ask(query=flag("id", ids), reach=Reach.THREADS))
    threads = [thread(dossier, dossier.by_id[name.lower()]) for name in ids]
    if chosen == "table" and on_screen(session.color, output, form):
        from claimcli.cli import screen

        how = screen.settings(session.color, output)
        text = screen.cards([card.card(dossier, one) for one in threads], how)
    else:
        text = card.WRITERS[chosen](dossier, threads)
    write(text, output)
    tell(dossier)
