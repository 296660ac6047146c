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
    from functools import partial

    from claimcli.analysis.indexed_registries import read_issues
    from claimcli.cli.presenter import presentation
    from claimcli.core.registry_order import named_sort

    order = named_sort(sort)
    chosen = presentation("issues", session.color, format_, output)
    found = partial(read_issues, query=session.condition(), sort=order)
    chosen.show_read(session, found)
