"""Complete, preferred and stable extensions, computed by a SAT solver.

The arguments that the grounded labels leave undecided fall into parts that no attack connects. Each
part is solved separately; the framework's extensions are the combinations of those of its parts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import product
from math import inf, prod
from typing import Any

from msgspec import Struct

from claimcli.analysis.argumentation.framework import Framework, Label, grounded
from claimcli.core.graphs import set_finder
from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.suggestions import one_of
from claimcli.dossier.runtime import import_extra

CONFLICTS = 2_000
"""Conflicts of the solver between two checks of the time limit."""
MAX_EXTENSIONS = 100_000
"""Number of extensions up to which all are listed; with more, only the labels are given."""


class Semantics(StrEnum):
    """Which sets of arguments can be accepted together."""

    GROUNDED = "grounded"
    COMPLETE = "complete"
    PREFERRED = "preferred"
    STABLE = "stable"


def named_semantics(word: str) -> Semantics:
    """Return the semantics with a name. Raises ClaimcliError if it is unknown."""
    return Semantics(one_of(word, (one.value for one in Semantics), "semantics"))


Part = tuple[frozenset[int], ...]
"""The extensions of one part, as sets of accepted arguments."""


class Extensions(Struct, frozen=True):
    """The grounded labels, and for each undecided part its extensions and its arguments.

    An extension of the framework consists of the arguments that are in by the grounded labels, and
    one extension of each part. If a part has no extension, neither has the framework.
    """

    labels: bytearray
    parts: tuple[Part, ...]
    members: tuple[tuple[int, ...], ...]

    @property
    def count(self) -> int:
        """The number of extensions of the framework."""
        return prod(map(len, self.parts))

    def all(self) -> Iterator[list[int]]:
        """Yield each extension as the sorted numbers of its arguments."""
        shared = [number for number, label in enumerate(self.labels) if label == Label.IN]
        for chosen in product(*self.parts):
            yield sorted((*shared, *(number for part in chosen for number in part)))


def extensions(
    given: Framework,
    semantics: Semantics,
    *,
    clock: Callable[[], float],
    timeout: float | None = None,
) -> Extensions:
    """Return the extensions of a framework.

    Raises ClaimcliError if the solver is needed and not installed, or after ``timeout`` seconds of
    ``clock``.
    """
    labels = grounded(given)
    if semantics is Semantics.GROUNDED:
        return Extensions(labels, (), ())
    limit = _TimeLimit(clock, timeout or inf)
    parts = list(_undecided_parts(given, labels))
    solutions = tuple(tuple(_solve(part, semantics, limit)) for part in parts)
    return Extensions(labels, solutions, tuple(tuple(part) for part in parts))


Attackers = dict[int, list[int]]
"""The undecided arguments of one part, each with its attackers among them."""


def _undecided_parts(given: Framework, labels: Sequence[int]) -> Iterator[Attackers]:
    names = [number for number, label in enumerate(labels) if label == Label.UNDECIDED]
    undecided = set(names)
    ties = [(a, b) for a, b in given.attacks if a in undecided and b in undecided]
    top = set_finder(map(str, names), ((str(a), str(b)) for a, b in ties))
    parts: dict[str, Attackers] = defaultdict(dict)
    for number in names:
        parts[top(str(number))][number] = []
    for a, b in ties:
        parts[top(str(b))][b].append(a)
    yield from parts.values()


class _TimeLimit:
    """The time at which to give up."""

    def __init__(self, clock: Callable[[], float], timeout: float) -> None:
        self.clock, self.timeout = clock, timeout
        self.deadline = clock() + timeout

    def check(self) -> None:
        """Raise ClaimcliError if the time is over."""
        if self.clock() > self.deadline:
            raise ClaimcliError(
                f"not all extensions were found in {self.timeout:g} seconds",
                "allow more with --timeout, or use --semantics grounded",
                code=ExitCode.UNREADABLE,
            )


class _Solver:
    """A formula whose models are the complete labellings of one part.

    Each argument has two variables: in and out. ``total`` excludes undecided arguments.
    """

    def __init__(self, part: Attackers, limit: _TimeLimit, *, total: bool) -> None:
        solvers = import_extra("pysat.solvers", "solver")
        self.numbers = {argument: 2 * n + 1 for n, argument in enumerate(part)}
        self.limit = limit
        self.solver: Any = solvers.Solver(name="mgh")
        self.solver.set_phases(list(self.numbers.values()))  # try "in" first
        for argument, attackers in part.items():
            for clause in self._clauses(argument, attackers, total=total):
                self.solver.add_clause(clause)

    def _clauses(
        self, argument: int, attackers: Iterable[int], *, total: bool
    ) -> Iterator[list[int]]:
        """Yield clauses: an argument is in iff all its attackers are out, and out iff one is in."""
        is_in = self.numbers[argument]
        is_out = is_in + 1
        others = [self.numbers[attacker] for attacker in attackers]
        yield [-is_in, -is_out]
        yield [is_in, *(-(other + 1) for other in others)]
        yield [-is_out, *others]
        for other in others:
            yield [-is_in, other + 1]
            yield [-other, is_out]
        if total:
            yield [is_in, is_out]

    def model(self, assumptions: Sequence[int] = ()) -> frozenset[int] | None:
        """Return the accepted arguments of some labelling; or None."""
        answer = None
        while answer is None:
            self.limit.check()
            self.solver.conf_budget(CONFLICTS)
            answer = self.solver.solve_limited(assumptions=list(assumptions))
        if not answer:
            return None
        true = {literal for literal in self.solver.get_model() if literal > 0}
        return frozenset(a for a, number in self.numbers.items() if number in true)

    def exclude(self, accepted: frozenset[int], *, subsets: bool) -> None:
        """Exclude a set of accepted arguments from further models, or all its subsets too."""
        outside = [number for a, number in self.numbers.items() if a not in accepted]
        inside = [] if subsets else [-self.numbers[a] for a in accepted]
        self.solver.add_clause([*outside, *inside])


def _solve(part: Attackers, semantics: Semantics, limit: _TimeLimit) -> list[frozenset[int]]:
    """Return the extensions of one part, sorted."""
    solver = _Solver(part, limit, total=semantics is Semantics.STABLE)
    try:
        find = _maximal if semantics is Semantics.PREFERRED else _all
        return sorted(find(solver), key=sorted)
    finally:
        solver.solver.delete()


def _all(solver: _Solver) -> Iterator[frozenset[int]]:
    while (accepted := solver.model()) is not None:
        yield accepted
        solver.exclude(accepted, subsets=False)


def _maximal(solver: _Solver) -> Iterator[frozenset[int]]:
    """Yield the sets of accepted arguments that are not contained in others.

    Each is grown: its subsets are excluded, and a model that contains it is searched for, until
    no larger one exists (F. Cerutti et al., "Computing preferred extensions in abstract
    argumentation: a SAT-based approach", 2013).
    """
    accepted = solver.model()
    while accepted is not None:
        solver.exclude(accepted, subsets=True)
        larger = solver.model([solver.numbers[argument] for argument in sorted(accepted)])
        if larger is None:
            yield accepted
            larger = solver.model()
        accepted = larger
