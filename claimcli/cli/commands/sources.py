"""``claimcli sources``."""

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession


def sources(
    session: FilteredSession, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Show the sources, and how many claims rest on each.

    Two reports of one wire story are one independent origin.

    Forms: table, tsv, csv, json, jsonl, yaml, md.
    """
    from claimcli.analysis import registry
    from claimcli.cli.notes import show_records, tell
    from claimcli.cli.output import talk
    from claimcli.core.provenance import resting
    from claimcli.core.query import Scope

    dossier = session.open(session.ask(scope=Scope.REGISTRIES))
    found = registry.sources(dossier)
    show_records(found, form=form, output=output, color=session.color)
    if dossier.claims:
        talk(resting(dossier, dossier.claims))
    tell(dossier)
