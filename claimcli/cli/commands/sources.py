from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession


def sources(
    session: FilteredSession, format_: FormatOption = None, output: OutputOption = None
) -> None:
    """List the sources, and how many claims cite each.

    Two reports of one wire story count as one independent origin.
    """
    from claimcli.analysis.registries import sources as sources_of
    from claimcli.cli.output import say, warn_unread
    from claimcli.cli.presenter import presentation
    from claimcli.core.provenance import origins_summary
    from claimcli.core.query import Scope

    dossier = session.open(session.request(scope=Scope.REGISTRIES))
    presentation("sources", session.color, format_, output).show(sources_of(dossier))
    if dossier.claims:
        say(origins_summary(dossier, dossier.claims))
    warn_unread(dossier)
