"""``claimcli cache``."""

from typing import Annotated

import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import Session

ActionArgument = Annotated[
    str, typer.Argument(metavar="[show|clear]", help="Show the indexes, or take them away.")
]


def cache(
    session: Session,
    action: ActionArgument = "show",
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show or clear the indexes that are kept of large dossiers.

    With --data or --sample those of that dossier, else all. Nothing is lost by clearing: an index
    is made anew from the files when it is missing.
    Forms: table, tsv, csv, json, jsonl, yaml, md.
    """
    from claimcli.cli.notes import show_records
    from claimcli.cli.output import talk
    from claimcli.core.problems import ClaimcliError
    from claimcli.core.text.suggestions import did_you_mean
    from claimcli.dossier.files import find_files
    from claimcli.dossier.folders import cache_folder
    from claimcli.dossier.index.cache import cache_key
    from claimcli.dossier.index.inventory import clear, inventory

    folder = cache_folder()
    key = cache_key(find_files(session.paths())) if session.names_data() else ""
    if action == "clear":
        count, size = clear(folder, key)
        talk(f"{count} {'file' if count == 1 else 'files'} with {size:,} bytes taken away")
    elif action == "show":
        found = inventory(folder, key)
        show_records(found, form=form, output=output, color=session.color)
        talk(f"indexes are kept in {folder}")
    else:
        hint = did_you_mean(action, ("show", "clear"), "write show or clear")
        raise ClaimcliError(f"no action '{action}'", hint)
