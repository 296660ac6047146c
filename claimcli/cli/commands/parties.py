"""``claimcli parties``."""

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession


def parties(
    session: FilteredSession, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Show the parties, what each says and leaves unanswered.

    Forms: table, tsv, csv, json, jsonl, yaml, md.
    """
    from claimcli.analysis import registry
    from claimcli.cli.notes import show_records, tell
    from claimcli.core.query import Scope

    dossier = session.open(session.ask(scope=Scope.REGISTRIES))
    found = registry.parties(dossier)
    show_records(found, form=form, output=output, color=session.color)
    tell(dossier)
