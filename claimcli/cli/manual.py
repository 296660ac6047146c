"""The manual as data: what the commands and their options say of themselves, and the topics."""

from collections.abc import Iterable
from typing import Any

import typer

from claimcli import __version__
from claimcli.cli import app, command_names
from claimcli.cli.options import shared_names
from claimcli.cli.topics import SUMMARIES, topic_text, topics
from claimcli.formats.man import Entry, Manual, Option


def manual() -> Manual:
    """Return the whole manual; options that many commands share stand in it once."""
    group: Any = typer.main.get_command(app)
    commands = {name: group.get_command(None, name) for name in command_names()}
    everywhere, filters = shared_names()
    listing = commands["list"].params
    own = [p for p in group.params if p.name not in everywhere]
    return Manual(
        name="claimcli",
        version=__version__,
        summary=group.help.partition(":")[0][:1].lower() + group.help.partition(":")[0][1:],
        synopsis="[OPTION]... COMMAND [ARGUMENT]...",
        groups=(
            ("Options of every command", (*_options(_named(listing, everywhere)), _HELP)),
            ("Options of claimcli alone", tuple(_options(own))),
            ("Options that narrow the claims", tuple(_options(_named(listing, filters)))),
        ),
        commands=tuple(
            _entry(name, command, {*everywhere, *filters}) for name, command in commands.items()
        ),
        topics=tuple(
            (f"{name.replace('-', ' ')}: {SUMMARIES.get(name, '')}", topic_text(name))
            for name in topics()
        ),
    )


_HELP = Option("-h, --help", "Show what it does, and end.")


def _entry(name: str, command: Any, shared: set[str]) -> Entry:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    own = [p for p in options if p.name not in shared]
    narrowed = any(p.name == "party" and p.name in shared for p in options)
    synopsis = [_argument(p) for p in arguments]
    more = ["[OPTION]..."] if own or narrowed else []
    paragraphs = tuple((command.help or "").split("\n\n"))
    if narrowed:
        paragraphs += ("It takes the options that narrow the claims.",)
    return Entry(
        name, " ".join([*more, *synopsis]), paragraphs, tuple(_options([*arguments, *own]))
    )


def _named(parameters: Iterable[Any], names: Iterable[str]) -> list[Any]:
    known = {parameter.name: parameter for parameter in parameters}
    return [known[name] for name in names]


def _options(parameters: Iterable[Any]) -> list[Option]:
    return [
        Option(_written(p), p.help or "") for p in parameters if not getattr(p, "hidden", False)
    ]


def _written(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return _argument(parameter)
    names = sorted((*parameter.opts, *parameter.secondary_opts), key=lambda name: name[:2] == "--")
    takes = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
    return f"{', '.join(names)}{takes}"


def _argument(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())
