"""A series of questions: each answer is checked at once, and ``<`` goes back to the one before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from claimcli.cli.output import say
from claimcli.cli.prompts.terminal import dialogue, read_line
from claimcli.core.problems import ClaimcliError
from claimcli.core.text.escaping import one_line

BACK, CLEAR = "<", "-"
"""The answers that go back to the question before, and that remove a default."""
NONE = "enter for none"

Answers = dict[str, str]
"""The answers so far, by field; "" for none."""


class Declined(KeyboardInterrupt):
    """A person does not want to write a record as it is."""


class Question(Struct, frozen=True):
    """A question for a field.

    ``default`` is the value of an empty answer, ``empty`` says what an empty answer means without
    a default. ``known`` are answers to complete, with their descriptions. ``check`` returns the
    value of an answer; if it raises ClaimcliError, the question is asked again.
    """

    field: str
    about: str
    required: bool = False
    default: str = ""
    empty: str = NONE
    known: Mapping[str, str] = MappingProxyType({})
    check: Callable[[str], str] = str

    @property
    def message(self) -> list[tuple[str, str]]:
        """The text before the answer, in pairs of style and text."""
        offered = "" if self.required else f" ({self.empty})"
        if self.default:
            offered = f" [{one_line(self.default)}]"
            offered += "" if self.required else f" ({CLEAR} for none)"
        about = f", {self.about}" if self.about else ""
        return [("bold", self.field), ("", f"{about}{offered}: ")]


Step = Callable[[Answers], Question | None]
"""Returns the next question, which can depend on the answers so far, or None to skip it."""


def ask(question: Question) -> str:
    """Return the value of a valid answer, "" for none, or BACK.

    Raises KeyboardInterrupt for Ctrl-C and at the end of input.
    """
    refused: list[str] = []
    while True:
        answer = reply(question.message, question.known, refused)
        if answer == BACK:
            return BACK
        answer = answer or question.default
        if answer == CLEAR and not question.required:
            return ""
        if not answer:
            if not question.required:
                return ""
            say("this is required; Ctrl-C stops, and writes nothing")
            continue
        try:
            return question.check(answer)
        except ClaimcliError as error:
            say(str(error))
            refused.append(answer)


def reply(
    message: Sequence[tuple[str, str]],
    known: Mapping[str, str] = MappingProxyType({}),
    earlier: Sequence[str] = (),
    *,
    default: str = "",
) -> str:
    """Return what is typed after a message, on one line and without control characters.

    ``default`` is there to be edited. Raises KeyboardInterrupt for Ctrl-C and at the end of input.
    """
    line = read_line(message, known=known, earlier=earlier, default=default)
    return " ".join("".join(c for c in line if c.isprintable() or c.isspace()).split())


def ask_all(steps: Sequence[Step], answers: Answers, *, last: bool = False) -> None:
    """Put the answers to a series of questions into ``answers``.

    An earlier answer is the default. With ``last``, begin with the last question.
    """
    at, back = (len(steps) - 1, True) if last else (0, False)
    while at < len(steps):
        question = steps[at](answers) if at >= 0 else None
        if at < 0:
            say("this is the first question")
            back, at = False, 0
        elif question is None:
            at += -1 if back else 1
        else:
            answer = ask(replace(question, default=answers.get(question.field) or question.default))
            back = answer == BACK
            if not back:
                answers[question.field] = answer
            at += -1 if back else 1


def agrees(question: str) -> bool:
    """Return whether a person agrees; an empty answer means no."""
    while True:
        answer = reply([("bold", question), ("", "? (y or n) [n]: ")]).lower()
        if answer in ("", "n", "no", "y", "yes"):
            return answer in ("y", "yes")
        say("answer y or n")


@contextmanager
def stoppable(written: Sequence[object] = ()) -> Iterator[None]:
    """Ask questions on a quiet terminal, and say what was not written if Ctrl-C stops them.

    ``written`` are the records written so far.
    """
    try:
        with dialogue():
            yield
    except KeyboardInterrupt as stop:
        if not stop.args:  # not reported by a dialogue inside this one
            say("")
            say("nothing more was written" if written else "nothing was written")
            stop.args = ("reported",)
        raise
