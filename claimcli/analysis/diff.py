"""Two parties' accounts side by side, issue by issue."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import field

from claimcli.analysis.position_links import SidedClaim, position_links
from claimcli.core.party_names import speaker_label
from claimcli.core.party_trees import members
from claimcli.core.positions import compatible_pairs, distinct_positions
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Dossier
from claimcli.core.registry_order import order_key
from claimcli.core.relations import (
    Link,
    Relation,
    answer_links,
    holds_position,
    is_current,
    linked_groups,
    restatement_links,
)
from claimcli.core.response_kinds import Kind
from claimcli.core.short_repr import ShortRepr
from claimcli.core.stances import compatible_positions
from claimcli.core.table import Table
from claimcli.core.text.word_diff import Segment, compare_words


class DiffRow(ShortRepr, frozen=True):
    """Related claims of the two parties on one issue.

    These are a claim with its restatements and answers, or rival or shared positions (without
    ``kinds``), or unrelated claims. ``segments`` has the statements, with differing words marked,
    of claims that answer or restate each other.
    """

    issue: str | None
    question: str | None
    relation: Relation
    kinds: tuple[Kind, ...]
    left: tuple[Claim, ...]
    right: tuple[Claim, ...]
    segments: dict[str, tuple[Segment, ...]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The relation and the kinds of answers or the positions behind it."""
        if self.kinds:
            return f"{self.relation}: {'; '.join(kind.label for kind in self.kinds)}"
        positions = distinct_positions((*self.left, *self.right))
        if self.relation in (Relation.CONTESTED, Relation.AGREED) and positions:
            return f"{self.relation}: positions {' / '.join(positions)}"
        return str(self.relation)


class Diff(ShortRepr, frozen=True):
    """The rows of two parties, issue by issue, in each the strongest relation first."""

    left: str
    right: str
    rows: tuple[DiffRow, ...]
    dossier: Dossier

    def strongest_relations(self) -> dict[str | None, Relation]:
        """Return each issue's strongest relation, in the order of the rows."""
        strongest: dict[str | None, Relation] = {}
        for row in self.rows:
            strongest.setdefault(row.issue, row.relation)
        return strongest

    def sides(self, row: DiffRow) -> tuple[tuple[str, tuple[Claim, ...]], ...]:
        """Return the two parties, each with its claims in a row."""
        return (self.left, row.left), (self.right, row.right)

    def table(self) -> Table:
        """Return one table row for each row."""
        columns = (
            "issue", "relation", "kinds", self.left, self.right, "left ids", "right ids",
            "left speakers", "right speakers",
        )  # fmt: skip
        rows = tuple(self._table_row(row) for row in self.rows)
        return Table(f"{self.left} and {self.right}", columns, rows)

    def _table_row(self, row: DiffRow) -> tuple[str | tuple[str, ...] | None, ...]:
        return (
            row.issue,
            row.relation.value,
            tuple(kind.label for kind in row.kinds),
            *(" / ".join(c.statement for c in claims) for _, claims in self.sides(row)),
            *(tuple(claim.id for claim in claims) for _, claims in self.sides(row)),
            *(
                " / ".join(speaker_label(self.dossier, claim, account) for claim in claims)
                for account, claims in self.sides(row)
            ),
        )


def diff(
    dossier: Dossier, left: str, right: str, *, words: bool = True, only: Iterable[Relation] = ()
) -> Diff:
    """Compare two parties' claims; ``left`` and ``right`` are party ids.

    Only rows with a claim of ``dossier.claims`` are returned; with ``words``, differing words are
    marked. Raises ClaimcliError if one of the parties is part of the other.
    """
    ours, theirs = members(dossier, left), members(dossier, right)
    if left in theirs or right in ours:
        raise ClaimcliError(
            f"'{left}' and '{right}' overlap, so they have one account",
            "name two parties of which neither is part of the other",
        )
    sides = _Sides(dossier, ours, theirs)
    wanted = set(only) or set(Relation)
    selected = {claim.id for claim in dossier.claims}
    rows = [
        row
        for row in sides.rows()
        if row.relation in wanted and any(c.id in selected for c in (*row.left, *row.right))
    ]
    if words:
        rows = [_mark_differences(row, sides.links_of) for row in rows]
    return Diff(left, right, tuple(_sorted_rows(rows, dossier)), dossier)


def _sorted_rows(rows: list[DiffRow], dossier: Dossier) -> list[DiffRow]:
    """Return rows by issue, relation (the strongest first) and first claim."""
    place = order_key(dossier.issues)
    return sorted(
        rows,
        key=lambda row: (
            place(row.issue),
            row.relation.strength,
            min(claim.order for claim in (*row.left, *row.right)),
        ),
    )


class _Sides:
    """The claims of the two parties, and the links between them."""

    def __init__(self, dossier: Dossier, ours: frozenset[str], theirs: frozenset[str]) -> None:
        self.dossier = dossier
        claims = dossier.by_id.values()
        self.left = {c.id: c for c in claims if not ours.isdisjoint(c.parties)}
        self.right = {c.id: c for c in claims if not theirs.isdisjoint(c.parties)}
        self.both = {c.id: c for c in claims if c.id in self.left or c.id in self.right}
        self.links = [
            *answer_links(self.both.values(), self.both),
            *restatement_links(self.both.values(), self.both),
        ]
        self.superseded = dossier.superseded
        self.links_of: dict[str, list[Link]] = defaultdict(list)
        for link in self.links:
            self.links_of[link.source].append(link)
        self.on_issue: dict[str | None, list[Claim]] = defaultdict(list)
        for claim in self.both.values():
            self.on_issue[claim.issue].append(claim)
        self.groups = linked_groups(self.both, self.links)

    def rows(self) -> list[DiffRow]:
        rows: list[DiffRow] = []
        alone: dict[str | None, list[list[Claim]]] = defaultdict(list)
        for group in self.groups:
            if self._two_sided(group):
                rows.append(self._linked_row(group))
            else:
                alone[group[0].issue].append(group)
        for issue, groups in alone.items():
            rows += self._issue_rows(issue, groups)
        return rows

    def _two_sided(self, group: list[Claim]) -> bool:
        return any(c.id in self.left for c in group) and any(c.id in self.right for c in group)

    def _row(
        self,
        group: Collection[Claim],
        relation: Relation,
        kinds: tuple[Kind, ...] = (),
        issue: str | None = None,
    ) -> DiffRow:
        ordered = sorted(group, key=lambda claim: claim.order)
        record = self.dossier.issues.get(issue or "")
        return DiffRow(
            issue,
            record.question if record else None,
            relation,
            kinds,
            tuple(claim for claim in ordered if claim.id in self.left),
            tuple(claim for claim in ordered if claim.id in self.right),
        )

    def _linked_row(self, group: list[Claim]) -> DiffRow:
        across = [
            link
            for claim in group
            for link in self.links_of[claim.id]
            if self._crosses(link.source, link.target)
        ]
        kinds = tuple(kind for kind in Kind if any(link.kind is kind for link in across))
        relations = [self._relation(link) for link in across] or [Relation.AGREED]
        relations += self._position_relations(group)
        return self._row(group, min(relations, key=lambda r: r.strength), kinds, group[0].issue)

    def _relation(self, link: Link) -> Relation:
        """Return the relation of a link; an answer that is no longer given can only be opposed."""
        if link.kind is None or is_current(self.both[link.source], self.superseded):
            return link.relation
        opposed = link.kind.effect.mutual and is_current(self.both[link.target], self.superseded)
        return link.relation if opposed else Relation.PARALLEL

    def _crosses(self, one: str, other: str) -> bool:
        return (one in self.left and other in self.right) or (
            one in self.right and other in self.left
        )

    def _links(
        self, claims: Iterable[Claim], relation: Relation, fresh: Collection[str]
    ) -> list[Link]:
        """Return links between positions on one issue, each with at least one of the fresh ids."""
        sided = [
            SidedClaim(c, c.id in self.left, c.id in self.right, c.id in fresh)
            for c in claims
            if holds_position(c, self.superseded)
        ]
        if not sided:
            return []
        issue = self.dossier.issues.get(sided[0].claim.issue or "")
        compatible = compatible_positions(compatible_pairs(issue))
        return [Link(*ends, None) for ends in position_links(sided, relation, compatible)]

    def _position_relations(self, group: list[Claim]) -> Iterator[Relation]:
        """Yield whether positions of a group's claims on one issue are contested or agreed."""
        by_issue: dict[str | None, list[Claim]] = defaultdict(list)
        for claim in group:
            by_issue[claim.issue].append(claim)
        for claims in by_issue.values():
            ids = {claim.id for claim in claims}
            for relation in (Relation.CONTESTED, Relation.AGREED):
                if self._links(claims, relation, ids):
                    yield relation
                    break

    def _issue_rows(self, issue: str | None, groups: list[list[Claim]]) -> list[DiffRow]:
        """Return the rows of an issue's groups that no answer links to the other party."""
        speaking = self.on_issue[issue] if issue else []
        heard_left = any(claim.id in self.left for claim in speaking)
        heard_right = any(claim.id in self.right for claim in speaking)
        if not (heard_left and heard_right):  # no position of one is linked with one of the other
            return [self._one_sided_row(group, issue) for group in groups]
        rows, rest = self._position_rows(issue, groups, speaking)
        if len({group[0].id in self.left for group in rest}) == 2:
            return [
                *rows,
                self._row([c for group in rest for c in group], Relation.PARALLEL, (), issue),
            ]
        return rows + [self._row(group, Relation.PARALLEL, (), issue) for group in rest]

    def _one_sided_row(self, group: list[Claim], issue: str | None) -> DiffRow:
        is_left = group[0].id in self.left
        return self._row(group, Relation.ONLY_LEFT if is_left else Relation.ONLY_RIGHT, (), issue)

    def _position_rows(
        self, issue: str | None, groups: list[list[Claim]], speaking: list[Claim]
    ) -> tuple[list[DiffRow], list[list[Claim]]]:
        """Return rows of rival and of shared positions, and the groups in neither."""
        rows: list[DiffRow] = []
        rest = groups
        for relation in (Relation.CONTESTED, Relation.AGREED):
            fresh = {claim.id for group in rest for claim in group}
            edges = self._links(speaking, relation, fresh)
            if not edges:
                continue
            ends = {end for edge in edges for end in (edge.source, edge.target)}
            related = [group for group in rest if any(claim.id in ends for claim in group)]
            used = {id(group) for group in related}
            rest = [group for group in rest if id(group) not in used]
            together = {claim.id: claim for group in related for claim in group}
            together |= {end: self.both[end] for end in ends}
            links = [x for end in together for x in self.links_of[end] if x.target in together]
            for group in linked_groups(together, [*edges, *links]):
                rows.append(self._row(group, relation, (), issue))
        return rows, rest


def _mark_differences(row: DiffRow, links_of: Mapping[str, Iterable[Link]]) -> DiffRow:
    """Mark the words of each claim that differ from the claim that it answers or restates."""
    claims = {claim.id: claim for claim in (*row.left, *row.right)}
    segments: dict[str, tuple[Segment, ...]] = {}
    for link in (link for claim in claims for link in links_of.get(claim, ())):
        if link.target in claims:
            ours, theirs = compare_words(
                claims[link.source].statement, claims[link.target].statement
            )
            if any(segment.differs for segment in (*ours, *theirs)):
                segments.setdefault(link.source, ours)
                segments.setdefault(link.target, theirs)
    return DiffRow(row.issue, row.question, row.relation, row.kinds, row.left, row.right, segments)
