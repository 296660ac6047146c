"""``claimcli add``."""

from claimcli.cli.claim_options import ClaimSession, DryRunOption, FileOption


def add(session: ClaimSession, file: FileOption = None, dry_run: DryRunOption = False) -> None:
    """Add a claim: by flags, or asked for line by line.

    It goes to the file that holds its issue, else to claims/ISSUE.yaml. On a terminal it asks for
    what is missing; the tab key completes. Nothing else in the file changes, and a claim that
    'check' would refuse is not written. Prints the id.
    """
    from claimcli.cli.change_messages import tell_change
    from claimcli.cli.questions import complete
    from claimcli.edit import commands

    with session.draft(file, dry_run=dry_run) as draft:
        pass
    fields = complete(session, alone=True)
    with session.draft(file, dry_run=dry_run) as draft:
        change = commands.add(draft, fields)
    tell_change(change, f"added '{change.record.id}'", session, dry_run=dry_run)
