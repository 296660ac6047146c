"""Problems with their locations, and the error that ends a command."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """The severity of a problem, in order: errors and warnings are findings, infos are not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


MAX_LISTED = 3
"""Parts of files that a message names."""
Place = tuple[int, int, int, int]
"""A location without its file: line, column, end line, end column, counted as in ``Span``."""


Lines = tuple[int, int]
"""The first and the last line of a part of a file; the last is 0 if it is that of the file."""
WHOLE_FILE = (1, 0)


class Span(Struct, frozen=True, order=True, gc=False):
    """A place in a file: lines and columns count from 1, columns in code points.

    The end is exclusive: ``end_column`` is the column after the last character.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Fix(Struct, frozen=True):
    """A safe fix: it replaces ``before``, which is at ``span``, by ``after``.

    The span excludes quotation marks, so that they stay.
    """

    span: Span
    before: str
    after: str

    @property
    def message(self) -> str:
        """A description of the fix."""
        return f"write '{self.after}'"


def replacement(span: Span, before: str, after: str) -> Fix | None:
    """Return the fix that replaces one word by another, with or without quotation marks.

    It is None if ``after`` is empty or equal, or if the span contains more than the word, such as
    an anchor, a tag, an escape or several lines.
    """
    marks, odd = divmod(span.end_column - span.column - len(before), 2)
    if not after or after == before or span.line != span.end_line or odd or marks not in (0, 1):
        return None
    inner = Span(span.path, span.line, span.column + marks, span.end_line, span.end_column - marks)
    return Fix(inner, before, after)


class Problem(Struct, frozen=True):
    """One mistake in the data: the rule it breaks, what is wrong, where, and how to fix it.

    ``related`` are other places that belong to it, such as the first of two equal ids; ``fix`` is
    the fix that can be applied without asking the user; ``unread`` are the lines that are not read
    because of it.
    """

    rule: str
    message: str
    span: Span
    severity: Severity = Severity.ERROR
    help: str = ""
    related: tuple[Span, ...] = ()
    fix: Fix | None = None
    unread: Lines | None = None

    def __str__(self) -> str:
        text = f"{self.message}; {self.help}" if self.help else self.message
        return f"{self.span}: {self.severity}: {text} [{self.rule}]"

    @property
    def order(self) -> tuple[Span, str, str]:
        """The sorting key of problems: the place, then the rule."""
        return (self.span, self.rule, self.message)


def most_severe_first(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems by severity, those of equal severity in their order."""
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    return sorted(problems, key=lambda problem: ranks[problem.severity])


class UnreadPart(Struct, frozen=True):
    """Lines of a file that are not read."""

    path: str
    lines: Lines

    def __str__(self) -> str:
        first, last = self.lines
        if last:
            return f"{self.path} is not read from line {first} to {last}"
        return f"{self.path} is not read" + (f" from line {first} on" if first > 1 else "")


def list_unread(parts: Sequence[UnreadPart], records: int) -> str:
    """Return which parts of files are not read, and how many other records; "" if all are read."""
    listed = [str(part) for part in parts[:MAX_LISTED]]
    if more := len(parts) - MAX_LISTED:
        listed += [f"{more} more parts of files are not read"] if more > 0 else []
    if records:
        listed.append(f"{records:,} record{'s' if records > 1 else ''} could not be read")
    return ", ".join(listed)


class ExitCode:
    """The exit codes of commands."""

    DONE = 0
    FINDINGS = 1
    WRONG_USE = 2
    UNREADABLE = 3


class Excerpt(Struct, frozen=True):
    """A part of the user's text: start and end in code points."""

    text: str
    start: int
    end: int


class ClaimcliError(Exception):
    """A call that cannot be carried out: ``message`` is what is wrong, ``hint`` how to fix it.

    ``excerpt`` is the part of a query that the error is about.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        code: int = ExitCode.WRONG_USE,
        excerpt: Excerpt | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code
        self.excerpt = excerpt

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


def cannot_write(where: str, error: OSError, hint: str) -> ClaimcliError:
    """Return the error for a file, folder or stream that cannot be written."""
    reason = error.strerror or type(error).__name__
    return ClaimcliError(f"cannot write {where}: {reason}", hint, code=ExitCode.UNREADABLE)
