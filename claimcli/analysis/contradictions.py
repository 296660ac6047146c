"""The contradictions among some claims: each claim with the claims that oppose it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from msgspec import Struct

from claimcli.core.party_trees import party_trees, trees_of
from claimcli.core.positions import compatible_pairs, position_key
from claimcli.core.records import OPPOSED, Claim, Dossier
from claimcli.core.registry_order import order_key
from claimcli.core.relations import holds_position, linked_groups, restatement_links
from claimcli.core.response_kinds import Kind
from claimcli.core.stances import Stance, compatible_positions, date_bounds, rivals_of_stances

MOST_POSITIONS = 6
"""Maximum number of positions on one issue that are compared pairwise."""


class Opponent(Struct, frozen=True):
    """An opposing claim; ``kind`` is None for a rival position or a restated answer."""

    claim: Claim
    kind: Kind | None = None
    restates: bool = False

    @property
    def label(self) -> str:
        """How the claim opposes, in words."""
        if self.kind:
            return self.kind.label
        if self.restates:
            return "says so in other words"
        return f"holds another position: {self.claim.position}"


class Contradiction(Struct, frozen=True):
    """Claims that say the same in different words, and the claims that oppose them.

    For an issue with very many positions ``opponents`` is empty and ``claims`` has them all.
    """

    issue: str | None
    claims: tuple[Claim, ...]
    opponents: tuple[Opponent, ...]


class Contradictions(Struct, frozen=True):
    """The rows by issue, and the contested claims whose opponents are outside the selection."""

    rows: tuple[Contradiction, ...]
    elsewhere: tuple[Claim, ...]


def contradictions(dossier: Dossier, claims: Iterable[Claim]) -> Contradictions:
    """Return the contradictions among some claims, with every opposing answer and position.

    Answers have their kind; rival positions, as in ``list`` and ``diff``, are added where no
    answer says the same. A claim and its restatements share one row.
    """
    known = {claim.id: claim for claim in sorted(claims, key=lambda claim: claim.order)}
    finder = _ContradictionFinder(dossier, known)
    rows = [*finder.by_answers(), *finder.by_positions()]
    place = order_key(dossier.issues)
    rows.sort(key=lambda row: (place(row.issue), row.claims[0].order))
    shown = {one.id for row in rows for one in (*row.claims, *(o.claim for o in row.opponents))}
    opposed = (c for c in known.values() if dossier.statuses[c.id] in OPPOSED)
    hidden = (c for c in opposed if c.id not in shown and c.id not in dossier.superseded)
    return Contradictions(tuple(rows), tuple(hidden))


class _ContradictionFinder:
    """The claims in groups of restatements, and the groups that answer each other."""

    def __init__(self, dossier: Dossier, known: Mapping[str, Claim]) -> None:
        self.dossier = dossier
        self.known = known
        self.groups = linked_groups(known, restatement_links(known.values(), known))
        self.group_of = {c.id: number for number, group in enumerate(self.groups) for c in group}
        self.linked: dict[int, set[int]] = defaultdict(set)
        self.roots = party_trees(dossier)

    def by_answers(self) -> Iterator[Contradiction]:
        """Yield each group with its opposing answers; restatements of answers appear once."""
        shown: set[int] = set()
        for number, group in enumerate(self.groups):
            opponents: dict[tuple[str, Kind], Opponent] = {}
            for claim in group:
                for answer, kind in self.dossier.answers.get(claim.id, ()):
                    if kind.opposes and answer in self.known:
                        opponents[answer, kind] = Opponent(self.known[answer], kind)
                        self._link(number, self.group_of[answer])
            if opponents:
                more = self._restating({name for name, _ in opponents}, {number}, shown)
                yield Contradiction(group[0].issue, tuple(group), (*opponents.values(), *more))

    def _link(self, one: int, other: int) -> None:
        self.linked[one].add(other)
        self.linked[other].add(one)

    def _restating(self, names: set[str], own: set[int], shown: set[int]) -> list[Opponent]:
        """Return the restatements of these answers from groups that no row has shown yet."""
        numbers = sorted({self.group_of[name] for name in names} - own - shown)
        shown.update(numbers)
        restatements = (claim for number in numbers for claim in self.groups[number])
        return [Opponent(claim, restates=True) for claim in restatements if claim.id not in names]

    def by_positions(self) -> Iterator[Contradiction]:
        """Yield rival positions, issue by issue."""
        positions: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        for claim in self.known.values():
            if claim.issue and holds_position(claim, self.dossier.superseded):
                positions[claim.issue][position_key(claim.position)].append(claim)
        for issue, holders in positions.items():
            if len(holders) > MOST_POSITIONS:
                rivals = self._contesting(issue, [c for claims in holders.values() for c in claims])
                if rivals:
                    yield Contradiction(issue, tuple(rivals), ())
                continue
            for one, other in combinations(holders.values(), 2):
                yield from self._rivals(issue, one, other)

    def _rivals(self, issue: str, one: list[Claim], other: list[Claim]) -> Iterator[Contradiction]:
        """Yield the contradiction of two positions, without claims already linked by answers."""
        rivals = {claim.id for claim in self._contesting(issue, [*one, *other])}
        left, right = ([c for c in side if c.id in rivals] for side in (one, other))
        left = self._without_linked(left, right)
        right = self._without_linked(right, left)
        if left and right:
            yield Contradiction(issue, tuple(left), tuple(Opponent(claim) for claim in right))

    def _without_linked(self, some: list[Claim], others: list[Claim]) -> list[Claim]:
        """Return the claims that are not yet linked with each of the others."""
        numbers = {self.group_of[claim.id] for claim in others}
        return [c for c in some if not numbers <= self.linked[self.group_of[c.id]]]

    def _contesting(self, issue: str, claims: list[Claim]) -> list[Claim]:
        """Return the claims on one issue whose position opposes that of another."""
        stances = {number: self._stance(claim) for number, claim in enumerate(claims)}
        compatible = compatible_positions(compatible_pairs(self.dossier.issues.get(issue)))
        rivals = rivals_of_stances(stances, compatible)
        return [claims[key] for key, found in rivals if found.outside or found.inside]

    def _stance(self, claim: Claim) -> Stance:
        trees = trees_of(claim.parties, self.roots)
        return Stance(trees, position_key(claim.position), *date_bounds(claim.about))
