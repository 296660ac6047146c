from claimcli.cli.record_options import DryRunOption, FileOption, PartySession


def add_party(
    session: PartySession, file: FileOption = None, dry_run: DryRunOption = False
) -> None:
    """Add a party: who makes claims.

    It goes to the file with the most parties, else to parties.yaml. Without --id its id is derived
    from the name. Prints the id.
    """
    from claimcli.cli.commands.add import add_record

    add_record(session, file, dry_run=dry_run)
