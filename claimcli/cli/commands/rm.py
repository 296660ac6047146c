from typing import Annotated

from claimcli.cli import record_options
from claimcli.cli.options import argument, option

RecordsArgument = Annotated[
    list[str], argument("ID...", "Claims, parties, sources, issues or events; or KIND:ID.")
]
UnlinkOption = Annotated[bool, option("--unlink", "Also remove the references to them.")]


def rm(
    session: record_options.WritingSession,
    records: RecordsArgument,
    unlink: UnlinkOption = False,
    kind: record_options.RecordKindOption = None,
    dry_run: record_options.DryRunOption = False,
) -> None:
    """Remove records.

    If others refer to them, these are listed and nothing is removed. With --unlink the references
    are removed too, and answers nested in a removed claim become claims that answer nothing. A
    claim cannot lose its only party. Texts of sources stay on file.
    """
    from claimcli.cli.change_messages import report_changes
    from claimcli.cli.output import say
    from claimcli.edit.remove import ReferencedError, remove_records

    records = [session.whole_id(record, kind) for record in records]
    try:
        with session.draft(dry_run=dry_run) as draft:
            change = remove_records(draft, records, kind, unlink=unlink)
    except ReferencedError as error:
        for line in error.references:
            say(line)
        raise
    names = [name.rpartition(":")[2] for name in records]
    done = f"removed {', '.join(map(repr, names))}"
    report_changes(change, done, names, session, dry_run=dry_run)
