from typing import Annotated

from claimcli.cli.options import argument
from claimcli.cli.session import BareSession

ShellArgument = Annotated[str, argument("bash|fish|zsh", "Which shell.")]


def completion(session: BareSession, shell: ShellArgument) -> None:  # noqa: ARG001 - every command has one
    """Print the completion script of a shell.

    'claimcli help completion' says where to write it. Ids, parties and other names come from the
    index that the last command left; a small dossier is read at once.
    """
    from claimcli.cli.completion import SHELLS, script
    from claimcli.cli.output import write
    from claimcli.core.text.suggestions import one_of

    write(script(one_of(shell, SHELLS, "shell")))
