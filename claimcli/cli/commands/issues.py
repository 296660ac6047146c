from claimcli.cli.options import FormatOption, OutputOption, RegistrySortOption
from claimcli.cli.session import FilteredSession


def issues(
    session: FilteredSession,
    sort: RegistrySortOption = "registry",
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """List the questions in dispute, and who speaks to each.

    With a query, only the issues of the claims that match, with the numbers of these claims.
    """
    from claimcli.analysis.registries import issues as issues_of
    from claimcli.cli.presenter import presentation
    from claimcli.core.query import Scope
    from claimcli.core.registry_order import named_sort, sort_registries

    order = named_sort(sort)
    chosen = presentation("issues", session.color, format_, output)
    dossier = sort_registries(session.open(session.request(scope=Scope.REGISTRIES)), order)
    chosen.show(issues_of(dossier, only_used=session.has_filters()), dossier=dossier)
