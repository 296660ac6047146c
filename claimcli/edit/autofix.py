"""Automatic fixes of a dossier's files, each accepted only if the whole dossier is better with it.

A fix is accepted if the dossier, read and checked again, has lost the problem and got no new error,
and no new warning or info except in a record that could not be read before. All other records must
have the same content as before.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct

from claimcli.core.problems import Fix, Problem, Severity, Span
from claimcli.core.records import Dossier, Record
from claimcli.core.without_locations import without_locations
from claimcli.syntax.edit.splices import Splice, apply_splices
from claimcli.syntax.events import LINE_BREAK

MAX_CHECKS = 64
"""Maximum number of checks of the dossier in one round of fixes."""
_BOM = "\ufeff"

Texts = Mapping[str, bytes]
"""The contents of files, by path."""
Names = Mapping[tuple[str, str], Record]
"""Records by kind and id."""
Group = tuple[Problem, ...]
"""Problems that are fixed together or not at all."""


class CheckedDossier(Struct, frozen=True):
    """A dossier with the problems that all rules find in it."""

    dossier: Dossier
    problems: tuple[Problem, ...]


Recheck = Callable[[Texts], CheckedDossier]
"""Checks the dossier with these contents of files instead of those on the disk."""


class SkippedFix(Struct, frozen=True):
    """A problem whose fix is rejected, and the reason."""

    problem: Problem
    reason: str


class FixResult(Struct, frozen=True):
    """The new contents of the files that change, the problems fixed and skipped, and the state."""

    texts: Texts
    fixed: tuple[Problem, ...]
    skipped: tuple[SkippedFix, ...]
    state: CheckedDossier


def autofix(
    texts: Texts,
    state: CheckedDossier,
    recheck: Recheck,
    *,
    rules: frozenset[str] | None = None,
) -> FixResult:
    """Apply all fixes that are accepted, in rounds until no more are.

    ``texts`` are all files that have a fix. Only problems of ``rules`` are fixed, by default all.
    """
    now: dict[str, bytes] = dict(texts)
    fixed: list[Problem] = []
    while True:
        current = _Round(now, state, recheck, rules)
        skipped = current.run(_groups(current.fixable(state.problems)))
        if not current.accepted:
            break
        fixed += sorted((*current.accepted, *current.revealed), key=lambda problem: problem.order)
        state, now = current.state, current.now
    changed = {path: data for path, data in now.items() if data != texts[path]}
    return FixResult(changed, tuple(fixed), tuple(skipped), state)


def apply_fixes(text: str, fixes: Iterable[Fix]) -> str:
    """Return a text with the words of fixes replaced.

    A fix is ignored if its word is no longer at its place.
    """
    breaks = LINE_BREAK.finditer(text)
    starts = [text.startswith(_BOM), *(match.end() for match in breaks)]
    splices: list[Splice] = []
    for fix in sorted(set(fixes), key=lambda fix: fix.span):
        if fix.span.line > len(starts):
            continue
        start = starts[fix.span.line - 1] + fix.span.column - 1
        end = start + len(fix.before)
        free = not splices or splices[-1][1] <= start
        if free and text[start:end] == fix.before:
            splices.append((start, end, fix.after))
    return apply_splices(text, splices)


def _groups(problems: Iterable[Problem]) -> list[Group]:
    """Return the problems one by one, except that all uses of an invalid id are one group."""

    def name(problem: Problem) -> tuple[Any, ...]:
        together = problem.rule == "bad-id" and problem.fix
        return ("", together.before) if together else (problem.span, problem.message)

    ordered = sorted(problems, key=lambda problem: (str(name(problem)), problem.order))
    return sorted(
        (tuple(group) for _, group in groupby(ordered, key=name)), key=lambda g: g[0].order
    )


class _Round:
    """One round: all fixes are tried on the same texts, and halved until they are accepted."""

    def __init__(
        self, texts: Texts, state: CheckedDossier, recheck: Recheck, rules: frozenset[str] | None
    ) -> None:
        self.texts = texts
        self.before = state
        self.recheck = recheck
        self.rules = rules
        self.checks = 0
        self.accepted: list[Problem] = []
        self.revealed: list[Problem] = []
        self.now = dict(texts)
        self.state = state

    def fixable(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return the problems that may be fixed."""
        return [
            problem
            for problem in problems
            if problem.fix
            and problem.span.path in self.texts
            and (self.rules is None or problem.rule in self.rules)
        ]

    def run(self, groups: Sequence[Group]) -> list[SkippedFix]:
        """Accept the fixes of groups where possible; return the others."""
        skipped: list[SkippedFix] = []
        todo = [groups] if groups else []
        while todo:
            some = todo.pop()
            reason = self._try([problem for group in some for problem in group])
            if reason and len(some) > 1 and self.checks < MAX_CHECKS:
                middle = len(some) // 2
                todo += [some[middle:], some[:middle]]
            elif reason:
                skipped += [SkippedFix(problem, reason) for group in some for problem in group]
        return sorted(skipped, key=lambda one: one.problem.order)

    def _try(self, problems: Sequence[Problem]) -> str:
        """Try fixes with those accepted before; return the reason to reject them, or ""."""
        if self.checks >= MAX_CHECKS:
            return "too many fixes were rejected; fix other problems first"
        self.checks += 1
        every = [*self.accepted, *problems]
        texts = dict(_apply(self.texts, every))
        after = self.recheck(texts)
        revealed: list[Problem] = []
        while new := self._revealed(after):
            more = dict(_apply(texts, new))
            if more == texts:
                break
            revealed += new
            texts, after = more, self.recheck(more)
        reason = rejection_reason(self.before, after, every)
        if not reason:
            self.accepted, self.revealed, self.now, self.state = every, revealed, texts, after
        return reason

    def _revealed(self, after: CheckedDossier) -> list[Problem]:
        """Return new fixable problems of records that could not be read before the fixes."""
        _, new = _compare_problems(self.before.problems, after.problems)
        spans = _new_records(_records(self.before.dossier), _records(after.dossier))
        return [p for p in self.fixable(new) if any(_contains(span, p.span) for span in spans)]


def _apply(texts: Texts, problems: Iterable[Problem]) -> Iterator[tuple[str, bytes]]:
    fixes: dict[str, list[Fix]] = {}
    for problem in problems:
        if problem.fix:
            fixes.setdefault(problem.span.path, []).append(problem.fix)
    for path, data in texts.items():
        here = fixes.get(path)
        yield path, apply_fixes(data.decode("utf-8"), here).encode() if here else data


def rejection_reason(
    before: CheckedDossier, after: CheckedDossier, fixed: Sequence[Problem]
) -> str:
    """Return the reason to reject a set of fixes, or "" if they are safe."""
    gone, new = _compare_problems(before.problems, after.problems)
    old_records, records = _records(before.dossier), _records(after.dossier)
    spans = _new_records(old_records, records)
    for problem in new:
        revealed = any(_contains(span, problem.span) for span in spans)
        if problem.severity is Severity.ERROR or not revealed:
            return f"it would cause another problem: {problem.message}"
    if gone < len({problem.fix for problem in fixed}):
        return "it would fix nothing"
    return _changed_record(old_records, records, [p.fix.span for p in fixed if p.fix])


def _compare_problems(
    before: Iterable[Problem], after: Iterable[Problem]
) -> tuple[int, list[Problem]]:
    """Return the number of problems that are gone, and the new ones, ignoring locations."""
    known = Counter((problem.rule, problem.message) for problem in before)
    new = []
    for problem in after:
        key = (problem.rule, problem.message)
        if known[key]:
            known[key] -= 1
        else:
            new.append(problem)
    return known.total(), new


def _changed_record(before: Names, after: Names, fixed: Sequence[Span]) -> str:
    """Return which record changes although nothing in it is fixed, or ""."""
    paths = {span.path for span in fixed}
    for name, record in before.items():
        span = record.location.span
        if span.path not in paths:
            continue
        if name not in after:
            return f"{name[0]} '{name[1]}' would be a different record"
        if not any(_contains(span, place) for place in fixed) and (
            without_locations(record) != without_locations(after[name])
        ):
            return f"{name[0]} '{name[1]}' would change"
    return ""


def _records(dossier: Dossier) -> Names:
    registered: tuple[Record, ...] = (
        *(party for party in dossier.parties.values() if party.registered),
        *dossier.sources.values(),
        *(issue for issue in dossier.issues.values() if issue.registered),
        *dossier.events.values(),
        *dossier.by_id.values(),
    )
    return {(type(record).__name__.lower(), record.id): record for record in registered}


def _new_records(before: Names, after: Names) -> list[Span]:
    """Return the locations of the records that could not be read before."""
    return [record.location.span for name, record in after.items() if name not in before]


def _contains(span: Span, place: Span) -> bool:
    return (
        span.path == place.path
        and (span.line, span.column) <= (place.line, place.column)
        and (place.end_line, place.end_column) <= (span.end_line, span.end_column)
    )
