from claimcli.cli.options import ByOption, FormatOption, OutputOption, RegistrySortOption
from claimcli.cli.session import FilteredSession


def parties(
    session: FilteredSession,
    by: ByOption = "member",
    sort: RegistrySortOption = "registry",
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """List the parties, and how many claims and rebuttals each has.

    With a query, only the parties of the claims that match, with the numbers of these claims. With
    --by tree, a party and its members have one row.
    """
    from claimcli.analysis.registries import parties as parties_of
    from claimcli.cli.presenter import presentation
    from claimcli.core.party_trees import By, parse_by
    from claimcli.core.query import Scope
    from claimcli.core.registry_order import named_sort, sort_registries

    grouped, order = parse_by(by), named_sort(sort)
    chosen = presentation("parties", session.color, format_, output)
    scope = Scope.ALL if grouped is By.TREE else Scope.REGISTRIES
    dossier = sort_registries(session.open(session.request(scope=scope)), order, grouped)
    result = parties_of(dossier, by=grouped, only_used=session.has_filters())
    chosen.show(result, dossier=dossier)
