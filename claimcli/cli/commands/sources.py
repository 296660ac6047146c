from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession


def sources(
    session: FilteredSession, format_: FormatOption = None, output: OutputOption = None
) -> None:
    """List the sources, and how many claims cite each.

    Two reports of one wire story count as one independent origin. With a query, only the sources
    that the matching claims cite, with the numbers of these claims.
    """
    from claimcli.analysis.registries import sources as sources_of
    from claimcli.cli.output import say, warn_unread
    from claimcli.cli.presenter import presentation
    from claimcli.core.provenance import origins_summary
    from claimcli.core.query import Scope

    dossier = session.open(session.request(scope=Scope.REGISTRIES))
    result = sources_of(dossier, only_used=session.has_filters())
    presentation("sources", session.color, format_, output).show(result)
    if dossier.claims:
        say(origins_summary(dossier, dossier.claims))
    warn_unread(dossier)
