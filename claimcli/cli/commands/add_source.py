from claimcli.cli.record_options import DryRunOption, FileOption, SourceSession


def add_source(
    session: SourceSession, file: FileOption = None, dry_run: DryRunOption = False
) -> None:
    """Add a source: what claims are cited from.

    It goes to the file with the most sources, else to sources.yaml. Without --id its id is derived
    from the title. Prints the id.
    """
    from claimcli.cli.commands.add import add_record

    add_record(session, file, dry_run=dry_run)
