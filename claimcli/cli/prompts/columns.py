"""The questions for columns of a spreadsheet that are not recognised."""

from collections.abc import Mapping, Sequence
from functools import partial
from shlex import quote

from claimcli.cli.output import say
from claimcli.cli.prompts.questions import Answers, Question, ask_all, stoppable
from claimcli.core.schema import CLAIM, FieldType
from claimcli.core.text.suggestions import one_of
from claimcli.exchange.sheets.columns import columns
from claimcli.exchange.sheets.synonyms import PERSON, VERDICT

_IGNORED = "enter to leave it out"
_ABOUT = {field.name: field.about for field in CLAIM.fields if field.type is not FieldType.THREAD}
_OTHER = (
    "source.title", "source.url", "source.outlet", "source.author", "source.published",
    "denies", "confirms", "number", PERSON,
)  # fmt: skip


def fields_of_columns(headings: Sequence[str]) -> Mapping[str, str]:
    """Return the field that the user gives to each column, "" to leave it out.

    Raises KeyboardInterrupt if the user stops.
    """
    known = {column.name: _ABOUT.get(column.name, "") for column in columns("claim")}
    known |= dict.fromkeys(_OTHER, "")
    answers: Answers = {}
    with stoppable():
        say("These columns are not recognised. Which field of a claim does each contain?")
        ask_all([partial(_question, heading, known) for heading in headings], answers)
    flags = " ".join(f"--map {quote(f'{heading}={answers[heading]}')}" for heading in headings)
    say(f"the next time, {flags} says the same")
    return answers


def _question(heading: str, known: Mapping[str, str], _: Answers) -> Question:
    """Return the question for a column; the names of fields are completed."""

    def check(answer: str) -> str:
        if answer.startswith(f"{VERDICT} by "):
            return answer
        field, sign, order = answer.partition(":")
        hint = "Tab lists the fields; 'claimcli help fields' describes them"
        return one_of(field, known, "field", hint) + sign + order

    return Question(heading, "", empty=_IGNORED, known=known, check=check)
