from typing import Annotated

from claimcli.cli import record_options
from claimcli.cli.options import argument

NewArgument = Annotated[str, argument("NEW", "The new id.")]


def mv(
    session: record_options.WritingSession,
    record: record_options.RecordArgument,
    new: NewArgument,
    kind: record_options.RecordKindOption = None,
    dry_run: record_options.DryRunOption = False,
) -> None:
    """Rename a record: its id, the ids derived from it, and every reference in all files.

    A party, an issue or an event that is only mentioned can be renamed too. Ids in notes and in
    claimcli.toml are reported and not changed. An answer with a derived id, such as claim/party,
    gets a written one.
    """
    from claimcli.cli.change_messages import report_changes
    from claimcli.edit.rename import rename_record

    record = session.whole_id(record, kind)
    with session.draft(dry_run=dry_run) as draft:
        settings = session.configuration().path
        change = rename_record(draft, record, kind, new, settings=settings)
    old, new_id = (name.rpartition(":")[2] for name in (record, new))
    report_changes(change, f"renamed '{old}' to '{new_id}'", [new_id], session, dry_run=dry_run)
