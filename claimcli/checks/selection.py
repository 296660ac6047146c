"""A check: what the rules find in a dossier, as far as it is asked for."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from claimcli.checks import registry
from claimcli.core.problems import Problem, Severity, Span
from claimcli.core.records import Dossier

UNREADABLE = frozenset(
    {
        "not-utf8", "too-deep", "too-large", "too-many-problems", "unreadable-file",
        "yaml-syntax",
    }
)  # fmt: skip
"""Rules whose problems mean that something of a file was not read."""


class Checked(Struct, frozen=True, kw_only=True):
    """The problems that were asked for, and how much was checked.

    ``left_out`` counts the problems of rules that were not asked for, ``unread`` the files of which
    something could not be read and whose problem is among those. ``texts`` gives, by path, the
    bytes that were read in place of those on the disk.
    """

    problems: tuple[Problem, ...]
    files: int
    claims: int
    left_out: int = 0
    unread: int = 0
    texts: Mapping[str, bytes] = msgspec.field(default_factory=dict)

    @property
    def has_findings(self) -> bool:
        """Whether there are errors or warnings."""
        return any(problem.severity is not Severity.INFO for problem in self.problems)

    @property
    def mendable(self) -> int:
        """How many problems carry a fix."""
        return sum(problem.fix is not None for problem in self.problems)


def checked(
    dossier: Dossier,
    problems: Iterable[Problem] | None = None,
    *,
    rules: frozenset[str] | None = None,
) -> Checked:
    """Return what the rules find in a dossier; only of these rules where they are named.

    ``problems`` are those of all rules, if they were found before.
    """
    every = registry.run(dossier) if problems is None else tuple(problems)
    shown = tuple(p for p in every if rules is None or p.rule in rules)
    seen = {problem.span.path for problem in shown if problem.rule in UNREADABLE}
    unread = {problem.span.path for problem in every if problem.rule in UNREADABLE}
    return Checked(
        problems=shown,
        files=len(dossier.files),
        claims=len(dossier.by_id),
        left_out=len(every) - len(shown),
        unread=len(unread - seen),
    )


def of_one_file(problems: Iterable[Problem], path: str, name: str) -> tuple[Problem, ...]:
    """Return the problems of the file at a path, which is called by another name in them."""
    return tuple(_renamed(p, path, name) for p in problems if p.span.path == path)


def _renamed(problem: Problem, path: str, name: str) -> Problem:
    def moved(span: Span) -> Span:
        return replace(span, path=name) if span.path == path else span

    fix = problem.fix
    return replace(
        problem,
        span=moved(problem.span),
        related=tuple(map(moved, problem.related)),
        fix=fix and replace(fix, span=moved(fix.span)),
    )
