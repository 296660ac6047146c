"""How the answers and positions on file decide the status of a claim.

The definitions are in ``docs/explanation/contested-divided-answered.md``. Nothing here is a
judgement: a claim is contested because somebody else's account differs.
"""

from collections.abc import Iterable

from claimcli.core.records import Status
from claimcli.core.response_kinds import Effect, Kind
from claimcli.core.stances import Rivals


def is_answered_by_target(kind: Kind) -> bool:
    """Return whether the claim that an answer of this kind answers counts as an answer to it.

    A challenge makes a new point: only an answer to the challenge answers it.
    """
    return kind.effect is not Effect.CHALLENGE


class Tally:
    """Claims with the same effect on one claim, by their party trees."""

    def __init__(self) -> None:
        self._trees: dict[int, frozenset[str]] = {}
        self._count: dict[frozenset[str], int] = {}

    def add(self, key: int, trees: frozenset[str]) -> None:
        """Count a claim; a claim that is added twice counts once."""
        if key not in self._trees:
            self._trees[key] = trees
            self._count[trees] = self._count.get(trees, 0) + 1

    def outside(self, trees: frozenset[str], without: Iterable[int] = ()) -> bool:
        """Return whether one of the claims is from outside these trees.

        ``without`` are the keys of claims that do not count.
        """
        if not self._count:
            return False
        left_out: dict[frozenset[str], int] = {}
        for key in without:
            if (others := self._trees.get(key)) is not None:
                left_out[others] = left_out.get(others, 0) + 1
        return any(
            number > left_out.get(others, 0) and not others <= trees
            for others, number in self._count.items()
        )

    def any(self, without: Iterable[int] = ()) -> bool:
        """Return whether any claim counts."""
        return len(self._trees) > sum(key in self._trees for key in without)


class Tallies:
    """The claims that answer, oppose, qualify and confirm a claim and its restatements."""

    def __init__(self) -> None:
        self.answering = Tally()
        self.opposing = Tally()
        self.qualifying = Tally()
        self.confirming = Tally()

    def add_answer(self, kind: Kind, key: int, trees: frozenset[str], *, current: bool) -> None:
        """Count an answer; one that is withdrawn or superseded (not ``current``) only answers."""
        self.answering.add(key, trees)
        if current:
            if kind.opposes:
                self.opposing.add(key, trees)
            elif kind.effect is Effect.QUALIFICATION:
                self.qualifying.add(key, trees)
            elif kind.effect is Effect.AGREEMENT:
                self.confirming.add(key, trees)

    def add_target(self, kind: Kind, key: int, trees: frozenset[str], *, current: bool) -> None:
        """Count the claim that is answered by an answer of this kind."""
        if is_answered_by_target(kind):
            self.answering.add(key, trees)
        if current and kind.effect.mutual:
            self.opposing.add(key, trees)


NO_RIVALS = Rivals()
NO_ANSWERS = Tallies()


def status_of(
    trees: frozenset[str],
    tallies: Tallies,
    rivals: Rivals,
    *,
    withdrawn: bool = False,
    without: Iterable[int] = (),
) -> tuple[Status, bool]:
    """Return the status of a claim, the first that applies, and whether it is answered.

    ``without`` are the keys of claims that cannot oppose it: itself, and those that supersede it.
    """
    without = tuple(without)
    answered = tallies.answering.outside(trees)
    if withdrawn:
        return Status.WITHDRAWN, answered
    if rivals.outside or tallies.opposing.outside(trees, without):
        return Status.CONTESTED, answered
    if rivals.inside or tallies.opposing.any(without):
        return Status.DIVIDED, answered
    if tallies.qualifying.outside(trees):
        return Status.QUALIFIED, answered
    if rivals.shared or tallies.confirming.outside(trees):
        return Status.CONFIRMED, answered
    return Status.ANSWERED if answered else Status.UNANSWERED, answered
