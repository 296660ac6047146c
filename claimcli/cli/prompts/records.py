"""The questions for a record of any kind, derived from the schema."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from claimcli.cli.change_messages import report_change
from claimcli.cli.inputs import given_path
from claimcli.cli.prompts.checks import (
    choice_of,
    date_of,
    id_on_file,
    known_or_new,
    list_of,
    parsable,
    text_file,
    unused_id,
)
from claimcli.cli.prompts.questions import NONE, Answers, Question, Step
from claimcli.cli.prompts.terminal import can_ask
from claimcli.cli.record_options import RecordSession
from claimcli.cli.web_sources import WANTED, cited_pages
from claimcli.core.problems import ClaimcliError
from claimcli.core.schema import RECORD_KINDS, Field, FieldType
from claimcli.dossier.index.lookup import free_id, names_to_complete
from claimcli.edit import commands
from claimcli.edit.assignments import parse_value
from claimcli.edit.new_records import NAMED_BY, NewRecord, id_from_text
from claimcli.edit.target import EditTarget
from claimcli.edit.transaction import Change

ASKED = {
    "party": ("name", "id", "kind", "part_of", "speakers"),
    "source": ("title", "id", "outlet", "author", "published", "url", "kind", "text"),
    "issue": ("question", "id", "positions"),
    "event": ("title", "id", "date", "place"),
}
"""The fields that are asked for, in order: an id is derived from the field before it."""
ABOUT = {
    ("source", "text"): "a file with its text, which is copied into the dossier",
    ("source", "url"): "its address",
    ("source", "kind"): "primary, or secondary for a report of other sources",
}
"""What questions say about fields whose answers differ from the values in files."""


class Form:
    """The fields of a record that are given, and the questions for others.

    ``given`` are the fields from flags. ``steps`` are the questions in order.
    """

    kept: tuple[str, ...] = ()
    """The fields whose answers are the defaults for the next record."""

    def __init__(
        self,
        session: RecordSession,
        given: Mapping[str, Any],
        *,
        file: Path | None = None,
        dry_run: bool = False,
    ) -> None:
        self.session, self.given, self.kind = session, dict(given), RECORD_KINDS[session.kind]
        self.file, self.dry_run = file, dry_run
        self.pages: dict[str, NewRecord] = {}
        asked = tuple(WANTED) if session.page else ASKED.get(session.kind, ())
        if session.page and given.get("title") == given.get("url"):  # the page does not state it
            asked = ("title", *asked)
        self.open = [name for name in asked if name not in given or name == "title"]
        self.steps: list[Step] = [partial(self.question, name) for name in self.open]

    def asks(self) -> bool:
        """Return whether to ask questions: a field is missing, or the page does not state it.

        Raises ClaimcliError if a field is missing and this is not a terminal.
        """
        missing = self.missing()
        if missing and not can_ask():
            hint = f"add {self.option_of(missing[0])}"
            raise ClaimcliError(f"the {missing[0].name} is missing", hint)
        return bool(missing) or (bool(self.session.page and self.open) and can_ask())

    @property
    def repeats(self) -> bool:
        """Whether another record can follow that has the same given fields."""
        own = {"id", NAMED_BY[self.session.kind]} & self.given.keys()
        return not (self.dry_run or own or self.session.page)

    def look_up(self, function: Callable[..., Any], *arguments: object) -> Any:
        """Return the result of a function of the index and some arguments."""
        return self.session.index(lambda db: function(db, *arguments))

    def missing(self) -> list[Field]:
        """Return the fields that must be given and are not; an id is derived from another."""
        named_by = {NAMED_BY[self.session.kind]} if "id" not in self.given else set()
        needed = {*self.kind.required, *named_by} - {"id", *self.given}
        return [field for field in self.kind.fields if field.name in needed]

    def save(self, record: Mapping[str, Any]) -> None:
        """Write a record, and report it. Raises ClaimcliError if it is invalid.

        The pages that it cites by address are downloaded once, also if it is saved again.
        """
        self.pages = cited_pages(self.session, record, self.pages)
        change = self.session.write(
            lambda target: self.change(target, record), self.file, dry_run=self.dry_run
        )
        report_change(change, self.done(change, record), self.session, dry_run=self.dry_run)

    def notes(self, record: Mapping[str, Any]) -> Sequence[str]:  # noqa: ARG002 - claims do
        """Return what the user should know of a record before it is written."""
        return ()

    def check_given(self) -> None:
        """Raise ClaimcliError if a given field is invalid, whatever the others will be."""
        if self.given:
            flags = {"dry_run": True, "unverified": True}
            with self.session.draft(self.file, **flags) as target:
                self.change(target, {**self._fillers(), **self.given})

    def _fillers(self) -> dict[str, Any]:
        """Return values for the fields that are not given but required."""
        required = {field.name: "filler" for field in self.missing()}
        return {"id": self.look_up(free_id, "filler", self.session.kind), **required}

    def change(self, target: EditTarget, record: Mapping[str, Any]) -> Change:
        """Add a record to the dossier."""
        fields = {name: value for name, value in record.items() if name != "text"}
        text = given_path(record["text"]) if "text" in record else self.session.text
        return commands.add_record(target, self.session.kind, fields, text=text, pages=self.pages)

    def done(self, change: Change, record: Mapping[str, Any]) -> str:  # noqa: ARG002 - answers do
        """Return the message about a change that added a record."""
        return f"added '{change.record.id}'"

    def option_of(self, field: Field) -> str:
        """Return how to give a field on the command line."""
        flag, *_, placeholder = field.flag.split() or [f"--{field.name}", "TEXT"]
        return f"{flag} {placeholder}"

    def fields(self) -> dict[str, str]:
        """Return the fields that can be changed, with their descriptions."""
        return {f.name: f.about for f in self.kind.fields if f.type is not FieldType.THREAD}

    def question(self, name: str, answers: Answers) -> Question | None:
        """Return the question for a field, None if it does not apply to the answers so far."""
        field = next(field for field in self.kind.fields if field.name == name)
        text = ABOUT.get((self.session.kind, name), field.about)
        about = f"{text[:1].lower()}{text[1:].rstrip('.')}"
        known, check = self._expected(field)
        default = self._new_id(answers) if field.type is FieldType.ID else ""
        if name == "title" and self.session.page:
            default = str(self.session.page.get("url", ""))
        empty = "commas between several; enter for none" if field.many else NONE
        return Question(name, about, field.required, default, empty, known, check)

    def _new_id(self, answers: Answers) -> str:
        """Return the id that is derived from other fields."""
        kind = self.session.kind
        words = answers.get(NAMED_BY[kind]) or self.given.get(NAMED_BY[kind], "")
        return str(self.look_up(free_id, id_from_text(str(words), f"{kind}-1"), kind))

    def _expected(self, field: Field) -> tuple[Mapping[str, str], Callable[[str], str]]:
        """Return the answers to complete, and the check of an answer."""
        if field.type is FieldType.ID:
            return {}, lambda answer: str(self.look_up(unused_id, self.session.kind, answer))
        if field.type is FieldType.DATE:
            return {}, date_of
        words = ("true", "false") if field.type is FieldType.FLAG else field.choices
        if words:
            return dict.fromkeys(words, ""), choice_of(words, field.name)
        if field.type is FieldType.REFERENCE:
            known = self.look_up(names_to_complete, field.of)
            find = known_or_new if field.of == "party" else id_on_file
            check = partial(self.look_up, find, field.of)
            return known, list_of(check) if field.many else check
        return {}, text_file if field.name == "text" else partial(parsable, field=field.name)

    def record(self, answers: Answers) -> dict[str, Any]:
        """Return the record with the fields that are given and answered."""
        typed = {name: parse_value(name, text) for name, text in answers.items() if text}
        return {**self.given, **typed}

    def remarks(self, answers: Answers) -> dict[str, str]:  # noqa: ARG002 - those of claims do
        """Return what to show for fields without a value, by name."""
        return {}
