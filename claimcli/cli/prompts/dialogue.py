"""Adding records by questions: the questions, a summary to confirm, and the next record."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from claimcli.analysis.show import thread
from claimcli.cli.output import say, write_message
from claimcli.cli.prompts.answers import AnswerForm
from claimcli.cli.prompts.questions import (
    BACK,
    Answers,
    Declined,
    agrees,
    ask,
    ask_all,
    reply,
    stoppable,
)
from claimcli.cli.prompts.records import Form
from claimcli.cli.screen.console import settings
from claimcli.cli.screen.fields import draw_fields
from claimcli.cli.screen.show import draw as draw_claims
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Request, Scope, field_condition


def ask_and_save(form: Form) -> None:
    """Ask for what a record needs, show it, and write it.

    Then offer to add another one that keeps some fields. Raises ClaimcliError if a given field is
    invalid, KeyboardInterrupt if the user stops.
    """
    form.check_given()
    if isinstance(form, AnswerForm):
        _show_answered(form)
    written: list[int] = []
    answers: Answers = {}
    with stoppable(written):
        while True:
            ask_all(form.steps, answers)
            confirm_and_save(form, answers)
            written.append(1)
            if not form.repeats or not _wants_another(form.kind.name):
                return
            answers = {name: answers[name] for name in form.kept if answers.get(name)}


def _wants_another(kind: str) -> bool:
    try:
        return agrees(f"another {kind}")
    except KeyboardInterrupt:  # everything is written
        return False


def confirm_and_save(form: Form, answers: Answers) -> None:
    """Show a record and write it, after changes that the user wants.

    Raises Declined if the user does not want to write it.
    """
    names = form.fields()
    message = [
        ("bold", "write it"),
        ("", f"? (enter: yes, n: no, {BACK}: back, a field: change it): "),
    ]
    noted: Sequence[str] = ()
    while True:
        noted = _show(form, answers, noted)
        answer = reply(message, names)
        if answer == BACK:
            ask_all(form.steps, answers, last=True)
        elif answer in names:
            _change(form, answer, answers)
        elif answer.lower() in ("n", "no"):
            raise Declined
        elif answer.lower() not in ("", "y", "yes"):
            say(f"no field '{answer}'; the fields are {', '.join(names)}")
        elif _saved(form, form.record(answers)):
            return


def _show(form: Form, answers: Answers, noted: Sequence[str]) -> Sequence[str]:
    """Show a record, and the notes on it unless they are those already shown; return them."""
    record = form.record(answers)
    fields = {**form.remarks(answers), **record}
    show_fields({name: fields[name] for name in form.kind.names if name in fields})
    notes = form.notes(record)
    for note in () if notes == noted else notes:
        say(note)
    return notes


def _saved(form: Form, record: Mapping[str, Any]) -> bool:
    """Write a record, or report why it cannot be written, so that no answer is lost."""
    try:
        form.save(record)
    except ClaimcliError as error:
        say(str(error))
        return False
    except Declined:
        return False
    return True


def _change(form: Form, name: str, answers: Answers) -> None:
    """Ask for a field again, or for one that is not among the questions."""
    question = form.question(name, answers)
    if question is None:
        say(f"'{name}' does not apply here")
        return
    given = form.given.get(name)
    default = answers.get(name) or (given if isinstance(given, str) else "") or question.default
    answer = ask(replace(question, default=default))
    if answer != BACK:
        answers[name] = answer


def show_fields(record: Mapping[str, Any]) -> None:
    """Show the fields of a record on standard error."""
    write_message(f"\n{draw_fields(record, settings('auto'))}")


def _show_answered(form: AnswerForm) -> None:
    """Show the claim to be answered, and the kinds of answers."""
    only = field_condition("id", [form.claim])
    dossier = form.session.open(Request(query=only, scope=Scope.THREADS, opposition=True))
    shown = [thread(dossier, dossier.by_id[form.claim])]
    write_message(draw_claims(dossier, shown, settings("auto")))
    if "kind" not in form.given:
        show_fields(form.kinds)
