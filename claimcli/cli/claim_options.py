"""The options that give the fields of a claim, and the sessions of commands that write records."""

import inspect
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

from claimcli.cli.options import Many, Text, argument, option
from claimcli.cli.session import Session
from claimcli.core.problems import ClaimcliError
from claimcli.core.schema import CLAIM, QUOTING, REPORTS, Field, Kind

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
    "--id": "The claim's id; by default derived from the statement.",
    "--source": "An id, a title, or 'title: ..., published: ..., url: ...'. Repeatable.",
}
"""Help for flags that take other values than the field in a file."""


def _parameter_name(field: Field) -> str:
    name = field.flag.split()[0].removeprefix("--").replace("-", "_")
    return "claim_id" if name == "id" else name


def _parameter(field: Field) -> inspect.Parameter:
    """Return the parameter of a command for a field's flag."""
    about = f"{field.about} Repeatable." if field.many else field.about
    about = _HELP.get(field.flag.split()[0], about)
    return inspect.Parameter(
        _parameter_name(field),
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[Many if field.many else Text, option(field.flag, about)],
    )


def _flagged(fields: Iterable[Field]) -> dict[str, str]:
    """Return the names of the fields that have a flag, by the names of their parameters."""
    return {_parameter_name(field): field.name for field in fields if field.flag}


def _claim_fields() -> None: ...


_claim_fields.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
    [_parameter(f) for f in (*CLAIM.fields, *REPORTS.fields, *QUOTING) if f.flag]
)


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

    @contextmanager
    def draft(self, file: Path | None = None, *, dry_run: bool = False) -> Iterator[Any]:
        """Yield the target of a change. Raises ClaimcliError if the dossier is a sample."""
        from claimcli.edit.commands import EditTarget

        with self.load_options() as options:
            yield EditTarget(self.writable_paths(), file, options, dry_run)


class ClaimSession(WritingSession):
    """The session of a command that takes the fields of a claim."""

    option_sources = (_claim_fields,)

    def fields(self) -> dict[str, Any]:
        """Return the fields of a claim that are given. Raises ClaimcliError if one is invalid."""
        given = {name: value for name, value in self.options.items() if value}
        claim, reports, quoting = (
            {field: given[name] for name, field in _flagged(fields).items() if name in given}
            for fields in (CLAIM.fields, REPORTS.fields, QUOTING)
        )
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
