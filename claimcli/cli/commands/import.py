from pathlib import Path
from typing import Annotated

from claimcli.cli.options import LossesOption, Many, Text, argument, option
from claimcli.cli.record_options import DryRunOption, WritingSession

FilesArgument = Annotated[
    list[str],
    argument("[FORMAT] FILE...", "Files, after their format if no extension says it."),
]
TargetOption = Annotated[
    Path | None,
    option("--output -o PATH", "The YAML file for new records, or the folder for such files."),
]
MapOption = Annotated[
    Many, option("--map COLUMN=FIELD", "The field of a column; COLUMN= ignores it. Repeatable.")
]
KeepOption = Annotated[
    Text, option("--keep-columns FIELD", "Keep unknown columns in a field: note.")
]
SeparatorOption = Annotated[Text, option("--separator CHARACTER", "What separates CSV cells.")]
EncodingOption = Annotated[Text, option("--encoding NAME", "The encoding of text files.")]
PartyOption = Annotated[Text, option("--party -p NAME", "The party of claims without one.")]
IssueOption = Annotated[Text, option("--issue -i ID", "The issue of claims without one.")]
SheetOption = Annotated[Text, option("--sheet NAME", "Read this sheet of a workbook alone.")]
ConflictOption = Annotated[
    str,
    option("--on-conflict WHAT", "If a record on file differs: error, skip, update or suffix."),
]


def import_(
    session: WritingSession,
    files: FilesArgument,
    target_: TargetOption = None,
    map_: MapOption = None,
    keep_columns: KeepOption = None,
    separator: SeparatorOption = None,
    encoding: EncodingOption = None,
    party: PartyOption = None,
    issue: IssueOption = None,
    sheet: SheetOption = None,
    on_conflict: ConflictOption = "error",
    losses: LossesOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add the records of a spreadsheet, a bibliography or annotations to the dossier.

    Records that are on file are found by id, claims also by party, statement and date; so a file
    can be imported again after a correction: see --on-conflict. New records go to a file named like
    the imported one. 'claimcli help exchange' lists the formats.
    """
    from claimcli.cli.imports import (
        column_fields,
        format_and_files,
        problems_listed,
        protect_files,
        report_import,
    )
    from claimcli.cli.losses import report_losses
    from claimcli.cli.prompts.columns import fields_of_columns
    from claimcli.cli.prompts.terminal import can_ask
    from claimcli.core.text.suggestions import one_of
    from claimcli.exchange.batch import ImportOrder, OnConflict
    from claimcli.exchange.import_files import import_name
    from claimcli.exchange.import_records import import_records
    from claimcli.exchange.records import ImportOptions
    from claimcli.exchange.registry import reader_of

    conflict = OnConflict(one_of(on_conflict, tuple(OnConflict), "conflict resolution"))
    order = ImportOrder(conflict, party or "", issue or "")
    options = ImportOptions(
        columns=column_fields(map_ or ()),
        keep_columns=keep_columns or "",
        separator=separator or "",
        encoding=encoding or "",
        sheet=sheet or "",
        party=order.party,
        issue=order.issue,
        choose_fields=fields_of_columns if can_ask() else None,
    )
    session.writable_paths()  # fail before reading the files
    format_, paths = format_and_files(files)
    protect_files(session, losses, paths, dry_run=dry_run)
    imported = reader_of(format_)(paths, options)
    with problems_listed(), session.draft(target_, dry_run=dry_run) as target:
        result = import_records(target, imported, order, name=import_name(paths[0]))
    report_import(result, imported.notes, session, dry_run=dry_run)
    report_losses((*imported.losses, *result.losses), losses)
