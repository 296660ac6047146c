from typing import Annotated

from claimcli.cli.options import FormatOption, OutputOption, argument
from claimcli.cli.session import Session

IdsArgument = Annotated[list[str], argument("ID...", "Claims, by id.")]


def show(
    session: Session, ids: IdsArgument, format_: FormatOption = None, output: OutputOption = None
) -> None:
    """Show claims in full, with sources and the thread of answers."""
    from claimcli.analysis.show import thread
    from claimcli.cli.presenter import presentation
    from claimcli.core.query import Request, Scope, field_condition

    chosen = presentation("show", session.color, format_, output)
    dossier = session.open(
        Request(query=field_condition("id", ids), scope=Scope.THREADS, opposition=True)
    )
    chosen.show(
        dossier, [thread(dossier, dossier.by_id[name.lower()]) for name in ids], dossier=dossier
    )
