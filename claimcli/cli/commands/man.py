"""``claimcli man``."""

from collections.abc import Iterable, Mapping
from typing import Any

from claimcli.cli.session import BareSession
from claimcli.formats.man import Manual, ManualCommand, ManualOption

_HELP = ManualOption("-h, --help", "Show this message and exit.")


def man(session: BareSession) -> None:  # noqa: ARG001 - every command has one
    """Print the manual page: commands, options, topics.

    'claimcli man | man -l -' shows it; written to ~/.local/share/man/man1/claimcli.1 it is
    installed.
    """
    from claimcli.cli.output import write
    from claimcli.formats.man import man as man_of

    write(man_of(manual()))


def manual() -> Manual:
    """Return the whole manual; options that many commands share are in it once."""
    import typer

    from claimcli import __version__
    from claimcli.cli import SUMMARY, app, command_names
    from claimcli.cli.options import shared_names
    from claimcli.cli.topics import SUMMARIES, topic_text, topics

    group: Any = typer.main.get_command(app)
    commands = {name: group.get_command(None, name) for name in command_names()}
    everywhere, filters = shared_names()
    shared = {p.name: p for p in commands["list"].params}
    own = [p for p in group.params if p.name not in everywhere]
    return Manual(
        name="claimcli",
        version=__version__,
        summary=SUMMARY,
        synopsis="[OPTION]... COMMAND [ARGUMENT]...",
        groups=(
            ("Options of every command", (*_options(map(shared.get, everywhere)), _HELP)),
            ("Options of claimcli alone", tuple(_options(own))),
            ("Options that filter the claims", tuple(_options(map(shared.get, filters)))),
        ),
        commands=tuple(
            _entry(name, command, everywhere, {name: shared[name].help for name in filters})
            for name, command in commands.items()
        ),
        topics=tuple(
            (f"{name.replace('-', ' ')}: {SUMMARIES.get(name, '')}", topic_text(name))
            for name in topics()
        ),
    )


def _entry(
    name: str, command: Any, everywhere: Iterable[str], filters: Mapping[str, str]
) -> ManualCommand:
    """Return a command without its options that other commands share."""
    from claimcli.cli import list_formats

    list_formats(command)
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    # 'add' and 'changes' have a --party that is not the filter.
    is_filtered = any(p.name == "party" and p.help == filters["party"] for p in options)
    shared = {*everywhere, *(filters if is_filtered else ())}
    own = [p for p in options if p.name not in shared]
    before = ["[OPTION]..."] if own or is_filtered else []
    paragraphs = tuple((command.help or "").split("\n\n"))
    if is_filtered:
        paragraphs += ("It takes the options that filter the claims.",)
    return ManualCommand(
        name,
        " ".join([*before, *map(_argument, arguments)]),
        paragraphs,
        tuple(_options([*arguments, *own])),
    )


def _options(parameters: Iterable[Any]) -> list[ManualOption]:
    return [
        ManualOption(_usage(p), p.help or "") for p in parameters if not getattr(p, "hidden", False)
    ]


def _usage(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return _argument(parameter)
    names = sorted((*parameter.opts, *parameter.secondary_opts), key=lambda name: name[:2] == "--")
    value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
    return f"{', '.join(names)}{value}"


def _argument(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())
