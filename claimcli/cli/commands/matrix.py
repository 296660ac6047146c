from claimcli.cli.options import (
    ByOption,
    FormatOption,
    InternalOption,
    OutputOption,
    RegistrySortOption,
)
from claimcli.cli.session import FilteredSession


def matrix(
    session: FilteredSession,
    by: ByOption = "member",
    sort: RegistrySortOption = "registry",
    internal: InternalOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show each party's position on each issue, and who is silent.

    Shows each party's positions, or its newest claim, and its number of claims. With --by tree, a
    party and its members have one column, which names the member for each position. --party selects
    the columns, and the issues to which these parties speak.
    """
    from claimcli.analysis.matrix import matrix as matrix_of
    from claimcli.cli.presenter import presentation
    from claimcli.cli.shareable import shareable
    from claimcli.core.party_trees import parse_by
    from claimcli.core.query import Scope
    from claimcli.core.registry_order import named_sort, sort_registries

    grouped, order = parse_by(by), named_sort(sort)
    chosen = presentation("matrix", session.color, format_, output)
    request = session.request(scope=Scope.ISSUES, parties=tuple(session.options["party"] or ()))
    dossier = shareable(session.open(request), chosen.format, output, internal=internal)
    dossier = sort_registries(dossier, order, grouped)
    selected = dossier.party_ids.values()
    chosen.show(matrix_of(dossier, by=grouped, only=selected), dossier=dossier)
