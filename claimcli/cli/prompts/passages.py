"""Collecting quotes: the passages of a text one by one, each accepted, edited or skipped."""

from pathlib import Path
from typing import Any

from claimcli.analysis.passages import Passage, passages
from claimcli.cli.output import say
from claimcli.cli.prompts.claims import ClaimForm
from claimcli.cli.prompts.dialogue import confirm_and_save, show_fields
from claimcli.cli.prompts.questions import Answers, Declined, ask_all, reply, stoppable
from claimcli.cli.prompts.terminal import can_ask, read_key
from claimcli.cli.record_options import ClaimSession
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Request, Scope, field_condition
from claimcli.core.text.word_diff import plural
from claimcli.dossier.index.lookup import require_record

ACCEPT, EDIT, SKIP, BACK, STOP = "a", "e", "s", "<", "q"
_KEYS = (ACCEPT, EDIT, SKIP, BACK, STOP)
_MESSAGE = f"{ACCEPT} accepts, {EDIT} edits, {SKIP} skips, {BACK} goes back, {STOP} stops: "


def collect_quotes(session: ClaimSession, source: str, *, file: Path | None, dry_run: bool) -> None:
    """Ask which passages of a source's text become claims, and for the other fields of these.

    Raises ClaimcliError if a given field is invalid, if the source has no text with quoted
    passages, or if this is not a terminal.
    """
    given = session.fields()
    if {"source", "sources"} & {*given}:
        raise ClaimcliError("--from and --source exclude each other", "leave out --source")
    if not can_ask():
        raise ClaimcliError("--from asks questions on a terminal", "add --source and --quote")
    session.index(lambda db: require_record(db, "source", source))
    ClaimForm(session, given, file=file).check_given()
    only = Request(query=field_condition("source", [source]), scope=Scope.REGISTRIES)
    found = passages(session.open(only), source)
    if not found:
        message = f"the text of '{source}' has no quoted passage that is not in a claim already"
        raise ClaimcliError(message, f"add --source {source} --quote with words of the text")
    written: list[Passage] = []
    with stoppable(written):
        _Collection(session, source, file, dry_run=dry_run).run(found, written)
    say(f"{plural(len(written), 'claim')} added from {plural(len(found), 'passage')}")


class _Collection:
    """The claims made from the passages of a source, and the defaults for the next one."""

    def __init__(
        self, session: ClaimSession, source: str, file: Path | None, *, dry_run: bool
    ) -> None:
        self.session, self.source, self.file, self.dry_run = session, source, file, dry_run
        self.kept: Answers = {}
        self.people: dict[str, Answers] = {}

    def run(self, found: tuple[Passage, ...], written: list[Passage]) -> None:
        """Show each passage and do what a key says; append those that become claims."""
        at = 0
        while at < len(found):
            passage = found[at]
            place = f"{at + 1} of {len(found)}, {passage.locator}"
            show_fields({"passage": place, **_described(passage)})
            key = read_key([("bold", _MESSAGE)], _KEYS)
            if key == STOP:
                return
            if key in (ACCEPT, EDIT):
                quote = _edited(passage.quote) if key == EDIT else passage.quote
                if not self._add(passage, quote):
                    continue
                written.append(passage)
            at = max(0, at - 1) if key == BACK else at + 1

    def _add(self, passage: Passage, quote: str) -> bool:
        """Ask for the other fields of a claim and write it; return whether it is written."""
        cited = {"id": self.source, "quote": quote, "locator": passage.locator}
        given: dict[str, Any] = {**self.session.fields(), "source": cited}
        form = ClaimForm(self.session, given, file=self.file, dry_run=self.dry_run)
        person = self.people.get(passage.speaker)
        person = person or {"party": passage.party, "speaker": passage.speaker}
        likely = {**self.kept, **person}
        answers = {name: text for name, text in likely.items() if text and name not in given}
        try:
            ask_all(form.steps, answers)
            confirm_and_save(form, answers)
        except Declined:
            return False
        self.kept = {name: answers.get(name, "") for name in ("said", "issue")}
        if passage.speaker:
            self.people[passage.speaker] = {n: answers.get(n, "") for n in ("party", "speaker")}
        return True


def _described(passage: Passage) -> dict[str, str]:
    """Return what to show of a passage, by label."""
    shown = {
        "before": passage.before,
        "quote": passage.quote,
        "after": passage.after,
        "speaker": passage.speaker or passage.party or "not named near the words",
    }
    return {label: text for label, text in shown.items() if text}


def _edited(quote: str) -> str:
    """Return the quote after a person has edited it."""
    return reply([("bold", "quote"), ("", ": ")], default=quote) or quote
