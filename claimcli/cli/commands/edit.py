"""``claimcli edit``."""

from typing import Annotated

import typer

from claimcli.cli.claim_options import DryRunOption, WritingSession

RecordArgument = Annotated[
    str, typer.Argument(metavar="ID", help="A claim, party, source, issue or event; or KIND:ID.")
]
KindOption = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help="claim, party, source, issue or event."),
]


def edit(
    session: WritingSession,
    record: RecordArgument,
    kind: KindOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Open one record in an editor, and put it back where it stood.

    The editor is $VISUAL, else $EDITOR. What is saved is checked; with an error it is opened again,
    the problem as a comment above. Saved unchanged, nothing is written.
    """
    from claimcli.cli.change_messages import tell_change
    from claimcli.cli.editor import edit_record
    from claimcli.cli.output import talk

    with session.draft(dry_run=dry_run) as draft:
        change = edit_record(draft, record, kind)
    if change is None:
        talk(f"nothing to change in '{record}'")
        return
    tell_change(change, f"changed '{change.record.id}'", session, dry_run=dry_run)
