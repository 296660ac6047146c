from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession


def parties(
    session: FilteredSession, format_: FormatOption = None, output: OutputOption = None
) -> None:
    """List the parties, what each says and leaves unanswered."""
    from claimcli.analysis.registries import parties as parties_of
    from claimcli.cli.presenter import presentation
    from claimcli.core.query import Scope

    chosen = presentation("parties", session.color, format_, output)
    dossier = session.open(session.request(scope=Scope.REGISTRIES))
    chosen.show(parties_of(dossier), dossier=dossier)
