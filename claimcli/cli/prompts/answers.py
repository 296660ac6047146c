"""The questions for an answer to a claim: how it answers, and those for any claim."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from claimcli.cli.prompts.claims import ClaimForm
from claimcli.cli.prompts.questions import Answers, Question
from claimcli.cli.record_options import RecordSession
from claimcli.core.problems import ClaimcliError
from claimcli.core.response_kinds import Kind
from claimcli.core.schema import REBUTTAL, RESPONSE, Field
from claimcli.core.text.suggestions import one_of
from claimcli.edit import commands
from claimcli.edit.target import EditTarget
from claimcli.edit.transaction import Change


class AnswerForm(ClaimForm):
    """The fields of an answer to a claim: those of a claim, and its kind.

    ``opposing``: it opposes the claim; then it denies the claim by default. ``apart``: it is not
    written below the claim.
    """

    repeats = False  # another answer would be to another claim

    def __init__(
        self,
        session: RecordSession,
        given: Mapping[str, Any],
        claim: str,
        *,
        opposing: bool,
        apart: bool,
        file: Path | None = None,
        dry_run: bool = False,
    ) -> None:
        below = None if apart or file else claim
        super().__init__(session, given, below=below, file=file, dry_run=dry_run)
        self.kind, self.claim = REBUTTAL if opposing else RESPONSE, claim
        self.kinds = {kind.value: kind.label for kind in Kind if kind.opposes is opposing}
        if "kind" not in given:
            self.steps.insert(0, self.kind_of_answer)

    def notes(self, record: Mapping[str, Any]) -> Sequence[str]:  # noqa: ARG002 - claims have some
        """Return nothing: an answer is similar to what it answers."""
        return ()

    def question(self, name: str, answers: Answers) -> Question | None:
        """Return the question for a field, None if it does not apply to the answers so far."""
        return self.kind_of_answer(answers) if name == "kind" else super().question(name, answers)

    def kind_of_answer(self, _: Answers) -> Question:
        """Ask how it answers the claim."""
        opposing = Kind.DENIES.value in self.kinds
        return Question(
            "kind",
            "how it answers",
            required=True,
            default=Kind.DENIES.value if opposing else "",
            known=self.kinds,
            check=partial(kind_named, claim=self.claim, opposing=opposing),
        )

    def option_of(self, field: Field) -> str:
        """Return how to give a field on the command line."""
        if field.name == "kind":
            return f"--kind with one of {', '.join(self.kinds)}"
        return super().option_of(field)

    def _fillers(self) -> dict[str, Any]:
        fillers = super()._fillers()
        fillers.pop("id")
        return {**fillers, "kind": next(iter(self.kinds))}

    def change(self, target: EditTarget, record: Mapping[str, Any]) -> Change:
        """Add the answer to the dossier."""
        answer = {name: value for name, value in record.items() if name != "kind"}
        kind = Kind(record.get("kind", Kind.DENIES))
        apart, pages = self.below is None, self.pages
        return commands.respond(target, self.claim, kind, answer, apart=apart, pages=pages)

    def done(self, change: Change, record: Mapping[str, Any]) -> str:
        """Return the message about a change that added an answer."""
        kind = record.get("kind", Kind.DENIES)
        return f"added '{change.record.id}', which answers '{self.claim}' ({kind})"


def kind_named(name: str, claim: str, *, opposing: bool) -> Kind:
    """Return the kind of answer of a name.

    Raises ClaimcliError if it is unknown, or if it belongs to the other command.
    """
    kind = Kind(one_of(name, tuple(Kind), "kind"))
    if kind.opposes is opposing:
        return kind
    effect, other = ("opposes", "rebut") if kind.opposes else ("does not oppose", "respond")
    raise ClaimcliError(f"'{kind}' {effect}", f"write 'claimcli {other} {claim} --kind {kind}'")
