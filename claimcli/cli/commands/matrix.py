"""``claimcli matrix``."""

from typing import Any

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession


def matrix(
    session: FilteredSession, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Show what each party holds on each issue, and who is silent.

    Positions, newest claims, counts, and silence. Forms: table, tsv, json, md, html.
    """
    from claimcli.analysis.matrix import matrix as matrix_of
    from claimcli.cli.notes import tell
    from claimcli.cli.presenter import way
    from claimcli.core.query import Scope
    from claimcli.formats.matrix import WRITERS

    chosen = way(session.color, form, output, WRITERS)
    dossier = session.open(session.ask(scope=Scope.ISSUES))
    found = matrix_of(dossier)

    def draw(how: Any) -> str:
        from claimcli.cli.screen import matrix

        return matrix.draw(found, how)

    chosen.show(WRITERS, found, draw=draw)
    tell(dossier)
