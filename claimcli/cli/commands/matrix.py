from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession


def matrix(
    session: FilteredSession, format_: FormatOption = None, output: OutputOption = None
) -> None:
    """Show each party's position on each issue, and who is silent.

    Shows each party's positions, newest claim and number of claims.
    """
    from claimcli.analysis.matrix import matrix as matrix_of
    from claimcli.cli.presenter import presentation
    from claimcli.core.query import Scope

    chosen = presentation("matrix", session.color, format_, output)
    dossier = session.open(session.request(scope=Scope.ISSUES))
    chosen.show(matrix_of(dossier), dossier=dossier)
