from typing import Annotated

from claimcli.cli.options import FormatOption, Many, OutputOption, argument
from claimcli.cli.session import FlaggedSession

PartiesArgument = Annotated[
    Many, argument("[PARTY]...", "Parties, each together with its members; by default all.")
]


def drift(
    session: FlaggedSession,
    parties: PartiesArgument = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show how a party's own account changed over time.

    Lists changed positions, reworded statements, and claims superseded or withdrawn. Claims about
    different times do not count as a change.
    """
    from claimcli.analysis.drift import drift as drift_of
    from claimcli.cli.presenter import presentation
    from claimcli.core.query import Scope

    chosen = presentation("drift", session.color, format_, output)
    names = tuple(dict.fromkeys(parties or ()))
    scope = Scope.ANSWERS if names else Scope.MOVED
    dossier = session.open(
        session.request(parties=names, scope=scope, opposition=chosen.format == "json")
    )
    result = drift_of(dossier, dict.fromkeys(dossier.party_ids[name] for name in names))
    chosen.show(result, dossier=dossier)
