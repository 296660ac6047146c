"""``claimcli man``."""

from claimcli.cli.session import BareSession


def man(session: BareSession) -> None:  # noqa: ARG001 - every command has one
    """Print the manual page: commands, options, topics.

    To read it:     claimcli man | man -l -
    To install it:  claimcli man > ~/.local/share/man/man1/claimcli.1
    """
    from claimcli.cli.manual import manual
    from claimcli.cli.output import write
    from claimcli.formats.man import man as man_of

    write(man_of(manual()))
