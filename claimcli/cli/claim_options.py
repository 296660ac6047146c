"""The options that say what a claim is, and the session of the commands that write claims."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from claimcli.cli.options import Many
from claimcli.cli.session import Session
from claimcli.core.problems import ClaimcliError

Text = str | None


def _option(name: str, metavar: str, words: str, *short: str) -> Any:
    return typer.Option(f"--{name}", *short, metavar=metavar, help=words)


FileOption = Annotated[
    Path | None, _option("file", "FILE", "The file of the dossier to write to; made if need be.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Print the patch, and write nothing.")
]
ApartOption = Annotated[
    bool, typer.Option("--apart", help="Write a claim of its own, not one under what it answers.")
]
AnsweredArgument = Annotated[
    str, typer.Argument(metavar="CLAIM", help="The claim that is answered, by its id.")
]
SOURCE_HELP = (
    "Where it is from: an id, 'title: ..., published: ..., url: ...', or a title. Repeatable."
)


def _claim_fields(
    party: Annotated[Many, _option("party", "ID", "Who says it. Repeatable.", "-p")] = None,
    statement: Annotated[Text, _option("statement", "TEXT", "What is said.", "-s")] = None,
    claim_id: Annotated[Text, _option("id", "ID", "Its id; else made of the statement.")] = None,
    speaker: Annotated[Text, _option("speaker", "NAME", "Who spoke for the party.")] = None,
    said: Annotated[Text, _option("said", "DATE", "When it was said.")] = None,
    about: Annotated[Text, _option("about", "DATE", "The time that it speaks of.")] = None,
    issue: Annotated[Text, _option("issue", "ID", "The question that it answers.", "-i")] = None,
    position: Annotated[Text, _option("position", "WORD", "Its answer to the issue.")] = None,
    event: Annotated[Text, _option("event", "ID", "The event that it speaks of.")] = None,
    reports_party: Annotated[Text, _option("reports-party", "ID", "Whose words it relays.")] = None,
    reports_speaker: Annotated[Text, _option("reports-speaker", "NAME", "Who spoke them.")] = None,
    source: Annotated[Many, _option("source", "SOURCE", SOURCE_HELP)] = None,
    quote: Annotated[Text, _option("quote", "TEXT", "The words that stand in the source.")] = None,
    translation: Annotated[Text, _option("translation", "TEXT", "The quote translated.")] = None,
    locator: Annotated[Text, _option("locator", "TEXT", "Where in the source they stand.")] = None,
    restates: Annotated[Text, _option("restates", "ID", "The claim that it repeats.")] = None,
    supersedes: Annotated[Text, _option("supersedes", "ID", "The claim that it replaces.")] = None,
    withdrawn: Annotated[Text, _option("withdrawn", "DATE", "When it was taken back.")] = None,
    tag: Annotated[Many, _option("tag", "TAG", "A word to find it by. Repeatable.")] = None,
    note: Annotated[Text, _option("note", "TEXT", "What else is to be known.")] = None,
) -> None: ...


_PLAIN = (
    "party", "statement", "speaker", "said", "about", "issue", "position", "event", "restates",
    "supersedes", "withdrawn", "note",
)  # fmt: skip
_QUOTING = ("quote", "translation", "locator")


class WritingSession(Session):
    """A session of a command that changes the dossier."""

    @contextmanager
    def draft(self, file: Path | None = None, *, dry_run: bool = False) -> Iterator[Any]:
        """Give where to write. Raises ClaimcliError where the dossier is a sample."""
        from claimcli.edit.commands import EditTarget

        if self.given.get("sample"):
            raise ClaimcliError("a sample is not changed", "name a folder with --data")
        with self.load_options() as options:
            yield EditTarget(self.paths(), file, options, dry_run)


class ClaimSession(WritingSession):
    """A session of a command that takes the fields of a claim."""

    donors = (_claim_fields,)

    def fields(self) -> dict[str, Any]:
        """Return the fields of a claim that are given. Raises ClaimcliError where they are none."""
        given = {name: value for name, value in self.given.items() if value}
        found: dict[str, Any] = {name: given[name] for name in _PLAIN if name in given}
        found |= {"id": given.get("claim_id"), "tags": given.get("tag")}
        reports = {part: given.get(f"reports_{part}") for part in ("party", "speaker")}
        found["reports"] = {part: value for part, value in reports.items() if value}
        found |= cited(given.get("source", []), {n: given[n] for n in _QUOTING if n in given})
        return {name: value for name, value in found.items() if value}


def cited(sources: list[str], quoting: dict[str, str]) -> dict[str, Any]:
    """Return the field of a claim that says what it is cited from."""
    from claimcli.edit.assignments import add_quote, parse_record

    found = add_quote([parse_record("source", text) for text in sources if text.strip()], quoting)
    return {"sources": found} if len(found) > 1 else {"source": found[0]} if found else {}
