"""Options that commands share, each once, and the session that a command gets from them."""

import inspect
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, get_type_hints

import typer

from claimcli.cli.settings import defaults, forms_of, settings_of
from claimcli.configuration import Configuration
from claimcli.grammar import parse_query
from claimcli.model import Dossier
from claimcli.problems import ClaimcliError
from claimcli.query import Ask, Reach, both, flag, since, until

Many = list[str] | None

DataOption = Annotated[
    Many,
    typer.Option("--data", metavar="PATH", help="A file or folder of the dossier. Repeatable."),
]
SampleOption = Annotated[
    str | None,
    typer.Option(
        "--sample", metavar="NAME", help="A dossier that the package carries: call, waterworks."
    ),
]
ColorOption = Annotated[
    str | None, typer.Option("--color", metavar="WHEN", help="auto, always or never.")
]
PartyOption = Annotated[
    Many,
    typer.Option(
        "--party", "-p", metavar="NAME", help="Claims of a party and its members. Repeatable."
    ),
]
SpeakerOption = Annotated[
    Many, typer.Option("--speaker", metavar="NAME", help="Claims that somebody spoke. Repeatable.")
]
IssueOption = Annotated[
    Many, typer.Option("--issue", "-i", metavar="ID", help="Claims on an issue. Repeatable.")
]
TagOption = Annotated[
    Many, typer.Option("--tag", metavar="TAG", help="Claims with a tag. Repeatable.")
]
SourceOption = Annotated[
    Many, typer.Option("--source", metavar="ID", help="Claims citing a source. Repeatable.")
]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Said on or after a date.")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Said on or before a date.")
]
StatusOption = Annotated[
    Many,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="contested, qualified, confirmed, unanswered or withdrawn. Repeatable.",
    ),
]
FormatOption = Annotated[
    str | None, typer.Option("--format", "-f", metavar="FORM", help="The form of the output.")
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write to a file; its ending picks the form."
    ),
]


TextsOption = Annotated[
    Path | None,
    typer.Option(
        "--texts",
        metavar="FOLDER",
        exists=True,
        file_okay=False,
        help="Texts of sources that name none, each file named by its source's id.",
    ),
]
NoCacheOption = Annotated[
    bool, typer.Option("--no-cache", help="Read all files anew, and keep no index.")
]
QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[QUERY]...", help="Which claims; see 'claimcli help query'."),
]


class Session:
    """What the shared options of one call say.

    ``donors`` are functions whose parameters are the options that its commands have beside those
    of every command.
    """

    donors: tuple[Callable[..., None], ...] = ()

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.color = _color(given.get("color"))
        self._configuration: Configuration | None = None

    def configuration(self) -> Configuration:
        """Return the settings in force: of the nearest claimcli.toml at or above the data.

        Where nothing names the data, it is looked for from this folder on; a sample has none.
        Raises ClaimcliError where the file cannot be read.
        """
        if self._configuration is None:
            self._configuration = settings_of(self.given)
        return self._configuration

    def names_data(self) -> bool:
        """Return whether options say where the data is."""
        return bool(self.given.get("data") or self.given.get("sample"))

    def paths(self) -> list[Path]:
        """Return where the data is."""
        from claimcli.opening import find_data, sample

        data, name = self.given.get("data"), self.given.get("sample")
        if data and name:
            raise ClaimcliError("--data and --sample exclude each other", "name one of them")
        if name:
            return [sample(name)]
        if data:
            return [Path(path) for path in data]
        return find_data(os.environ, Path.cwd(), self.configuration())

    def spare(self, output: Path | None, among: Sequence[Path] = ()) -> None:
        """Raise ClaimcliError where an output file would be one of the dossier's own files.

        ``among`` is where the data is if a command was told so in an argument.
        """
        if output is None or str(output) == "-":
            return
        from claimcli.cli.output import refuse_own

        try:
            paths = among or self.paths()
        except ClaimcliError:  # whoever needs the data says so
            return
        refuse_own(output, paths)

    def open(
        self,
        ask: Ask = Ask(reach=Reach.ALL),  # noqa: B008 - frozen
        paths: Sequence[Path] = (),
        instead: Mapping[str, bytes] = MappingProxyType({}),
    ) -> Dossier:
        """Return what is asked of the dossier, everything if nothing is.

        ``instead`` gives the bytes to read in place of those on the disk, by a file's true path.
        """
        from msgspec.structs import replace

        from claimcli.opening import open_dossier

        with self.around() as around:
            return open_dossier(paths or self.paths(), ask, replace(around, instead=instead))

    def index(self, use: Callable[[Any], Any]) -> Any:
        """Return what ``use`` makes of a connection to the index of the dossier."""
        from claimcli.files import find_files
        from claimcli.opening import with_index

        with self.around() as around:
            return with_index(find_files(self.paths()), use, around)

    @contextmanager
    def around(self) -> Iterator[Any]:
        """Give what lies around the dossier; on a terminal long reading shows how far it is."""
        from claimcli.cli.output import talk
        from claimcli.cli.progress import Progress
        from claimcli.opening import Around

        with Progress(sys.stderr) as progress:
            yield Around(cache=self._cache, tell=talk, progress=progress.show)

    def _cache(self) -> Path | None:
        if self.given.get("no_cache") or not self.configuration().keep:
            return None
        from claimcli.folders import cache_folder

        return cache_folder()


class BareSession(Session):
    """A session of a command that must work where claimcli.toml does not."""

    def configuration(self) -> Configuration:
        """Return no settings."""
        return Configuration()


class FlaggedSession(Session):
    """A session of a command that takes the filter flags."""

    def narrows(self) -> bool:
        """Return whether flags or a query ask for some claims only."""
        return any(self.given.get(name) for name in (*FLAGS, "since", "until", "query"))

    def ask(self, **how: Any) -> Ask:
        """Return what the flags, and the query if there is one, ask for.

        ``how`` are further fields of it.
        """
        given = self.given
        flags = [flag(name, given[name]) for name in FLAGS if given[name]]
        if given["since"]:
            flags.append(since(given["since"]))
        if given["until"]:
            flags.append(until(given["until"]))
        written = parse_query(" ".join(given.get("query") or ()))
        return Ask(query=both([*flags, written]), **how)


class FilteredSession(FlaggedSession):
    """A session of a command that takes a query too."""


FLAGS = ("party", "speaker", "issue", "tag", "source", "status")


def _common(
    data: DataOption = None,
    sample: SampleOption = None,
    color: ColorOption = None,
    no_cache: NoCacheOption = False,
) -> None: ...


def _asking(query: QueryArgument = None) -> None: ...


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


_DONORS = ((FilteredSession, _asking), (FlaggedSession, _filters), (Session, _common))


def shared_names() -> tuple[list[str], list[str]]:
    """Return the names of the options of every command, and of those that narrow the claims."""
    return list(inspect.signature(_common).parameters), list(inspect.signature(_filters).parameters)


def with_shared_options(function: Callable[..., None]) -> Callable[..., None]:
    """Return the command with the shared options added.

    A command asks for them by its first parameter: a :class:`Session` gets the ones of every
    command, a :class:`FlaggedSession` the filter flags too, a :class:`FilteredSession` the query;
    others get what their ``donors`` say.
    """
    kind = get_type_hints(function)["session"]
    donors = [*kind.donors, *(donor for needs, donor in _DONORS if issubclass(kind, needs))]
    own = list(inspect.signature(function).parameters.values())[1:]
    forms = forms_of(function.__doc__ or "")
    every_shared = [p for donor in donors for p in inspect.signature(donor).parameters.values()]

    @wraps(function)
    def command(ctx: typer.Context, **given: Any) -> None:
        mine = {parameter.name: given.pop(parameter.name) for parameter in own}
        before = {name: value for name, value in (ctx.obj or {}).items() if value}
        shared = {**given, **before, **{k: v for k, v in given.items() if v}}
        session = kind(shared)
        session.spare(mine.get("output"))
        unsaid = {name for name in mine if _is_unsaid(ctx, name)}
        settings, name = session.configuration(), function.__name__.rstrip("_")
        mine.update(defaults(settings, name, unsaid=unsaid, forms=forms))
        function(session, **mine)

    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    every = [
        context,
        *(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own, *every_shared)),
    ]
    command.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]  # read by inspect
    command.__annotations__ = {p.name: p.annotation for p in every}
    return command


def _is_unsaid(ctx: typer.Context, name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is None or source.name == "DEFAULT"


def _color(word: str | None) -> str:
    if word in (None, "auto", "always", "never"):
        return word or "auto"
    raise ClaimcliError(f"no colour mode '{word}'", "write auto, always or never")
