from claimcli.cli.record_options import DryRunOption, EventSession, FileOption


def add_event(
    session: EventSession, file: FileOption = None, dry_run: DryRunOption = False
) -> None:
    """Add an event: what claims are about.

    It goes to the file with the most events, else to events.yaml. Without --id its id is derived
    from the title. Prints the id.
    """
    from claimcli.cli.commands.add import add_record

    add_record(session, file, dry_run=dry_run)
