"""The terminal while questions are asked: one line or key at a time, and no input left behind.

Lines are edited with prompt_toolkit, because Python's readline module is often built on libedit,
which takes each line of a paste for an answer. It is imported when the first question is asked.
Questions go to standard error, so that standard output has only the result.
"""

import os
import select
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import MappingProxyType
from typing import Any

_PASTE_ON, _PASTE_OFF = b"\x1b[?2004h", b"\x1b[?2004l"
"""Sequences with which a terminal begins and stops to mark what is pasted."""
_PASTE_START, _PASTE_END = b"\x1b[200~", b"\x1b[201~"
_QUIET, _QUIET_IN_PASTE = 0.1, 1.0
"""Seconds without input after which no more is expected, elsewhere and in a marked paste."""
_MOST_WAITED = 5.0
"""Seconds that unread input is waited for at most."""
MENU_LINES = 6
"""Lines of the menu of completions."""


def can_ask() -> bool:
    """Return whether a person can be asked: standard input and standard error are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


@contextmanager
def dialogue() -> Iterator[None]:
    """Keep what is typed or pasted between two questions for the next one, and drop the rest.

    Without this, input that arrives between questions would be echoed, and unread input would be
    executed by the shell when the program ends.
    """
    try:
        import termios
    except ImportError:  # on Windows, whose console passes no input on to the next program
        yield
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    silent = list(before)
    silent[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(descriptor, termios.TCSANOW, silent)
    _control(_PASTE_ON)
    try:
        yield
    finally:
        with suppress(OSError, termios.error):  # the terminal is gone
            _discard_input(descriptor)
            _control(_PASTE_OFF)
            termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)


def _control(sequence: bytes) -> None:
    if os.environ.get("TERM") != "dumb":
        sys.stderr.buffer.write(sequence)
        sys.stderr.flush()


def _discard_input(descriptor: int) -> None:
    """Read until no more input arrives; a paste that has begun is read to its end."""
    last, quiet, limit = b"", _QUIET, time.monotonic() + _MOST_WAITED
    while time.monotonic() < limit and select.select([descriptor], [], [], quiet)[0]:
        data = os.read(descriptor, 65536)
        if not data:
            return
        last = last[-8:] + data
        start, end = last.rfind(_PASTE_START), last.rfind(_PASTE_END)
        if start != end:
            quiet = _QUIET_IN_PASTE if start > end else _QUIET


def read_line(
    message: Sequence[tuple[str, str]],
    *,
    known: Mapping[str, str] = MappingProxyType({}),
    earlier: Sequence[str] = (),
    default: str = "",
) -> str:
    """Return a line, or the several lines of a paste, that a person types after a message.

    ``message`` are pairs of style and text. ``known`` are completions with their descriptions,
    ``earlier`` are lines that the up arrow brings back, ``default`` is text to be edited. Raises
    KeyboardInterrupt for Ctrl-C and at the end of input.
    """
    from prompt_toolkit.completion import CompleteEvent, WordCompleter
    from prompt_toolkit.history import InMemoryHistory
    from prompt_toolkit.key_binding import KeyBindings

    words = WordCompleter(
        list(known), ignore_case=True, meta_dict=dict(known), sentence=True, match_middle=True
    )
    bindings = KeyBindings()

    @bindings.add("tab")
    def _(event: Any) -> None:
        """Take the next completion, or the first one if the menu is not drawn yet."""
        buffer = event.current_buffer
        if buffer.complete_state:
            buffer.complete_next()
        elif matching := next(iter(words.get_completions(buffer.document, CompleteEvent())), None):
            buffer.apply_completion(matching)

    return _answer(
        message,
        default,
        completer=words if known else None,
        key_bindings=bindings,
        history=InMemoryHistory(list(earlier)),
        reserve_space_for_menu=min(len(known), MENU_LINES),
    )


def read_key(message: Sequence[tuple[str, str]], keys: Collection[str]) -> str:
    """Return the first of some keys that a person presses; others have no effect.

    Raises KeyboardInterrupt for Ctrl-C and at the end of input.
    """
    from prompt_toolkit.key_binding import KeyBindings

    bindings = KeyBindings()
    for key in ("<any>", "<bracketed-paste>", "enter", "c-j"):
        bindings.add(key)(lambda _: None)
    for key in keys:
        for typed in {key, key.upper()}:
            bindings.add(typed)(lambda event, key=key: event.app.exit(result=key))
    return _answer(message, key_bindings=bindings)


def _answer(message: Sequence[tuple[str, str]], default: str = "", **settings: Any) -> str:
    """Return the answer to a prompt of prompt_toolkit on standard error."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.output import create_output

    output: Any = create_output(stdout=sys.stderr)
    output.enable_cpr = False  # a terminal's late report of its cursor could reach the shell
    session: Any = PromptSession(output=output, **settings)
    try:
        return str(session.prompt(list(message), default=default))
    except EOFError:
        raise KeyboardInterrupt from None
    finally:
        _control(_PASTE_ON)  # for a paste before the next prompt
