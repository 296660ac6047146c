"""Questions on a terminal, with what is known offered by the tab key.

The line editor is the one that comes with Python: others that were looked at take longer to import
than a whole command runs, and offer no more here. Questions go to standard error, so that the
answer of a command can be taken from its output.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import MappingProxyType

from msgspec import Struct

from claimcli.cli.output import talk
from claimcli.core.problems import ClaimcliError
from claimcli.core.text.escaping import one_line


def _accept(answer: str) -> str:
    return answer


class Question(Struct, frozen=True):
    """What is asked for: the field, in words, and what is offered.

    ``known`` gives what may be typed, and what the tab key makes of it. ``check`` makes a value of
    the answer; where it raises ClaimcliError, it is asked again.
    """

    field: str
    words: str
    required: bool = False
    known: Mapping[str, str] = MappingProxyType({})
    default: str = ""
    check: Callable[[str], str] = _accept


def can_ask() -> bool:
    """Return whether somebody sits at a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: Question) -> str:
    """Return the answer to a question, "" for none; the end of input raises KeyboardInterrupt."""
    offered = f" [{one_line(question.default)}]" if question.default else ""
    more = "" if question.required or question.default else " (enter for none)"
    while True:
        with _line_editor(question.known):
            try:
                answer = input(f"{question.words}{offered}{more}: ").strip() or question.default
            except EOFError:
                talk("")
                raise KeyboardInterrupt from None
        try:
            if answer:
                return question.check(answer)
        except ClaimcliError as error:
            talk(str(error))
            continue
        if not question.required:
            return ""
        talk("this is needed; Ctrl-C leaves, and writes nothing")


@contextmanager
def _line_editor(known: Mapping[str, str]) -> Iterator[None]:
    """Have the tab key complete known words, and questions go where standard error goes."""
    kept = os.dup(1)
    sys.stdout.flush()
    os.dup2(2, 1)
    try:
        with suppress(ImportError):
            _complete(known)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _complete(known: Mapping[str, str]) -> None:
    import readline

    def completer(start: str, number: int) -> str | None:
        folded = start.casefold()
        meant = {known[word] for word in known if word.casefold().startswith(folded)}
        return dict(enumerate(sorted(meant))).get(number)

    readline.set_auto_history(False)
    readline.set_completer_delims("")
    readline.set_completer(completer)
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
