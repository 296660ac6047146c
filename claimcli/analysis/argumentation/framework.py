"""Argumentation frameworks (arguments and attacks), and their grounded labels.

P. M. Dung, "On the acceptability of arguments and its fundamental role in nonmonotonic reasoning,
logic programming and n-person games", Artificial Intelligence 77 (1995).
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import accumulate

from claimcli.core.short_repr import ShortRepr


class Label(IntEnum):
    """The label of an argument in a labelling (Caminada 2006)."""

    UNDECIDED = 0
    IN = 1
    OUT = 2


class Neighbours:
    """The neighbours of each argument on one side of its attacks, as compressed rows."""

    def __init__(self, count: int, own: Sequence[int], others: Sequence[int]) -> None:
        sizes = array("q", bytes(8 * (count + 1)))
        for one in own:
            sizes[one + 1] += 1
        self.starts: array[int] = array("q", accumulate(sizes))
        self.all: array[int] = array("q", bytes(8 * len(own)))
        free = array("q", self.starts)
        for one, other in zip(own, others, strict=True):
            self.all[free[one]] = other
            free[one] += 1

    def of(self, argument: int) -> Sequence[int]:
        """Return the neighbours of one argument, once for each attack."""
        return self.all[self.starts[argument] : self.starts[argument + 1]]


class Framework(ShortRepr, frozen=True):
    """The names of arguments, which are numbered from 0, and attacks as two columns of numbers."""

    arguments: Sequence[str]
    attacking: Sequence[int]
    attacked: Sequence[int]

    @property
    def attacks(self) -> Iterator[tuple[int, int]]:
        """The pairs of attacking and attacked argument."""
        return zip(self.attacking, self.attacked, strict=True)

    def targets(self) -> Neighbours:
        """Return the arguments that each argument attacks."""
        return Neighbours(len(self.arguments), self.attacking, self.attacked)

    def attackers(self) -> Neighbours:
        """Return the attackers of each argument."""
        return Neighbours(len(self.arguments), self.attacked, self.attacking)


def framework(arguments: Sequence[str], attacks: Iterable[tuple[int, int]]) -> Framework:
    """Return a framework of these arguments and attacks, without duplicate attacks."""
    pairs = dict.fromkeys(attacks)
    return Framework(
        tuple(arguments), array("q", (a for a, _ in pairs)), array("q", (b for _, b in pairs))
    )


def grounded(given: Framework) -> bytearray:
    """Return the grounded label of each argument, by number, in time linear in the attacks.

    Arguments without attackers are in, arguments that these attack are out and no longer count as
    attackers, and so on (S. Modgil, M. Caminada, "Proof theories and algorithms for abstract
    argumentation frameworks", 2009, section 6.1).
    """
    count = len(given.arguments)
    targets = given.targets()
    starts, all_targets = targets.starts, targets.all
    left = array("q", bytes(8 * count))
    for attacked in given.attacked:
        left[attacked] += 1
    labels = bytearray(count)
    todo = [number for number in range(count) if not left[number]]
    for number in todo:
        labels[number] = Label.IN
    while todo:
        winner = todo.pop()
        for loser in all_targets[starts[winner] : starts[winner + 1]]:
            if labels[loser]:
                continue
            labels[loser] = Label.OUT
            for relieved in all_targets[starts[loser] : starts[loser + 1]]:
                left[relieved] -= 1
                if not left[relieved] and not labels[relieved]:
                    labels[relieved] = Label.IN
                    todo.append(relieved)
    return labels
