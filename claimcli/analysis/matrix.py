"""The matrix: the position and number of claims of each party on each issue, or its silence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from claimcli.analysis.positions import OUTSIDE, SILENT, newest_claim, ordered_parties
from claimcli.analysis.roll_up import (
    ClaimsByCell,
    claims_by_cell,
    claims_by_member,
    rebuts,
    refuse_too_many_cells,
    summarize_cell,
    summarize_silence,
    withheld_cells,
)
from claimcli.core.party_trees import (
    By,
    SpeakingMembers,
    grouping,
    members,
    members_with_parents,
    speaking_members,
)
from claimcli.core.positions import distinct_positions
from claimcli.core.records import Claim, Dossier, party_label
from claimcli.core.registry_order import order_key
from claimcli.core.short_repr import ShortRepr
from claimcli.core.table import Table
from claimcli.core.text.word_diff import plural
from claimcli.core.withheld import NOT_INCLUDED

NO_ISSUE = "claims on no issue"


class MemberPositions(ShortRepr, frozen=True):
    """A member that speaks in a cell: the positions that it states, the number of its claims."""

    party: str
    positions: tuple[str, ...]
    claims: int


class MatrixCell(ShortRepr, frozen=True):
    """One party on one issue: its position in words, and the numbers of its claims and rebuttals.

    ``positions`` are the stated positions, in order; ``newest`` is the id of the newest claim,
    one that was not withdrawn or superseded if possible. ``claims`` includes ``withdrawn`` ones;
    ``rebuttals`` does not. A ``silent`` party has no claims on the issue, not even unselected ones
    or ones of its members. ``members`` are the parties of a tree that speak on the issue, or the
    first members through which a party without own claims speaks.
    """

    party: str
    label: str
    positions: tuple[str, ...] = ()
    claims: int = 0
    rebuttals: int = 0
    withdrawn: int = 0
    newest: str | None = None
    silent: bool = False
    members: tuple[MemberPositions, ...] = ()

    @property
    def text(self) -> str:
        """The label with the counts; a silent party has none."""
        return f"{self.label} ({self.counts})" if self.claims else self.label

    @property
    def counts(self) -> str:
        """The numbers of claims, rebuttals and withdrawn claims in words, "" without claims."""
        counts = [plural(self.claims, "claim")] if self.claims else []
        if self.rebuttals:
            counts.append(plural(self.rebuttals, "rebuttal"))
        if self.withdrawn:
            counts.append(f"{self.withdrawn:,} withdrawn")
        return ", ".join(counts)


class MatrixRow(ShortRepr, frozen=True):
    """One issue, or None, with a cell for each party, in the order of the parties."""

    issue: str | None
    question: str | None
    cells: tuple[MatrixCell, ...]


class Matrix(ShortRepr, frozen=True):
    """The issues of the selected claims, and the parties by id and by name.

    Claims on no issue have the last row. Parties with the same name have their ids added.
    """

    dossier: Dossier
    parties: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[MatrixRow, ...]

    def table(self, *, ids: bool = False) -> Table:
        """Return a row for each issue and a column for each party, headed by its name or id."""
        rows = tuple(
            (row.issue or NO_ISSUE, *(cell.text for cell in row.cells)) for row in self.rows
        )
        heads = self.parties if ids else self.names
        return Table("issues", ("issue", *heads), rows, sparse=False)


def matrix(dossier: Dossier, *, by: By = By.MEMBER, only: Iterable[str] = ()) -> Matrix:
    """Return the matrix of the selected claims, with a column for each party or party tree.

    ``only`` are the ids of parties: with any, these and their members have columns. Issues and
    parties have the order of the dossier, claims on no issue are last. Claims outside the selection
    count too: a party that was not selected is not silent. Raises ClaimcliError if there would be
    too many cells.
    """
    roots = grouping(dossier, by)
    said = claims_by_cell(dossier.claims, roots)
    issues = {issue for issue, _ in said}
    on_issues = [claim for claim in dossier.by_id.values() if claim.issue in issues]
    parties = ordered_parties(dossier, on_issues, roots)
    if chosen := {roots.get(m, m) for party in only for m in members(dossier, party)}:
        parties = tuple(party for party in parties if party in chosen)
    refuse_too_many_cells(len(issues), len(parties))
    cells = _Cells(dossier, said, claims_by_cell(on_issues, roots), roots)
    rows = tuple(
        MatrixRow(
            issue,
            record.question if (record := dossier.issues.get(issue or "")) else None,
            cells.of(issue, parties),
        )
        for issue in sorted(issues, key=order_key(dossier.issues))
    )
    return Matrix(dossier, parties, _names(dossier, parties), rows)


def _names(dossier: Dossier, parties: Sequence[str]) -> tuple[str, ...]:
    labels = {party: party_label(dossier, party) for party in parties}
    counts = Counter(labels.values())
    return tuple(
        label if counts[label] == 1 else f"{label} ({party})" for party, label in labels.items()
    )


class _Cells:
    """The cells of a matrix, from the selected claims and all claims by issue and column."""

    def __init__(
        self, dossier: Dossier, said: ClaimsByCell, heard: ClaimsByCell, roots: Mapping[str, str]
    ) -> None:
        self.dossier = dossier
        self.said = said
        self.heard = heard
        self.roots = roots
        self.pairs = [] if roots else members_with_parents(dossier)
        self.withheld = withheld_cells(dossier, self.pairs, roots)

    def of(self, issue: str | None, parties: Sequence[str]) -> tuple[MatrixCell, ...]:
        """Return the cells of an issue, one for each party."""
        selected, every = (
            speaking_members(self.pairs, {p for p in parties if (issue, p) in claims})
            for claims in (self.said, self.heard)
        )
        return tuple(
            self._cell(party, claims)
            if (claims := self.said.get((issue, party)))
            else self._empty_cell(issue, party, selected.get(party), heard=party in every)
            for party in parties
        )

    def _empty_cell(
        self, issue: str | None, party: str, members: SpeakingMembers | None, *, heard: bool
    ) -> MatrixCell:
        """Return the cell of a party without selected claims; on no issue no party is silent."""
        if members:
            text = summarize_silence(self.dossier, members).text
            own = {member: self.said[issue, member] for member in members.first}
            return MatrixCell(party, text, members=_members(own))
        if (issue, party) in self.withheld:
            return MatrixCell(party, NOT_INCLUDED)
        if heard or (issue, party) in self.heard:
            return MatrixCell(party, OUTSIDE)
        return MatrixCell(party, SILENT, silent=True) if issue else MatrixCell(party, "")

    def _cell(self, party: str, claims: Sequence[Claim]) -> MatrixCell:
        covered = {claim.id for claim in claims}
        rebutting = sum(
            rebuts(self.dossier, claim, self.roots) and claim.withdrawn is None for claim in claims
        )
        members = claims_by_member(party, claims, self.roots)
        return MatrixCell(
            party,
            summarize_cell(self.dossier, party, claims, covered, roots=self.roots).text,
            distinct_positions(claims),
            len(claims),
            rebutting,
            sum(claim.withdrawn is not None for claim in claims),
            newest_claim(claims, self.dossier.superseded).id,
            members=() if set(members) == {party} else _members(members),
        )


def _members(claims: Mapping[str, Sequence[Claim]]) -> tuple[MemberPositions, ...]:
    return tuple(MemberPositions(p, distinct_positions(own), len(own)) for p, own in claims.items())
