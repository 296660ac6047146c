"""The options that give the fields of a record, and the sessions of commands that write records."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from claimcli.cli.options import Many, PrivateOption, Text, argument, option
from claimcli.cli.session import Session
from claimcli.core.problems import ClaimcliError
from claimcli.core.response_kinds import Kind
from claimcli.core.schema import CLAIM, QUOTING, RECORD_KINDS, REPORTS, Field, FieldType

FileOption = Annotated[
    Path | None, option("--file FILE", "The file to write to; created if missing.")
]
DryRunOption = Annotated[bool, option("--dry-run", "Print the patch, and write nothing.")]
ApartOption = Annotated[
    bool, option("--apart", "Write a separate claim, not one below the answered claim.")
]
AnsweredArgument = Annotated[str, argument("CLAIM", "The id of the claim to answer.")]
RecordArgument = Annotated[
    str, argument("ID", "A claim, party, source, issue or event; or KIND:ID.")
]
RecordKindOption = Annotated[Text, option("--kind KIND", "claim, party, source, issue or event.")]
_HELP = {
    ("claim", "id"): "The claim's id; by default derived from the statement.",
    (
        "claim",
        "source",
    ): "An id, a title, a web address, or 'title: ..., published: ..., url: ...'. Repeatable.",
    ("party", "id"): "The name that claims use; by default derived from the name.",
    ("source", "id"): "The name that claims cite it by; by default derived from the title.",
    ("source", "url"): "The address, which is only noted.",
    ("source", "text"): "A file with its text, copied to the folder 'texts' next to the YAML file.",
    ("issue", "id"): "The name that claims use; by default derived from the question.",
    ("event", "id"): "The name that claims use; by default derived from the title.",
}
"""Help for flags of a kind of record that take other values than the field in a file."""


def _parameter_name(field: Field) -> str:
    name = field.flag.split()[0].removeprefix("--").replace("-", "_")
    return "new_id" if name == "id" else name


def _parameter(field: Field, kind: str) -> inspect.Parameter:
    """Return the parameter of a command for a field's flag."""
    choices = f" One of {', '.join(field.choices)}." if kind == "party" and field.choices else ""
    about = f"{field.about}{choices} Repeatable." if field.many else f"{field.about}{choices}"
    about = _HELP.get((kind, field.name), about)
    is_flag = field.type is FieldType.FLAG
    type_: Any = bool if is_flag else Many if field.many else Text
    return inspect.Parameter(
        _parameter_name(field),
        inspect.Parameter.KEYWORD_ONLY,
        default=False if is_flag else None,
        annotation=Annotated[type_, option(field.flag, about)],
    )


def _flagged(fields: Iterable[Field]) -> dict[str, str]:
    """Return the names of the fields that have a flag, by the names of their parameters."""
    return {_parameter_name(field): field.name for field in fields if field.flag}


def _options_of(kind: str, *more: Field) -> Callable[..., None]:
    """Return a function whose parameters are the flags of a kind of record and of more fields."""

    def options() -> None: ...

    fields = (*RECORD_KINDS[kind].fields, *more)
    options.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [_parameter(field, kind) for field in fields if field.flag]
    )
    return options


def kinds_help(*, opposing: bool) -> str:
    """Return the kinds of response that oppose a claim, or the others, for a help text."""
    *others, last = (kind.value for kind in Kind if kind.opposes is opposing)
    return f"{', '.join(others)} or {last}."


class WritingSession(Session):
    """The session of a command that changes the dossier."""

    def writable_paths(self) -> list[Path]:
        """Return where the data is. Raises ClaimcliError if it is a bundled sample."""
        if self.options.get("sample"):
            raise ClaimcliError("a sample cannot be changed", "name a folder with --data")
        return self.paths()

    def whole_id(self, word: str, kind: str | None = None) -> str:
        """Return the id that a part of an id means, if the user agrees to it, else the word.

        Only on a terminal the user is asked. Raises Declined if the answer is no.
        """
        from claimcli.cli.prompts.questions import Declined, agrees, stoppable
        from claimcli.cli.prompts.terminal import can_ask
        from claimcli.dossier.index.lookup import find_record

        if not can_ask():
            return word
        named = f"{kind}:{word}" if kind and not word.startswith(f"{kind}:") else word
        try:
            found, name = self.index(lambda db: find_record(db, named))
        except ClaimcliError:  # the command says what is wrong
            return word
        if name == word.rpartition(":")[2]:
            return word
        with stoppable():
            if not agrees(f"no id '{word}'; use the {found} '{name}'"):
                raise Declined
        return name if kind else f"{found}:{name}"

    @contextmanager
    def draft(self, file: Path | None = None, **flags: bool) -> Iterator[Any]:
        """Yield the target of a change. Raises ClaimcliError if the dossier is a sample.

        ``flags`` are ``dry_run`` and ``unverified`` of the target.
        """
        from claimcli.edit.target import EditTarget

        with self.load_options() as options:
            yield EditTarget(self.writable_paths(), file, options, **flags)

    def write(
        self, change: Callable[[Any], Any], file: Path | None = None, *, dry_run: bool = False
    ) -> Any:
        """Return the result of ``change``, called with the target of the change.

        If it adds a quote that is not in the text of its source, ask on a terminal whether to write
        it; elsewhere raise UnverifiedQuotesError.
        """
        from claimcli.cli.change_messages import confirm_unverified
        from claimcli.edit.quote_review import UnverifiedQuotesError

        unverified = bool(self.options.get("unverified"))
        try:
            with self.draft(file, dry_run=dry_run, unverified=unverified) as target:
                return change(target)
        except UnverifiedQuotesError as error:
            confirm_unverified(error)
        with self.draft(file, dry_run=dry_run, unverified=True) as target:
            return change(target)


def _unverified(
    unverified: Annotated[
        bool, option("--unverified", "Also write a quote that is not in the text of its source.")
    ] = False,
) -> None: ...


def _private(allow_private: PrivateOption = False) -> None: ...


class QuotingSession(WritingSession):
    """The session of a command that can change quotes."""

    option_sources = (_unverified,)


class RecordSession(WritingSession):
    """The session of a command that takes the fields of a record of a kind."""

    kind = ""
    text: Any = None
    """The text to store of a source, unless its fields name a file."""
    page: Mapping[str, Any] = MappingProxyType({})
    """The fields that the page of a source states."""

    def fields(self) -> dict[str, Any]:
        """Return the fields that are given. Raises ClaimcliError if one is invalid."""
        from claimcli.edit.assignments import PAIR_FIELDS, parse_value

        given = self._given(RECORD_KINDS[self.kind].fields)
        for name in PAIR_FIELDS & given.keys():
            given[name] = [pair for text in given[name] for pair in parse_value(name, text)]
        return given

    def _given(self, fields: Iterable[Field]) -> dict[str, Any]:
        given = {
            name: "true" if value is True else value
            for name, value in self.options.items()
            if value
        }
        return {field: given[name] for name, field in _flagged(fields).items() if name in given}


class PartySession(RecordSession):
    """The session of a command that takes the fields of a party."""

    kind = "party"
    option_sources = (_options_of("party"),)


class SourceSession(RecordSession):
    """The session of a command that takes the fields of a source."""

    kind = "source"
    option_sources = (_options_of("source"), _private)

    def fields(self) -> dict[str, Any]:
        """Return the fields that are given, and those that the page states."""
        return {**self.page, **super().fields()}


class IssueSession(RecordSession):
    """The session of a command that takes the fields of an issue."""

    kind = "issue"
    option_sources = (_options_of("issue"),)


class EventSession(RecordSession):
    """The session of a command that takes the fields of an event."""

    kind = "event"
    option_sources = (_options_of("event"),)


class ClaimSession(RecordSession):
    """The session of a command that takes the fields of a claim."""

    kind = "claim"
    option_sources = (_options_of("claim", *REPORTS.fields, *QUOTING), _unverified, _private)

    def fields(self) -> dict[str, Any]:
        """Return the fields that are given, with the quote in its source."""
        claim, reports, quoting = map(self._given, (CLAIM.fields, REPORTS.fields, QUOTING))
        claim |= cited(claim.pop("source", []), quoting)
        return claim | ({"reports": reports} if reports else {})


def cited(sources: list[str], quoting: dict[str, str]) -> dict[str, Any]:
    """Return the field of a claim that cites its sources: ``source``, ``sources`` or none."""
    from claimcli.edit.assignments import add_quote, parse_record

    citations = add_quote(
        [parse_record("source", text) for text in sources if text.strip()], quoting
    )
    if len(citations) > 1:
        return {"sources": citations}
    return {"source": citations[0]} if citations else {}
