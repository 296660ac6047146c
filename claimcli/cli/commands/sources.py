from typing import Any

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession


def sources(
    session: FilteredSession, format_: FormatOption = None, output: OutputOption = None
) -> None:
    """List the sources, and how many claims cite each.

    Two reports of one wire story count as one independent origin. With a query, only the sources
    that the matching claims cite, with the numbers of these claims.
    """
    from claimcli.analysis.indexed_registries import read_sources
    from claimcli.cli.presenter import presentation

    notes: list[str] = []
    query = session.condition()
    chosen = presentation("sources", session.color, format_, output)

    def read(db: Any, path_of: Any) -> Any:
        found = read_sources(db, path_of, query)
        notes[:] = [found.summary] if found.summary else []
        return found

    chosen.show_read(session, read, notes)
