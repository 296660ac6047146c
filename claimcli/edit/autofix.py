"""Safe mends of a dossier's files, tried on all of it before any of them counts.

A mend counts where the whole dossier, read and checked again with it, has lost the problem and got
no other: no error at all, and no warning or info but in a record that could not be read before.
Every record that was on file must say what it said, the one that is mended aside.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct

from claimcli.core.problems import Fix, Problem, Severity, Span
from claimcli.core.records import Dossier, Record, without_locations
from claimcli.syntax.edit.splices import Splice, apply_splices
from claimcli.syntax.errors import LINE_BREAK

MAX_CHECKS = 64
"""Times that the dossier is checked again in one round of mends."""
_BOM = "\ufeff"

Texts = Mapping[str, bytes]
"""What files hold, by their paths."""


Names = Mapping[tuple[str, str], Record]
"""Records by their kind and id."""


class CheckedDossier(Struct, frozen=True):
    """A dossier, and the problems that all rules find in it."""

    dossier: Dossier
    problems: tuple[Problem, ...]


Recheck = Callable[[Texts], CheckedDossier]
"""Checks the dossier anew, with these texts in place of those on the disk."""


class SkippedFix(Struct, frozen=True):
    """A problem that keeps its place though it has a fix, and why."""

    problem: Problem
    reason: str


class FixResult(Struct, frozen=True):
    """What files are to hold, which problems are then mended, and what is left alone."""

    texts: Texts
    fixed: tuple[Problem, ...]
    skipped: tuple[SkippedFix, ...]
    state: CheckedDossier


def autofix(
    texts: Texts, state: CheckedDossier, look: Recheck, *, rules: frozenset[str] | None = None
) -> FixResult:
    """Return the files with every mend that counts, until none is left that does.

    ``texts`` are all files that have a fix; ``rules`` are those whose problems are mended, all
    where None is given. Only files that change are among those returned.
    """
    now: dict[str, bytes] = dict(texts)
    done: list[Problem] = []
    while True:
        turn = _Round(now, state, look, rules)
        left = turn.run(_groups(turn.fixable(state.problems)))
        if not turn.taken:
            break
        done += sorted((*turn.taken, *turn.followed), key=lambda problem: problem.order)
        state, now = turn.state, turn.now
    changed = {path: data for path, data in now.items() if data != texts[path]}
    return FixResult(changed, tuple(done), tuple(left), state)


def apply_fixes(text: str, fixes: Iterable[Fix]) -> str:
    """Return a text with words exchanged, all else as it stands.

    A fix whose place does not hold the word any more changes nothing.
    """
    breaks = LINE_BREAK.finditer(text)
    starts = [text.startswith(_BOM), *(found.end() for found in breaks)]
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


Group = tuple[Problem, ...]
"""Problems that are mended together or not at all."""


def _groups(problems: Iterable[Problem]) -> list[Group]:
    """Return the problems one by one, but an id in capitals with all places where it stands."""

    def name(problem: Problem) -> tuple[Any, ...]:
        together = problem.rule == "bad-id" and problem.fix
        return ("", together.before) if together else (problem.span, problem.message)

    ordered = sorted(problems, key=lambda problem: (str(name(problem)), problem.order))
    return sorted(
        (tuple(group) for _, group in groupby(ordered, key=name)), key=lambda g: g[0].order
    )


class _Round:
    """One round: all mends are tried on the same texts, together where that goes well."""

    def __init__(
        self, texts: Texts, state: CheckedDossier, look: Recheck, rules: frozenset[str] | None
    ) -> None:
        self.texts = texts
        self.before = state
        self.look = look
        self.rules = rules
        self.tries = 0
        self.taken: list[Problem] = []
        self.followed: list[Problem] = []
        self.now = dict(texts)
        self.state = state

    def fixable(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return the problems that may be mended."""
        return [
            problem
            for problem in problems
            if problem.fix
            and problem.span.path in self.texts
            and (self.rules is None or problem.rule in self.rules)
        ]

    def run(self, groups: Sequence[Group]) -> list[SkippedFix]:
        """Take what counts; return what does not."""
        left: list[SkippedFix] = []
        todo = [groups] if groups else []
        while todo:
            some = todo.pop()
            reason = self._try([problem for group in some for problem in group])
            if reason and len(some) > 1 and self.tries < MAX_CHECKS:
                middle = len(some) // 2
                todo += [some[middle:], some[:middle]]
            elif reason:
                left += [SkippedFix(problem, reason) for group in some for problem in group]
        return sorted(left, key=lambda one: one.problem.order)

    def _try(self, problems: Sequence[Problem]) -> str:
        """Take mends beside those taken before; return why they do not count, or ""."""
        if self.tries >= MAX_CHECKS:
            return "too much stands in the way; mend other problems first"
        self.tries += 1
        every = [*self.taken, *problems]
        texts = dict(_applied(self.texts, every))
        after = self.look(texts)
        followed: list[Problem] = []
        while following := self._following(after):
            more = dict(_applied(texts, following))
            if more == texts:
                break
            followed += following
            texts, after = more, self.look(more)
        reason = rejection_reason(self.before, after, every)
        if not reason:
            self.taken, self.followed, self.now, self.state = every, followed, texts, after
        return reason

    def _following(self, after: CheckedDossier) -> list[Problem]:
        """Return problems that can be mended too, of records that could not be read before.

        What a mend brings to light has its own mends; they are nobody's who was on file.
        """
        _, new = _compare_problems(self.before.problems, after.problems)
        fresh = _fresh(_records(self.before.dossier), _records(after.dossier))
        return [p for p in self.fixable(new) if any(_contains(span, p.span) for span in fresh)]


def _applied(texts: Texts, problems: Iterable[Problem]) -> Iterator[tuple[str, bytes]]:
    fixes: dict[str, list[Fix]] = {}
    for problem in problems:
        if problem.fix:
            fixes.setdefault(problem.span.path, []).append(problem.fix)
    for path, data in texts.items():
        mine = fixes.get(path)
        yield path, apply_fixes(data.decode("utf-8"), mine).encode() if mine else data


def rejection_reason(
    before: CheckedDossier, after: CheckedDossier, mended: Sequence[Problem]
) -> str:
    """Return what speaks against mends that made one state of a dossier into another, or ""."""
    gone, new = _compare_problems(before.problems, after.problems)
    places = _records(after.dossier)
    standing = _records(before.dossier)
    fresh = _fresh(standing, places)
    for problem in new:
        hidden = any(_contains(span, problem.span) for span in fresh)
        if problem.severity is Severity.ERROR or not hidden:
            return f"it would bring another problem: {problem.message}"
    if gone < len({problem.fix for problem in mended}):
        return "it would mend nothing"
    return _change(standing, places, [problem.fix.span for problem in mended if problem.fix])


def _compare_problems(
    before: Iterable[Problem], after: Iterable[Problem]
) -> tuple[int, list[Problem]]:
    """Return how many problems are gone, and those that are new; where they stand aside."""
    known = Counter((problem.rule, problem.message) for problem in before)
    new = []
    for problem in after:
        key = (problem.rule, problem.message)
        if known[key]:
            known[key] -= 1
        else:
            new.append(problem)
    return known.total(), new


def _change(
    before: Names,
    after: Names,
    mended: Sequence[Span],
) -> str:
    """Return which record says something else than before though nothing in it is mended, or ""."""
    paths = {span.path for span in mended}
    for name, record in before.items():
        span = record.location.span
        if span.path not in paths:
            continue
        if name not in after:
            return f"{name[0]} '{name[1]}' would be another"
        if not any(_contains(span, place) for place in mended) and (
            without_locations(record) != without_locations(after[name])
        ):
            return f"{name[0]} '{name[1]}' would say something else"
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


def _fresh(before: Names, after: Names) -> list[Span]:
    """Return where the records stand that were not on file before."""
    return [record.location.span for name, record in after.items() if name not in before]


def _contains(span: Span, place: Span) -> bool:
    return (
        span.path == place.path
        and (span.line, span.column) <= (place.line, place.column)
        and (place.end_line, place.end_column) <= (span.end_line, span.end_column)
    )
