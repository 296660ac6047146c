"""``claimcli completion``."""

from typing import Annotated

import typer

from claimcli.cli.session import BareSession

ShellArgument = Annotated[str, typer.Argument(metavar="bash|fish|zsh", help="Which shell.")]


def completion(session: BareSession, shell: ShellArgument) -> None:  # noqa: ARG001 - every command has one
    """Print what a shell must read to complete words.

    For bash:  claimcli completion bash > ~/.local/share/bash-completion/completions/claimcli
    For fish:  claimcli completion fish > ~/.config/fish/completions/claimcli.fish
    For zsh:   claimcli completion zsh > ~/.zfunc/_claimcli, with ~/.zfunc in fpath before compinit
    The names are those that the last command read; a small dossier is read at once.
    """
    from claimcli.choices import one_of
    from claimcli.cli.completion import SHELLS, script
    from claimcli.cli.output import write

    write(script(one_of(shell, SHELLS, "shell")))
