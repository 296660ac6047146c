"""The report of what is wrong with the records of one file."""

import msgspec
from msgspec import Struct

from claimcli.core.problems import Fix, Place, Problem, Severity, Span, replacement


class Report(Struct):
    """Collects the problems of one file."""

    path: str
    problems: list[Problem]
    seen: set[tuple[str, Place]] = msgspec.field(default_factory=set)

    def add(
        self, rule: str, message: str, place: Place, hint: str = "", *, fix: Fix | None = None
    ) -> None:
        """Add one problem, once even if several aliases lead to the same place."""
        self._add(Problem(rule, message, Span(self.path, *place), help=hint, fix=fix), place)

    def warn(self, rule: str, message: str, place: Place, hint: str) -> None:
        """Add one problem that is a warning."""
        self._add(Problem(rule, message, Span(self.path, *place), Severity.WARNING, hint), place)

    def _add(self, problem: Problem, place: Place) -> None:
        if (problem.rule, place) not in self.seen:
            self.seen.add((problem.rule, place))
            self.problems.append(problem)

    def replacement(self, place: Place, before: str, after: str) -> Fix | None:
        """Return the fix that replaces a word at a place, if that is possible."""
        return replacement(Span(self.path, *place), before, after)
