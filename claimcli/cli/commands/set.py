"""``claimcli set``."""

from typing import Annotated

import typer

from claimcli.cli.claim_options import DryRunOption, WritingSession

RecordArgument = Annotated[
    str, typer.Argument(metavar="ID", help="A claim, party, source, issue or event; or KIND:ID.")
]
FieldsArgument = Annotated[
    list[str], typer.Argument(metavar="FIELD=VALUE...", help="FIELD= takes it out.")
]
KindOption = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help="claim, party, source, issue or event."),
]


def set_(
    session: WritingSession,
    record: RecordArgument,
    fields: FieldsArgument,
    kind: KindOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Set fields of a record, and change nothing else in its file.

    Commas part the values of lists (party, tags, aliases, speakers, derived_from); FIELD+=VALUE
    adds one, FIELD-=VALUE takes one out. 'source.quote=...' and 'reports.speaker=...' reach into a
    field; 'source=' and 'responds_to=' take ids, or YAML as 'title: ..., published: ...'.
    """
    from claimcli.cli.change_messages import tell_change
    from claimcli.edit import commands
    from claimcli.edit.assignments import field_names

    with session.draft(dry_run=dry_run) as draft:
        change = commands.set_record(draft, record, kind, fields)
    what = f"set {field_names(fields)} of '{change.record.id}'"
    tell_change(change, what, session, dry_run=dry_run)
