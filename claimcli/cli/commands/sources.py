"""``claimcli sources``."""

from claimcli.cli.options import FilteredSession, FormatOption, OutputOption


def sources(
    session: FilteredSession, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Show the sources, and how many claims and quotes rest on each.

    Forms: table, tsv, csv, json, jsonl, yaml, md.
    """
    from claimcli.analysis import registry
    from claimcli.cli.report import show_records, tell
    from claimcli.query import Reach

    dossier = session.open(session.ask(reach=Reach.REGISTRIES))
    found = registry.sources(dossier)
    show_records(found, form=form, output=output, color=session.color)
    tell(dossier)
