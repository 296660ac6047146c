"""The questions for a claim, and what completes and checks their answers."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from textwrap import shorten
from typing import Any

from claimcli.cli.prompts.checks import date_of, known_or_new, source_cited
from claimcli.cli.prompts.questions import NONE, Answers, Question, Step
from claimcli.cli.prompts.records import Form
from claimcli.cli.record_options import RecordSession, cited
from claimcli.core.dates import no_later_than, parse_date
from claimcli.core.problems import ClaimcliError
from claimcli.core.schema import QUOTING
from claimcli.core.text.escaping import one_line
from claimcli.core.text.similarity import LEAST_SCORE
from claimcli.dossier.files import find_files
from claimcli.dossier.index.cache import NOTED_BYTES
from claimcli.dossier.index.lookup import (
    free_id,
    issue_of,
    names_to_complete,
    positions_on,
    source_facts,
    speakers_of,
)
from claimcli.dossier.index.similar import SimilarSearch, SimilarText
from claimcli.dossier.index.similar_table import is_filled
from claimcli.edit.assignments import add_quote, parse_record
from claimcli.edit.new_records import id_from_text

SAME_DATE = "="
"""The answer that takes the date of the source."""
MOST_SIMILAR = 3
"""Similar claims on file that are noted."""
MOST_SHOWN = 120
"""Characters of the statement of a similar claim that a note has."""
MOST_LISTED = 30
"""Characters of the positions that a question lists, so that it fits on a line."""


class ClaimForm(Form):
    """The fields of a claim that are given, and the questions for others.

    ``below`` is the claim under which it is to be written, whose issue it has.
    """

    kept = ("party", "source", "said")

    def __init__(
        self,
        session: RecordSession,
        given: Mapping[str, Any],
        *,
        below: str | None = None,
        file: Path | None = None,
        dry_run: bool = False,
    ) -> None:
        super().__init__(session, given, file=file, dry_run=dry_run)
        self.below = below
        self._steps: dict[str, Step] = {
            "statement": self.statement, "party": self.party, "speaker": self.speaker,
            "said": self.said, "issue": self.issue, "position": self.position,
            "source": self.source, "quote": self.quote,
        }  # fmt: skip
        skipped = {*given} | ({"issue"} if below else set())
        skipped |= {"source"} if "sources" in given else set()
        cited = given.get("source")
        skipped |= {"quote"} if isinstance(cited, Mapping) and "quote" in cited else set()
        self.steps = [step for field, step in self._steps.items() if field not in skipped]
        if self.source in self.steps and "said" not in given:
            self.steps.append(self.said_at_source)

    def fields(self) -> dict[str, str]:
        """Return the fields that can be changed, with their descriptions."""
        return {**super().fields(), QUOTING[0].name: QUOTING[0].about}

    def question(self, name: str, answers: Answers) -> Question | None:
        """Return the question for a field, None if it does not apply to the answers so far."""
        step = self._steps.get(name)
        return step(answers) if step else super().question(name, answers)

    def statement(self, _: Answers) -> Question:
        """Ask what is said."""
        return Question("statement", "what is said, in a sentence of your own", required=True)

    def party(self, _: Answers) -> Question:
        """Ask who says it: a party, or several for a joint statement."""
        known = self.look_up(names_to_complete, "party")

        def check(answer: str) -> str:
            is_one = answer in known or "," not in answer
            words = [answer] if is_one else filter(None, map(str.strip, answer.split(",")))
            return ", ".join(self.look_up(known_or_new, "party", word) for word in words)

        return Question("party", "who says it", required=True, known=known, check=check)

    def speaker(self, answers: Answers) -> Question:
        """Ask who spoke for the party; its known speakers are completed."""
        names = self.look_up(speakers_of, self._parties(answers))
        known = dict.fromkeys(names, "")
        return Question("speaker", "who spoke for the party", known=known)

    def _parties(self, answers: Answers) -> list[str]:
        given = self.given.get("party") or answers.get("party", "").split(", ")
        return [given] if isinstance(given, str) else list(given)

    def said(self, answers: Answers) -> Question:
        """Ask when it was said; an empty answer leaves the date to the source."""
        published, kind = self._source_date(answers)
        empty = "enter for the source's date"
        if published:
            latest = no_later_than([parse_date(published)])
            empty = f"enter for {latest}, the source's date" if latest else NONE
            empty += f"; {SAME_DATE} for {published}" if kind == "primary" else ""

        def check(answer: str) -> str:
            if answer != SAME_DATE:
                return date_of(answer)
            if not published:
                raise ClaimcliError("no date of a source is known yet", "write a date")
            return published

        return Question("said", "when", empty=empty, check=check)

    def said_at_source(self, answers: Answers) -> Question | None:
        """Ask for the date again if a primary source that is named later can give it."""
        published, kind = self._source_date(answers)
        is_open = published and kind == "primary" and not answers.get("said")
        return self.said(answers) if is_open else None

    def _source_date(self, answers: Answers) -> tuple[str | None, str | None]:
        """Return the date of publication and the kind of the only source, if it is known."""
        source = self._citation(answers)
        if isinstance(source, Mapping) and "id" not in source:
            published = source.get("published")
            try:
                return parse_date(published).text if published else None, source.get("kind")
            except ValueError:  # reported when the claim is written
                return None, None
        name = source["id"] if isinstance(source, Mapping) else source
        facts: tuple[str | None, str | None] = self.look_up(source_facts, name or "")
        return facts

    def _citation(self, answers: Answers) -> Any:
        """Return the only source that is given or answered, or None."""
        typed = answers.get("source")
        return parse_record("source", typed) if typed else self.given.get("source")

    def issue(self, _: Answers) -> Question:
        """Ask for the issue."""
        known = self.look_up(names_to_complete, "issue")
        check = partial(self.look_up, known_or_new, "issue")
        return Question("issue", "the question it belongs to", known=known, check=check)

    def position(self, answers: Answers) -> Question | None:
        """Ask for the answer to the issue's question; those declared or in use are completed."""
        issue = answers.get("issue") or self.given.get("issue")
        issue = issue or (self.look_up(issue_of, self.below) if self.below else None)
        if not issue:
            return None
        known = self.look_up(positions_on, issue)
        listed = one_line(", ".join(known))
        some = shorten(listed, MOST_LISTED, placeholder=" …") if known else ""
        about = f"the answer to it: {some}" if some else "the answer to it"
        return Question("position", about, known=dict.fromkeys(known, ""))

    def source(self, _: Answers) -> Question:
        """Ask for the source: on file, or described by its address or title."""
        known = self.look_up(names_to_complete, "source")
        about = "an id, an address or a title"
        return Question("source", about, known=known, check=partial(self.look_up, source_cited))

    def quote(self, answers: Answers) -> Question | None:
        """Ask for the words in the source, if there is one source."""
        asked = Question("quote", "the exact words of the source")
        return asked if self._citation(answers) else None

    def record(self, answers: Answers) -> dict[str, Any]:
        """Return the claim with the fields that are given and answered."""
        typed = {**answers}
        quote, source = typed.pop("quote", ""), typed.pop("source", "")
        fields = super().record(typed)
        quoting = {"quote": quote} if quote else {}
        if source:
            fields |= cited([source], quoting)
        elif quoting and "source" in self.given:
            fields["source"] = add_quote([self.given["source"]], quoting)[0]
        return fields

    def notes(self, record: Mapping[str, Any]) -> Sequence[str]:
        """Return a note on each of the most similar claims on file; none of a large dossier unless
        its index is kept and 'match' has prepared the search.
        """
        text = record.get("statement")
        if not isinstance(text, str):
            return ()
        is_small = find_files(self.session.paths()).size < NOTED_BYTES
        if not is_small and self.session.cache() is None:
            return ()
        noted: Sequence[str] = self.look_up(_similar_notes, text, is_small)
        return noted

    def remarks(self, answers: Answers) -> dict[str, str]:
        """Return the id and the date that follow from other fields."""
        party = next(iter(self._parties(answers)), "")
        words = answers.get("statement") or self.given.get("statement", "")
        stem = id_from_text(words, f"{party}-1")
        published, _ = self._source_date(answers)
        latest = no_later_than([parse_date(published)]) if published else None
        said = {"said": f"{latest}, the source's date"} if latest else {}
        return said if self.below else {"id": self.look_up(free_id, stem), **said}


def _similar_notes(db: Any, text: str, fill: bool) -> list[str]:  # noqa: FBT001 - called by look_up
    """Return a note on each of the claims that are most similar to a text.

    ``fill``: prepare the search if that was not done.
    """
    if not fill and not is_filled(db):
        return []
    found = SimilarSearch(db).search(text, limit=MOST_SIMILAR)
    return [_similar_note(db, text, one) for one in found if one.score >= LEAST_SCORE]


def _similar_note(db: Any, text: str, found: SimilarText) -> str:
    from claimcli.analysis.statement_differences import statement_differences

    query = "SELECT parties, coalesce(said, made_by), statement FROM claims WHERE id = ?"
    parties, when, statement = db.execute(query, (found.id,)).fetchone()
    who = ", ".join(filter(None, (*parties.split(), when)))
    differs = "; ".join(map(str, statement_differences(text, statement)))
    shown = shorten(one_line(statement), MOST_SHOWN, placeholder=" …")
    note = f"note: similar claim on file, score {found.score:.2f}: [{found.id}] {who}: {shown}"
    return f"{note} (differs: {differs})" if differs else note
