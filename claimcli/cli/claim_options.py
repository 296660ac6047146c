"""The options that give the fields of a claim, and the sessions of commands that write records."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from claimcli.cli.options import Many
from claimcli.cli.session import Session
from claimcli.core.problems import ClaimcliError

Text = str | None


def _option(name: str, metavar: str, about: str, *short: str) -> Any:
    return typer.Option(f"--{name}", *short, metavar=metavar, help=about)


FileOption = Annotated[
    Path | None, _option("file", "FILE", "The file to write to; created if missing.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Print the patch, and write nothing.")
]
ApartOption = Annotated[
    bool, typer.Option("--apart", help="Write a separate claim, not one below the answered claim.")
]
AnsweredArgument = Annotated[
    str, typer.Argument(metavar="CLAIM", help="The id of the claim to answer.")
]
RecordArgument = Annotated[
    str, typer.Argument(metavar="ID", help="A claim, party, source, issue or event; or KIND:ID.")
]
RecordKindOption = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help="claim, party, source, issue or event."),
]
SOURCE_HELP = "The source: an id, a title, or 'title: ..., published: ..., url: ...'. Repeatable."


def _claim_fields(
    party: Annotated[Many, _option("party", "ID", "The party. Repeatable.", "-p")] = None,
    statement: Annotated[Text, _option("statement", "TEXT", "The statement.", "-s")] = None,
    claim_id: Annotated[Text, _option("id", "ID", "The id; by default from the statement.")] = None,
    speaker: Annotated[Text, _option("speaker", "NAME", "Who spoke for the party.")] = None,
    said: Annotated[Text, _option("said", "DATE", "When it was said.")] = None,
    about: Annotated[Text, _option("about", "DATE", "The time that it is about.")] = None,
    issue: Annotated[Text, _option("issue", "ID", "The issue that it speaks to.", "-i")] = None,
    position: Annotated[Text, _option("position", "WORD", "The position on the issue.")] = None,
    event: Annotated[Text, _option("event", "ID", "The event that it is about.")] = None,
    reports_party: Annotated[Text, _option("reports-party", "ID", "Whose words it relays.")] = None,
    reports_speaker: Annotated[Text, _option("reports-speaker", "NAME", "Who spoke them.")] = None,
    source: Annotated[Many, _option("source", "SOURCE", SOURCE_HELP)] = None,
    quote: Annotated[Text, _option("quote", "TEXT", "The words in the source.")] = None,
    translation: Annotated[Text, _option("translation", "TEXT", "The quote translated.")] = None,
    locator: Annotated[Text, _option("locator", "TEXT", "Where in the source they are.")] = None,
    restates: Annotated[Text, _option("restates", "ID", "The claim that it repeats.")] = None,
    supersedes: Annotated[Text, _option("supersedes", "ID", "The claim that it replaces.")] = None,
    withdrawn: Annotated[Text, _option("withdrawn", "DATE", "When it was withdrawn.")] = None,
    tag: Annotated[Many, _option("tag", "TAG", "A tag. Repeatable.")] = None,
    note: Annotated[Text, _option("note", "TEXT", "A note.")] = None,
) -> None: ...


_PLAIN = (
    "party", "statement", "speaker", "said", "about", "issue", "position", "event", "restates",
    "supersedes", "withdrawn", "note",
)  # fmt: skip
_QUOTING = ("quote", "translation", "locator")


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
        """Return the given fields of a claim. Raises ClaimcliError if one is invalid."""
        given = {name: value for name, value in self.options.items() if value}
        fields: dict[str, Any] = {name: given[name] for name in _PLAIN if name in given}
        fields |= {"id": given.get("claim_id"), "tags": given.get("tag")}
        reports = {part: given.get(f"reports_{part}") for part in ("party", "speaker")}
        fields["reports"] = {part: value for part, value in reports.items() if value}
        fields |= cited(given.get("source", []), {n: given[n] for n in _QUOTING if n in given})
        return {name: value for name, value in fields.items() if value}


def cited(sources: list[str], quoting: dict[str, str]) -> dict[str, Any]:
    """Return the field of a claim that cites its sources: ``source``, ``sources`` or none."""
    from claimcli.edit.assignments import add_quote, parse_record

    citations = add_quote(
        [parse_record("source", text) for text in sources if text.strip()], quoting
    )
    if len(citations) > 1:
        return {"sources": citations}
    return {"source": citations[0]} if citations else {}
