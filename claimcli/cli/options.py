"""The options that commands share, each defined once, and how a command gets them."""

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from claimcli.cli.session import FilteredSession, FlaggedSession, Session
from claimcli.cli.settings import defaults

Many = list[str] | None
Text = str | None


def option(usage: str, about: str, **settings: Any) -> Any:
    """Declare an option. ``usage`` is its flags and, unless it is a switch, its placeholder."""
    flags = usage.split()
    metavar = None if flags[-1].startswith("-") else flags.pop()
    return typer.Option(*flags, metavar=metavar, help=about, **settings)


def argument(metavar: str, about: str, **settings: Any) -> Any:
    """Declare an argument, which is shown as ``metavar``."""
    return typer.Argument(metavar=metavar, help=about, **settings)


DataOption = Annotated[Many, option("--data PATH", "A file or folder of the dossier. Repeatable.")]
SampleOption = Annotated[
    Text, option("--sample NAME", "Use a bundled sample dossier: call or waterworks.")
]
ColorOption = Annotated[Text, option("--color WHEN", "auto, always or never.")]
PartyOption = Annotated[
    Many, option("--party -p NAME", "Claims of a party and its members. Repeatable.")
]
SpeakerOption = Annotated[Many, option("--speaker NAME", "Claims of a speaker. Repeatable.")]
IssueOption = Annotated[Many, option("--issue -i ID", "Claims on an issue. Repeatable.")]
TagOption = Annotated[Many, option("--tag TAG", "Claims with a tag. Repeatable.")]
SourceOption = Annotated[Many, option("--source ID", "Claims citing a source. Repeatable.")]
SinceOption = Annotated[Text, option("--since DATE", "Made on or after a date.")]
UntilOption = Annotated[Text, option("--until DATE", "Made on or before a date.")]
StatusOption = Annotated[
    Many,
    option(
        "--status STATUS",
        "contested, divided, qualified, confirmed, answered, unanswered or withdrawn. Repeatable.",
    ),
]
FormatOption = Annotated[Text, option("--format -f FORMAT", "The output format.")]


def _standard_output(path: Path | None) -> Path | None:
    """Return "-" for the system's names of standard output: as files they would be replaced."""
    return Path("-") if str(path) in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1") else path


OutputOption = Annotated[
    Path | None,
    option(
        "--output -o FILE",
        "Write to a file; its extension sets the format.",
        callback=_standard_output,
    ),
]
LossesOption = Annotated[
    Path | None, option("--losses FILE", "Write a table of what was not kept as it is.")
]
TextsOption = Annotated[
    Path | None,
    option(
        "--texts FOLDER",
        "A folder of texts for sources without 'text', named by source id.",
        exists=True,
        file_okay=False,
    ),
]
ByOption = Annotated[
    str, option("--by GROUPING", "member (each party by itself) or tree (parties with members).")
]
RegistrySortOption = Annotated[
    str,
    option(
        "--sort ORDER", "Order of issues and parties: registry, id, or claims (the most first)."
    ),
]
PrivateOption = Annotated[bool, option("--allow-private", "Also fetch from private networks.")]
NoCacheOption = Annotated[
    bool, option("--no-cache", "Read all files; neither use nor keep an index.")
]


def _disable_pager(value: bool) -> None:  # noqa: FBT001 - called by the option parser
    if value:
        from claimcli.cli.pager import disable

        disable()


NoPagerOption = Annotated[
    bool,
    option(
        "--no-pager",
        "Do not show long output through a pager.",
        is_eager=True,
        callback=_disable_pager,
    ),
]
InternalOption = Annotated[
    bool, option("--internal", "Include internal claims and sources, marked as such.")
]
QueryArgument = Annotated[Many, argument("[QUERY]...", "Which claims; see 'claimcli help query'.")]


def _common(
    data: DataOption = None,
    sample: SampleOption = None,
    color: ColorOption = None,
    no_cache: NoCacheOption = False,
    no_pager: NoPagerOption = False,
) -> None: ...


def _query(query: QueryArgument = None) -> None: ...


def _filters(
    party: PartyOption = None,
    speaker: SpeakerOption = None,
    issue: IssueOption = None,
    tag: TagOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    status: StatusOption = None,
) -> None: ...


_OPTION_SOURCES = ((FilteredSession, _query), (FlaggedSession, _filters), (Session, _common))


def shared_names() -> tuple[list[str], list[str]]:
    """Return the names of the options of every command, and of the filter flags."""
    return list(inspect.signature(_common).parameters), list(inspect.signature(_filters).parameters)


def with_shared_options(function: Callable[..., None]) -> Callable[..., None]:
    """Return the command with the shared options added.

    The type of its first parameter selects them, by _OPTION_SOURCES and its ``option_sources``.
    """
    kind = get_type_hints(function)["session"]
    inherited = (source for needs, source in _OPTION_SOURCES if issubclass(kind, needs))
    sources = [*kind.option_sources, *inherited]
    own = list(inspect.signature(function).parameters.values())[1:]
    every_shared = [p for s in sources for p in inspect.signature(s).parameters.values()]

    @wraps(function)
    def command(ctx: typer.Context, **values: Any) -> None:
        mine = {parameter.name: values.pop(parameter.name) for parameter in own}
        before = {name: value for name, value in (ctx.obj or {}).items() if value}
        shared = {**values, **before, **{k: v for k, v in values.items() if v}}
        session = kind(shared)
        unset = {name for name in mine if _is_unset(ctx, name)}
        name = function.__name__.rstrip("_")
        mine |= defaults(session.configuration(), name, unset=unset)
        if output := mine.get("output"):
            session.protect([output], mine)
        function(session, **mine)

    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    every = [
        context,
        *(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own, *every_shared)),
    ]
    command.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]  # read by inspect
    command.__annotations__ = {p.name: p.annotation for p in every}
    return command


def _is_unset(ctx: typer.Context, name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is None or source.name == "DEFAULT"
