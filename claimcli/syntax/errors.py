"""Problems for text that the YAML parser rejects, with a hint for each."""

import re
from collections.abc import Iterator
from typing import NoReturn

import yaml

from claimcli.core.problems import Place, Problem, Span
from claimcli.syntax.events import LINE_BREAK, has_glued_comment

MAX_PROBLEMS = 10_000
"""Problems of one file after which reading stops."""
_BYTE_ORDER_MARK = "\ufeff"
_SURROGATE = re.compile(
    r"\\u(d[89ab][0-9a-f]{2}|d[c-f][0-9a-f]{2})(?:\\u(d[c-f][0-9a-f]{2}))?", re.IGNORECASE
)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class AbortError(Exception):
    """Stops reading a text; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class ProblemList:
    """Collects the problems of one text, and stops its reading when there are too many."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.count = 0
        self._problems: list[Problem] = []

    def add(
        self, rule: str, message: str, place: Place, hint: str, first: Place | None = None
    ) -> None:
        """Add a problem; ``first`` is a related place, such as the first of two equal keys."""
        related = (self.span(first),) if first else ()
        self._problems.append(Problem(rule, message, self.span(place), help=hint, related=related))
        self.count += 1
        if self.count > MAX_PROBLEMS:
            raise AbortError(too_many_problems(self.span(place)))

    def abort(self, rule: str, message: str, place: Place) -> NoReturn:
        """Raise AbortError with a problem because of which the rest is not read."""
        message = f"{message}: the rest of the file is not read"
        hint, lines = "split or flatten it", (place[0], 0)
        raise AbortError(Problem(rule, message, self.span(place), help=hint, unread=lines))

    def flush(self) -> Iterator[Problem]:
        """Yield the problems added since the last call."""
        if self._problems:
            yield from self._problems
            self._problems.clear()

    def span(self, place: Place) -> Span:
        """Return a place as a span of the file."""
        return Span(self.path, *place)


def syntax_error(error: yaml.YAMLError, text: str, path: str, *, first_line: int) -> Problem:
    """Return the problem of an error that the parser raised.

    ``first_line`` is the number of lines of the file before ``text``.
    """
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _control_character(text, path, first_line)
    reason = str(getattr(error, "problem", "") or "the text is not valid YAML")
    context = str(getattr(error, "context", "") or "")
    message = f"{context}: {reason}" if context else reason
    lines = LINE_BREAK.split(text[max(0, mark.index - 2_000) : mark.index])[-2:]
    if any(_BYTE_ORDER_MARK in line for line in lines):
        message = "there is a byte order mark, U+FEFF, inside of the file"
        hint = "remove it; it was at the start of a file that was added to this one"
    elif half := _SURROGATE.search(text, max(0, mark.index - 6), mark.index + 12):
        message, hint = _surrogate(*half.groups())
    elif any(map(has_glued_comment, lines)) and "quoted" not in context:
        hint = "put a text that contains ' #' in quotation marks"
    else:
        hint = _hint(reason)
    return _syntax(message, path, first_line + mark.line + 1, mark.column + 1, hint)


def _surrogate(high: str, low: str | None) -> tuple[str, str]:
    """Return message and hint for an escape as JSON writes characters above U+FFFF."""
    message = f"the escape '\\u{high}' is half of a character, which YAML cannot write"
    if low is None:
        return message, "write the character itself"
    character = 0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00
    return message, f"write the character itself, or '\\U{character:08X}' for both halves"


def _control_character(text: str, path: str, first_line: int) -> Problem:
    """Return the problem of the first character that YAML does not allow."""
    match = _UNPRINTABLE.search(text)
    at = match.start() if match else 0
    before = LINE_BREAK.split(text[:at])
    code = f" U+{ord(text[at]):04X}" if match else ""
    message = f"the control character{code} is not allowed in YAML"
    hint = "remove it, or write it as an escape in a double-quoted text"
    return _syntax(message, path, first_line + len(before), len(before[-1]) + 1, hint)


def _syntax(message: str, path: str, line: int, column: int, hint: str) -> Problem:
    return Problem("yaml-syntax", message, Span(path, line, column, line, column + 1), help=hint)


def _hint(reason: str) -> str:
    if "mapping values are not allowed" in reason:
        return "put a text that contains ': ' in quotation marks"
    if "tab character" in reason or "cannot start any token" in reason:
        return "indent with spaces, and put a text that starts with a mark in quotation marks"
    return "look for a missing quotation mark, bracket or indent in the lines just above"


def too_many_problems(span: Span) -> Problem:
    """Return the problem that replaces all problems of a file after the first MAX_PROBLEMS."""
    message = f"more than {MAX_PROBLEMS:,} problems: the rest of the file is not read"
    hint = "fix the first ones and check again"
    return Problem("too-many-problems", message, span, help=hint, unread=(span.line, 0))
