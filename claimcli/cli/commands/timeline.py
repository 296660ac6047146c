"""``claimcli timeline``."""

from typing import Any

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession


def timeline(
    session: FilteredSession, form: FormatOption = None, output: OutputOption = None
) -> None:
    """List claims in the order they were made, with rebuttals.

    With what each answers, and the time to the first rebuttal. Those without a date come last.
    Forms: table, tsv, json, md, svg (a lane a party).
    """
    from claimcli.analysis.timeline import timeline as timeline_of
    from claimcli.cli.notes import tell
    from claimcli.cli.presenter import way
    from claimcli.core.query import Scope
    from claimcli.formats.timeline import WRITERS

    chosen = way(session.color, form, output, WRITERS)
    dossier = session.open(session.ask(scope=Scope.THREADS))
    found = timeline_of(dossier)

    def draw(how: Any) -> str:
        from claimcli.cli.screen import timeline

        return timeline.draw(found, how)

    chosen.show(WRITERS, found, draw=draw)
    tell(dossier)
