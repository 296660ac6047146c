from claimcli.cli.record_options import DryRunOption, FileOption, IssueSession


def add_issue(
    session: IssueSession, file: FileOption = None, dry_run: DryRunOption = False
) -> None:
    """Add an issue: a question in dispute.

    It goes to the file with the most issues, else to issues.yaml. Without --id its id is derived
    from the question. Prints the id.
    """
    from claimcli.cli.commands.add import add_record

    add_record(session, file, dry_run=dry_run)
