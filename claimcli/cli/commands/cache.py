from typing import Annotated

from claimcli.cli.options import FormatOption, OutputOption, argument
from claimcli.cli.session import Session

ActionArgument = Annotated[str, argument("[show|clear]", "Show the indexes, or delete them.")]


def cache(
    session: Session,
    action: ActionArgument = "show",
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show or delete the cached indexes of dossiers.

    With --data or --sample, those of that dossier, else all. Deleting loses no data: a missing
    index is built again from the files.
    """
    from claimcli.cli.output import say
    from claimcli.cli.presenter import presentation
    from claimcli.core.text.suggestions import one_of
    from claimcli.core.text.word_diff import plural
    from claimcli.dossier.files import find_files
    from claimcli.dossier.index.cache_files import cache_key
    from claimcli.dossier.index.inventory import clear, inventory
    from claimcli.dossier.runtime import cache_folder

    session.protect_dossier()
    folder = cache_folder()
    key = cache_key(find_files(session.paths())) if session.names_data() else ""
    if one_of(action, ("show", "clear"), "action", "write show or clear") == "clear":
        count, size = clear(folder, key)
        say(f"deleted {plural(count, 'file')} with {size:,} bytes")
    else:
        presentation("cache", session.color, format_, output).show(inventory(folder, key))
        say(f"indexes are kept in {folder}")
