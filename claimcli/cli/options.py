"""Options that commands share, each once, and the session that a command gets from them."""

import inspect
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from claimcli.dates import FORMS, Date, parse_date
from claimcli.model import Dossier
from claimcli.near import did_you_mean
from claimcli.opening import find_data, open_dossier, sample
from claimcli.problems import ClaimcliError
from claimcli.query import Filters
from claimcli.relations import Status

Many = list[str] | None

DataOption = Annotated[
    Many,
    typer.Option("--data", metavar="PATH", help="A file or folder of the dossier. Repeatable."),
]
SampleOption = Annotated[
    str | None,
    typer.Option("--sample", metavar="NAME", help="A dossier that the package carries: call."),
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


class Session:
    """What the shared options of one call say."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.color = _color(given.get("color"))

    def paths(self) -> list[Path]:
        """Return where the data is."""
        data, name = self.given.get("data"), self.given.get("sample")
        if data and name:
            raise ClaimcliError("--data and --sample exclude each other", "name one of them")
        if name:
            return [sample(name)]
        return [Path(path) for path in data] if data else find_data(os.environ, Path.cwd())

    def open(self) -> Dossier:
        """Return the dossier, narrowed where the command takes filters."""
        return open_dossier(self.paths())


class FilteredSession(Session):
    """A session of a command that takes the filter flags."""

    def open(self) -> Dossier:
        """Return the dossier with the claims that the flags ask for."""
        return open_dossier(self.paths(), self.filters())

    def filters(self) -> Filters:
        """Return the filter flags as filters."""
        given = self.given
        return Filters(
            parties=tuple(given["party"] or ()),
            speakers=tuple(given["speaker"] or ()),
            issues=tuple(given["issue"] or ()),
            tags=tuple(given["tag"] or ()),
            sources=tuple(given["source"] or ()),
            since=_date("--since", given["since"]),
            until=_date("--until", given["until"]),
            statuses=tuple(_status(word) for word in given["status"] or ()),
        )


def _common(
    data: DataOption = None, sample: SampleOption = None, color: ColorOption = None
) -> None: ...


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


def with_shared_options(function: Callable[..., None]) -> Callable[..., None]:
    """Return the command with the shared options added.

    A command asks for them by its first parameter: a :class:`Session` gets the ones of every
    command, a :class:`FilteredSession` the filters too.
    """
    kind = get_type_hints(function)["session"]
    donors = (_filters, _common) if issubclass(kind, FilteredSession) else (_common,)
    own = list(inspect.signature(function).parameters.values())[1:]
    shared = [p for donor in donors for p in inspect.signature(donor).parameters.values()]

    @wraps(function)
    def command(ctx: typer.Context, **given: Any) -> None:
        mine = {parameter.name: given.pop(parameter.name) for parameter in own}
        before = {name: value for name, value in (ctx.obj or {}).items() if value}
        function(kind({**given, **before, **{k: v for k, v in given.items() if v}}), **mine)

    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    every = [context, *(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own, *shared))]
    command.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]  # read by inspect
    command.__annotations__ = {p.name: p.annotation for p in every}
    return command


def _color(word: str | None) -> str:
    if word in (None, "auto", "always", "never"):
        return word or "auto"
    raise ClaimcliError(f"no colour mode '{word}'", "write auto, always or never")


def _date(option: str, text: str | None) -> Date | None:
    if text is None:
        return None
    try:
        return parse_date(text)
    except ValueError as error:
        raise ClaimcliError(f"{option}: {error}", FORMS) from None


def _status(word: str) -> Status:
    try:
        return Status(word.lower())
    except ValueError:
        words = [status.value for status in Status]
        hint = did_you_mean(word, words, f"write one of {', '.join(words)}")
        raise ClaimcliError(f"no status '{word}'", hint) from None
