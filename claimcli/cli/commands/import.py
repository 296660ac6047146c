from pathlib import Path
from typing import Annotated

from claimcli.cli.options import argument
from claimcli.cli.record_options import DryRunOption
from claimcli.cli.session import Session, given_path

FormatArgument = Annotated[str, argument("FORMAT", "The format of the files.")]
FilesArgument = Annotated[list[Path], argument("FILE...", "The files to read.", parser=given_path)]


def import_(
    session: Session, format_: FormatArgument, files: FilesArgument, dry_run: DryRunOption = False
) -> None:
    """Add the records of a spreadsheet, a bibliography or annotations to the dossier."""
    from claimcli.cli.change_messages import report_changes
    from claimcli.edit.target import EditTarget
    from claimcli.exchange.import_records import import_records
    from claimcli.exchange.records import ImportOptions
    from claimcli.exchange.registry import reader_of

    imported = reader_of(format_)(files, ImportOptions())
    with session.load_options() as options:
        target = EditTarget(session.paths(), options=options, dry_run=dry_run)
        result = import_records(target, imported)
    report_changes(result.change, "imported", (), session, dry_run=dry_run)
