from claimcli.cli import record_options


def edit(
    session: record_options.QuotingSession,
    record: record_options.RecordArgument,
    kind: record_options.RecordKindOption = None,
    dry_run: record_options.DryRunOption = False,
) -> None:
    """Edit one record in an editor and put it back in its file.

    The editor is $VISUAL, else $EDITOR. The saved text is checked; if it has an error, the editor
    opens again with the problem as a comment at the top. Nothing is written if it is unchanged.
    """
    from claimcli.cli.change_messages import report_change
    from claimcli.cli.editor import edit_record
    from claimcli.cli.output import say

    record = session.whole_id(record, kind)
    unverified = bool(session.options.get("unverified"))
    with session.draft(dry_run=dry_run, unverified=unverified) as draft:
        change = edit_record(draft, record, kind)
    if change is None:
        say(f"nothing to change in '{record}'")
        return
    report_change(change, f"changed '{change.record.id}'", session, dry_run=dry_run)
