from collections.abc import Iterable
from typing import Any

from claimcli.cli.session import BareSession
from claimcli.formats.man import Manual, ManualCommand, ManualOption, ManualSection

_HELP = ManualOption("-h, --help", "Show this message and exit.")
_FILES = ManualSection(
    "Files",
    ("'claimcli help environment' explains how the data is found.",),
    (
        ManualOption("claimcli.toml", "The settings; see 'claimcli help configuration'."),
        ManualOption("data/", "The dossier, unless the settings or --data name another place."),
        ManualOption("data/texts/", "The pages and texts that 'claimcli fetch' stores."),
        ManualOption("claimcli.schema.json", "The JSON Schema of the data files, for editors."),
        ManualOption("~/.cache/claimcli/", "The indexes of dossiers; 'claimcli cache' shows them."),
    ),
)


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
        commands=tuple(_entry(name, command) for name, command in commands.items()),
        sections=(_examples(), _FILES, _file_format()),
        topics=tuple(
            (f"{name.replace('-', ' ')}: {SUMMARIES.get(name, '')}", topic_text(name))
            for name in topics()
            if name != "fields"  # they are in the section on the file format
        ),
    )


def _examples() -> ManualSection:
    from claimcli.cli.help_page import examples

    lines = [ManualOption(*example) for pairs in examples().values() for example in pairs]
    return ManualSection("Examples", (), tuple(lines))


def _file_format() -> ManualSection:
    """Describe the data files from the table of records and fields."""
    from claimcli.core.schema import PARTS, RECORD_KINDS

    about = (
        "A dossier is one or more YAML files. Each lists records of any kinds under the keys "
        "below; records refer to each other by id, also across files.",
        "A date is a year, a month, a day or a time: 2022, 2022-01, 2022-01-07, 2022-01-07T18:30Z.",
    )
    lists = [_record(f"{kind.section}: a list", kind) for kind in RECORD_KINDS.values()]
    return ManualSection(
        "File format",
        about,
        parts=(*lists, *(_record(f"{kind.name}, in a claim", kind) for kind in PARTS.values())),
    )


def _record(heading: str, kind: Any) -> ManualSection:
    """Describe a kind of record; of an answer only the fields that differ from a claim's."""
    from claimcli.cli.topics import described_fields

    is_answer = kind.name in ("rebuttal", "response")
    more = ("It has the fields of a claim, except that:",) if is_answer else ()
    fields = (ManualOption(name, about) for name, about in described_fields(kind))
    return ManualSection(heading, (kind.about, *more), tuple(fields))


def _entry(name: str, command: Any) -> ManualCommand:
    from claimcli.cli import list_formats
    from claimcli.cli.help_page import group_options

    list_formats(command)
    groups = group_options(command.params)
    arguments, own, is_filtered = groups["Arguments"], groups["Options"], bool(groups["Filters"])
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
