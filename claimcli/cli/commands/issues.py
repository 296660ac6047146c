from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession


def issues(
    session: FilteredSession, format_: FormatOption = None, output: OutputOption = None
) -> None:
    """List the questions in dispute, and who speaks to each.

    With a query, only the issues of the claims that match, with the numbers of these claims.
    """
    from claimcli.analysis.registries import issues as issues_of
    from claimcli.cli.presenter import presentation
    from claimcli.core.query import Scope

    chosen = presentation("issues", session.color, format_, output)
    dossier = session.open(session.request(scope=Scope.REGISTRIES))
    chosen.show(issues_of(dossier, only_used=session.has_filters()), dossier=dossier)
