"""``claimcli drift``."""

from typing import Annotated, Any

import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FlaggedSession

PartiesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PARTY]...", help="Whose accounts, members as one; else everybody's."),
]


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
    from claimcli.cli.notes import tell
    from claimcli.cli.presenter import way
    from claimcli.core.query import Scope
    from claimcli.formats.drift import WRITERS

    chosen = way(session.color, form, output, WRITERS)
    named = tuple(dict.fromkeys(parties or ()))
    reach = Scope.ANSWERS if named else Scope.MOVED
    dossier = session.open(session.ask(parties=named, scope=reach))
    found = drift_of(dossier, dict.fromkeys(dossier.party_ids[name] for name in named))

    def draw(how: Any) -> str:
        from claimcli.cli.screen import drift

        return drift.draw(found, how)

    chosen.show(WRITERS, found, draw=draw)
    tell(dossier)
