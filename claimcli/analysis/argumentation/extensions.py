"""The complete, preferred and stable extensions, found by a SAT solver, one part after another.

What the grounded labels leave undecided falls into parts that no attack ties to one another; each
has its own extensions, and those of the whole are their combinations.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import product
from typing import Any

from msgspec import Struct

from claimcli.analysis.argumentation.framework import Framework, Label, grounded
from claimcli.core.graphs import set_finder
from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.suggestions import one_of
from claimcli.dossier.runtime import import_extra

CONFLICTS = 2_000
"""Conflicts of the solver after which the time is looked at."""
MOST_EXTENSIONS = 100_000
"""Extensions that are listed; of more, the labels are still told."""


class Semantics(StrEnum):
    """Which sets of arguments can be accepted together."""

    GROUNDED = "grounded"
    COMPLETE = "complete"
    PREFERRED = "preferred"
    STABLE = "stable"


def named_semantics(word: str) -> Semantics:
    """Return the semantics of a name. Raises ClaimcliError where there is none."""
    return Semantics(one_of(word, (one.value for one in Semantics), "semantics"))


Part = tuple[frozenset[int], ...]
"""The extensions of one part, as sets of its arguments that are in."""


class Extensions(Struct, frozen=True):
    """What all extensions share, and those of each undecided part; one of each makes a whole.

    ``labels`` are the grounded ones. Where a part has no extension, the whole has none.
    """

    labels: bytearray
    parts: tuple[Part, ...]
    members: tuple[tuple[int, ...], ...]

    @property
    def count(self) -> int:
        """How many there are."""
        number = 1
        for part in self.parts:
            number *= len(part)
        return number

    def all(self) -> Iterator[list[int]]:
        """Yield each extension as the sorted numbers of what is in."""
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
    deadline = clock() + timeout if timeout else float("inf")
    time = _Time(clock, deadline, timeout or 0)
    parts = list(_parts(given, labels))
    found = tuple(tuple(_solved(part, semantics, time)) for part in parts)
    return Extensions(labels, found, tuple(tuple(part) for part in parts))


Attackers = dict[int, list[int]]
"""The undecided arguments of one part, each with its attackers among them."""


def _parts(given: Framework, labels: Sequence[int]) -> Iterator[Attackers]:
    """Yield the parts of what is undecided."""
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


class _Time:
    """When to give up."""

    def __init__(self, clock: Callable[[], float], deadline: float, timeout: float) -> None:
        self.clock = clock
        self.deadline = deadline
        self.timeout = timeout

    def look(self) -> None:
        """Raise ClaimcliError when the time is over."""
        if self.clock() > self.deadline:
            raise ClaimcliError(
                f"not all extensions were found in {self.timeout:g} seconds",
                "give it more with --timeout, or ask for --semantics grounded",
                code=ExitCode.UNREADABLE,
            )


class _Solver:
    """The complete labellings of one part as a formula; two variables say in and out."""

    def __init__(self, part: Attackers, time: _Time, *, total: bool) -> None:
        solvers = import_extra("pysat.solvers", "solver")
        self.numbers = {argument: 2 * n + 1 for n, argument in enumerate(part)}
        self.time = time
        self.solver: Any = solvers.Solver(name="mgh")
        self.solver.set_phases(list(self.numbers.values()))  # what is in first: large sets early
        for argument, attackers in part.items():
            for clause in self._clauses(argument, attackers, total=total):
                self.solver.add_clause(clause)

    def _clauses(
        self, argument: int, attackers: Iterable[int], *, total: bool
    ) -> Iterator[list[int]]:
        """Yield that an argument is in iff all attackers are out, and out iff one is in."""
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
        """Return what is in under some labelling; None where there is none."""
        while True:
            self.time.look()
            self.solver.conf_budget(CONFLICTS)
            answer = self.solver.solve_limited(assumptions=list(assumptions))
            if answer is not None:
                break
        if not answer:
            return None
        true = {literal for literal in self.solver.get_model() if literal > 0}
        return frozenset(a for a, number in self.numbers.items() if number in true)

    def beyond(self, found: frozenset[int], *, exactly: bool) -> list[int]:
        """Return a clause that forbids a set, and with ``exactly`` False all parts of it too."""
        outside = [number for a, number in self.numbers.items() if a not in found]
        inside = [-self.numbers[a] for a in found] if exactly else []
        return [*outside, *inside]

    def add(self, clause: list[int]) -> None:
        self.solver.add_clause(clause)

    def close(self) -> None:
        self.solver.delete()


def _solved(part: Attackers, semantics: Semantics, time: _Time) -> list[frozenset[int]]:
    """Return the extensions of one part, sorted."""
    solver = _Solver(part, time, total=semantics is Semantics.STABLE)
    try:
        find = _largest if semantics is Semantics.PREFERRED else _each
        return sorted(find(solver), key=sorted)
    finally:
        solver.close()


def _each(solver: _Solver) -> Iterator[frozenset[int]]:
    while (found := solver.model()) is not None:
        yield found
        solver.add(solver.beyond(found, exactly=True))


def _largest(solver: _Solver) -> Iterator[frozenset[int]]:
    """Yield each labelling of which no other has more in.

    Each is grown: all that lies within it is forbidden, and one that has all of it in is asked for,
    until there is none (F. Cerutti et al., "Computing preferred extensions in abstract
    argumentation: a SAT-based approach", 2013).
    """
    found = solver.model()
    while found is not None:
        solver.add(solver.beyond(found, exactly=False))
        larger = solver.model([solver.numbers[argument] for argument in sorted(found)])
        if larger is None:
            yield found
            larger = solver.model()
        found = larger
