from typing import Annotated

from claimcli.cli import record_options
from claimcli.cli.options import argument

FieldsArgument = Annotated[list[str], argument("FIELD=VALUE...", "FIELD= removes a field.")]


def set_(
    session: record_options.QuotingSession,
    record: record_options.RecordArgument,
    fields: FieldsArgument,
    kind: record_options.RecordKindOption = None,
    dry_run: record_options.DryRunOption = False,
) -> None:
    """Set fields of a record, and change nothing else in its file.

    Commas separate the values of lists (party, tags, aliases, speakers, positions, derived_from);
    FIELD+=VALUE adds one, FIELD-=VALUE removes one; 'compatible+=one,other' adds a pair.
    'source.quote=...' and 'reports.speaker=...' set part of a field; 'source=' and 'responds_to='
    take ids, or YAML such as 'title: ..., published: ...'. A source that replaces another one keeps
    its quote. A party, an issue or an event that is only mentioned gets a record.
    """
    from claimcli.cli.change_messages import report_change
    from claimcli.edit import commands
    from claimcli.edit.assignments import field_names

    record = session.whole_id(record, kind)
    change = session.write(
        lambda target: commands.set_record(target, record, kind, fields), dry_run=dry_run
    )
    done = f"set {field_names(fields)} of '{change.record.id}'"
    report_change(change, done, session, dry_run=dry_run)
