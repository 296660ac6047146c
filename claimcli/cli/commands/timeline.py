from claimcli.cli.options import FormatOption, InternalOption, OutputOption
from claimcli.cli.session import FilteredSession


def timeline(
    session: FilteredSession,
    internal: InternalOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """List claims in the order they were made, with rebuttals.

    Shows what each claim answers, the time to its first rebuttal, and rival positions. Claims
    without a date come last. The svg has a lane for each party.
    """
    from claimcli.analysis.timeline import timeline as timeline_of
    from claimcli.cli.presenter import presentation
    from claimcli.cli.shareable import shareable
    from claimcli.core.query import Scope
    from claimcli.formats.timeline import WHOLE_RECORDS

    chosen = presentation("timeline", session.color, format_, output)
    brief = chosen.format not in WHOLE_RECORDS
    dossier = session.open(
        session.request(opposition=True, scope=Scope.THREADS, brief=brief, issues=False)
    )
    dossier = shareable(dossier, chosen.format, output, internal=internal)
    chosen.show(timeline_of(dossier), dossier=dossier)
