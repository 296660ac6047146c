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
    from functools import partial

    from claimcli.analysis.indexed_registries import read_parties
    from claimcli.cli.presenter import presentation
    from claimcli.core.party_trees import parse_by
    from claimcli.core.registry_order import named_sort

    grouped, order = parse_by(by), named_sort(sort)
    chosen = presentation("parties", session.color, format_, output)
    found = partial(read_parties, query=session.condition(), by=grouped, sort=order)
    chosen.show_read(session, found)
