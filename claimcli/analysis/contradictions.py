"""What contests what among some claims: each with all that opposes it, in its own words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from msgspec import Struct

from claimcli.analysis.groups import connected
from claimcli.core.records import Claim, Dossier, Status
from claimcli.core.relations import Relation, holds_position, restatement_links
from claimcli.core.schema import Kind
from claimcli.core.stances import UNBOUNDED, Stance, stance_relations
from claimcli.core.text.word_diff import key_of

MOST_POSITIONS = 6
"""Positions on one issue up to which each is set against each."""


class Opponent(Struct, frozen=True):
    """A claim that opposes: how, or None where it holds another position or restates such one."""

    claim: Claim
    kind: Kind | None = None
    restates: bool = False

    @property
    def label(self) -> str:
        """What it does, in words."""
        if self.kind:
            return self.kind.label
        if self.restates:
            return "says so in other words"
        return f"holds another position: {self.claim.position}"


class Contradiction(Struct, frozen=True):
    """Claims that say the same, in one way or another, and all that opposes them.

    Where an issue is answered in very many ways, ``against`` is empty and ``claims`` has them all.
    """

    issue: str | None
    claims: tuple[Claim, ...]
    opponents: tuple[Opponent, ...]


class Contradictions(Struct, frozen=True):
    """The rows, issue by issue, and contested claims of which no opponent is among them."""

    rows: tuple[Contradiction, ...]
    elsewhere: tuple[Claim, ...]


def contradictions(dossier: Dossier, claims: Iterable[Claim]) -> Contradictions:
    """Return the contradictions among some claims; no opposing answer and no rival is left out.

    Answers on file come with their kind; rival positions, as ``list`` and ``diff`` tell them, stand
    where no answer says the same. Each row's size is that of what it tells: a claim is given with
    its restatements once for all that opposes it.
    """
    known = {claim.id: claim for claim in sorted(claims, key=lambda claim: claim.order)}
    found = _Finder(dossier, known)
    rows = [*found.by_answers(), *found.by_positions()]
    rows.sort(key=lambda row: (row.issue is None, row.issue or "", row.claims[0].order))
    told = {one.id for row in rows for one in (*row.claims, *(o.claim for o in row.opponents))}
    contested = (c for c in known.values() if dossier.statuses[c.id] is Status.CONTESTED)
    return Contradictions(tuple(rows), tuple(c for c in contested if c.id not in told))


class _Finder:
    """The claims with their groups of restatements, and which groups answer which."""

    def __init__(self, dossier: Dossier, known: Mapping[str, Claim]) -> None:
        self.dossier = dossier
        self.known = known
        self.groups = connected(known, restatement_links(known.values(), known))
        self.group_of = {c.id: number for number, group in enumerate(self.groups) for c in group}
        self.linked: dict[int, set[int]] = defaultdict(set)

    def by_answers(self) -> Iterator[Contradiction]:
        """Yield each group with its opposing answers, and with those in other words once."""
        told: set[int] = set()
        for number, group in enumerate(self.groups):
            against: dict[tuple[str, Kind], Opponent] = {}
            for claim in group:
                for answer, kind in self.dossier.answers.get(claim.id, ()):
                    if kind.opposes and answer in self.known:
                        against[answer, kind] = Opponent(self.known[answer], kind)
                        self._link(number, self.group_of[answer])
            if against:
                more = self._restating({name for name, _ in against}, {number}, told)
                yield Contradiction(group[0].issue, tuple(group), (*against.values(), *more))

    def _link(self, one: int, other: int) -> None:
        self.linked[one].add(other)
        self.linked[other].add(one)

    def _restating(self, names: set[str], own: set[int], told: set[int]) -> list[Opponent]:
        """Return what says the same as these answers, of groups that no row has told yet."""
        numbers = sorted({self.group_of[name] for name in names} - own - told)
        told.update(numbers)
        every = (claim for number in numbers for claim in self.groups[number])
        return [Opponent(claim, restates=True) for claim in every if claim.id not in names]

    def by_positions(self) -> Iterator[Contradiction]:
        """Yield rival positions, issue by issue."""
        on: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        for claim in self.known.values():
            if claim.issue and holds_position(claim, self.dossier.superseded):
                on[claim.issue][key_of(claim.position or "")].append(claim)
        for issue, held in on.items():
            if len(held) > MOST_POSITIONS:
                every = _contesting([c for claims in held.values() for c in claims])
                if every:
                    yield Contradiction(issue, tuple(every), ())
                continue
            for one, other in combinations(held.values(), 2):
                yield from self._rivals(issue, one, other)

    def _rivals(self, issue: str, one: list[Claim], other: list[Claim]) -> Iterator[Contradiction]:
        """Yield what two positions contest that no answer on file does already."""
        rivals = {claim.id for claim in _contesting([*one, *other])}
        left, right = ([c for c in side if c.id in rivals] for side in (one, other))
        left = self._unanswered(left, right)
        right = self._unanswered(right, left)
        if left and right:
            yield Contradiction(issue, tuple(left), tuple(Opponent(claim) for claim in right))

    def _unanswered(self, some: list[Claim], others: list[Claim]) -> list[Claim]:
        """Return the claims that do not stand in a row with each of the others already."""
        numbers = {self.group_of[claim.id] for claim in others}
        return [c for c in some if not numbers <= self.linked[self.group_of[c.id]]]


def _contesting(claims: list[Claim]) -> list[Claim]:
    """Return those of an issue's claims that hold a rival of another's position."""
    found = stance_relations((number, _stance(claim)) for number, claim in enumerate(claims))
    return [claims[number] for number in sorted(n for n, how in found if how is Relation.CONTESTED)]


def _stance(claim: Claim) -> Stance:
    about = claim.about
    first, last = (about.earliest.isoformat(), about.latest.isoformat()) if about else UNBOUNDED
    position = key_of(claim.position or "")
    return Stance(frozenset(claim.parties), position, first, last, bool(about and about.zoned))
