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
    from claimcli.cli.imports import column_fields, import_files
    from claimcli.exchange.records import ImportOptions

    options = ImportOptions(
        columns=column_fields(map_ or ()),
        keep_columns=keep_columns or "",
        separator=separator or "",
        encoding=encoding or "",
        sheet=sheet or "",
        party=party or "",
        issue=issue or "",
    )
    import_files(
        session, files, options, on_conflict, output=target_, losses=losses, dry_run=dry_run
    )
