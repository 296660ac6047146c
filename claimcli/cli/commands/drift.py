"""``claimcli drift``."""

from typing import Annotated

import typer

from claimcli.cli.options import FlaggedSession, FormatOption, OutputOption

PartiesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PARTY]...", help="Whose accounts, members as one; else everybody's."),
]
FORMS = ("table", "tsv", "json", "md")


def drift(
    session: FlaggedSession,
    parties: PartiesArgument = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Set a party against itself: how its account moved.

    Positions that changed, statements reworded, claims superseded and withdrawn. Claims about times
    that cannot be the same are no change. Forms: table, tsv, json, md.
    """
    from claimcli.analysis.drift import drift as drift_of
    from claimcli.cli.output import pick, write
    from claimcli.cli.report import on_screen, tell
    from claimcli.formats import drift as forms
    from claimcli.query import Reach
    from claimcli.table import to_json, tsv

    chosen = pick(form, output, FORMS, "table")
    named = tuple(dict.fromkeys(parties or ()))
    reach = Reach.ANSWERS if named else Reach.MOVED
    dossier = session.open(session.ask(parties=named, reach=reach))
    found = drift_of(dossier, dict.fromkeys(dossier.named[name] for name in named))
    if chosen == "json":
        write(to_json(forms.data(dossier, found)), output)
    elif chosen == "md":
        write(forms.markdown(dossier, found), output)
    elif chosen == "table" and on_screen(session.color, output, form):
        from claimcli.cli import screen, screen_drift

        write(screen_drift.draw(dossier, found, screen.settings(session.color, output)), output)
    else:
        write(tsv(found.table()), output)
    tell(dossier)
