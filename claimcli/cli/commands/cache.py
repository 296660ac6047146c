"""``claimcli cache``."""

from typing import Annotated

import typer

from claimcli.cli.options import FormatOption, OutputOption, Session

ActionArgument = Annotated[
    str, typer.Argument(metavar="[show|clear]", help="Show the indexes, or take them away.")
]


def cache(
    session: Session,
    action: ActionArgument = "show",
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show the indexes that are kept of large dossiers, or clear them.

    Nothing is lost by that: an index is made anew from the files when it is missing.
    Forms: table, tsv, csv, json, jsonl, yaml, md.
    """
    from claimcli.cli.folders import cache_folder
    from claimcli.cli.output import talk
    from claimcli.cli.report import show_records
    from claimcli.index.inventory import clear, inventory
    from claimcli.index.keeping import kept
    from claimcli.near import did_you_mean
    from claimcli.problems import ClaimcliError

    folder = cache_folder()
    if action == "clear":
        count, size = clear(kept(folder))
        talk(f"{count} {'file' if count == 1 else 'files'} with {size:,} bytes taken away")
    elif action == "show":
        found = inventory(folder)
        show_records(found, form=form, output=output, color=session.color)
        talk(f"indexes are kept in {folder}")
    else:
        hint = did_you_mean(action, ("show", "clear"), "write show or clear")
        raise ClaimcliError(f"no action '{action}'", hint)
