from typing import Any

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
    from claimcli.cli.shareable import is_sent, shareable
    from claimcli.core.party_trees import parse_by
    from claimcli.core.query import Scope
    from claimcli.core.registry_order import Sort, named_sort, sort_registries

    grouped, order = parse_by(by), named_sort(sort)
    chosen = presentation("matrix", session.color, format_, output)
    is_whole = not session.has_filters() and order is Sort.REGISTRY
    if is_whole and (internal or not is_sent(chosen.format, output)):
        result = _whole(session, grouped)
        chosen.show(result, dossier=result.dossier)
        return
    request = session.request(scope=Scope.ISSUES, parties=tuple(session.options["party"] or ()))
    dossier = shareable(session.open(request), chosen.format, output, internal=internal)
    dossier = sort_registries(dossier, order, grouped)
    selected = dossier.party_ids.values()
    chosen.show(matrix_of(dossier, by=grouped, only=selected), dossier=dossier)


def _whole(session: FilteredSession, by: Any) -> Any:
    """Return the matrix of the whole dossier. Raises ClaimcliError if it would be too large."""
    from functools import partial

    from claimcli.analysis.matrix import matrix_in_batches
    from claimcli.analysis.roll_up import is_too_large, refuse_too_many_cells
    from claimcli.core.party_trees import By
    from claimcli.core.query import Request, Scope
    from claimcli.dossier.index.spoken import column_count, speaking_parties, spoken_issues

    speaking: list[str] = []
    size: list[int] = []

    def request(db: Any) -> Request:
        size[:] = spoken_issues(db), column_count(db, by_tree=by is By.TREE)
        speaking[:] = speaking_parties(db)
        # a refusal is raised later: errors here are those of the request
        limit = 0 if is_too_large(*size) else None
        return Request(limit=limit, scope=Scope.LINKS, brief=True, sources=False)

    make = partial(matrix_in_batches, speaking=speaking, by=by)
    result = session.open_in_batches(request, make, by_issue=True)
    refuse_too_many_cells(*size)
    return result
