"""The matrix: the position and number of claims of each party on each issue, or its silence."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec.structs import replace

from claimcli.analysis.positions import OUTSIDE, SILENT, newest_claim, ordered_parties
from claimcli.analysis.roll_up import (
    claims_by_issue,
    claims_by_member,
    rebuts,
    refuse_too_many_cells,
    summarize_cell,
    summarize_silence,
    withheld_cells,
)
from claimcli.core.party_trees import (
    By,
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
            (row.issue or NO_ISSUE, *[c.text if c.claims else c.label for c in row.cells])
            for row in self.rows
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
    issues = {claim.issue for claim in dossier.claims}
    speaking = (p for c in dossier.by_id.values() if c.issue in issues for p in c.parties)
    parties = _columns(dossier, speaking, by, only)
    refuse_too_many_cells(len(issues), len(parties))
    rows = tuple(_Rows(dossier, parties, by).of(dossier))
    return Matrix(dossier, parties, _names(dossier, parties), rows)


def matrix_in_batches(
    batches: Iterator[Dossier], speaking: Iterable[str], *, by: By = By.MEMBER
) -> Matrix:
    """Return the matrix of a whole dossier, as :func:`matrix` does, from at least one batch of it.

    Each batch has all claims of its issues, in the order of the dossier, and what they answer;
    claims on no issue can be in several. ``speaking`` are the parties that make claims. The matrix
    has the first batch as its dossier.
    """
    first = next(batches)
    parties = _columns(first, speaking, by, ())
    maker = _Rows(first, parties, by)
    rows: list[MatrixRow] = []
    unassigned: list[Dossier] = []
    for batch in chain([first], batches):
        on_issues = tuple(claim for claim in batch.claims if claim.issue)
        rows += maker.of(replace(batch, claims=on_issues))
        if len(on_issues) < len(batch.claims):
            unassigned.append(batch)
    if unassigned:
        rows += maker.of(_on_no_issue(unassigned))
    return Matrix(first, parties, _names(first, parties), tuple(rows))


def _on_no_issue(batches: Sequence[Dossier]) -> Dossier:
    """Return the claims on no issue of some batches in one dossier, with what they answer."""
    return Dossier(
        claims=tuple(claim for batch in batches for claim in batch.claims if not claim.issue),
        by_id=dict(item for batch in batches for item in batch.by_id.items()),
        superseded=dict(item for batch in batches for item in batch.superseded.items()),
        parties=batches[0].parties,
    )


def _columns(
    dossier: Dossier, speaking: Iterable[str], by: By, only: Iterable[str]
) -> tuple[str, ...]:
    """Return the parties that have columns, in order, of the registered and the speaking ones."""
    roots = grouping(dossier, by)
    parties = ordered_parties(dossier, speaking, roots)
    chosen = {roots.get(m, m) for party in only for m in members(dossier, party)}
    return tuple(party for party in parties if party in chosen) if chosen else parties


def _names(dossier: Dossier, parties: Sequence[str]) -> tuple[str, ...]:
    labels = {party: party_label(dossier, party) for party in parties}
    counts = Counter(labels.values())
    return tuple(
        label if counts[label] == 1 else f"{label} ({party})" for party, label in labels.items()
    )


class _Rows:
    """Makes the rows of a matrix, with a cell for each of the parties, in their order."""

    def __init__(self, dossier: Dossier, parties: Sequence[str], by: By) -> None:
        self.roots = grouping(dossier, by)
        self.pairs = [] if self.roots else members_with_parents(dossier)
        self.withheld = withheld_cells(dossier, self.pairs, self.roots)
        self.numbers = {party: number for number, party in enumerate(parties)}
        # most cells are these, so that each is made only once
        self.silent = [MatrixCell(party, SILENT, silent=True) for party in parties]
        self.empty = [MatrixCell(party, "") for party in parties]

    def of(self, dossier: Dossier) -> Iterator[MatrixRow]:
        """Yield a row for each issue of the selected claims, in order.

        All claims on these issues must be loaded.
        """
        said = claims_by_issue(dossier.claims, self.roots)
        heard: dict[str | None, set[str]] = {issue: set() for issue in said}
        for claim in dossier.by_id.values():
            if claim.issue in heard:
                heard[claim.issue].update(self.roots.get(party, party) for party in claim.parties)
        for issue in sorted(said, key=order_key(dossier.issues)):
            selected = said[issue]
            record = dossier.issues.get(issue or "")
            cells = [*(self.silent if issue else self.empty)]
            for cell in self._spoken(dossier, issue, selected, heard[issue]):
                cells[self.numbers[cell.party]] = cell
            yield MatrixRow(issue, record.question if record else None, tuple(cells))

    def _spoken(
        self,
        dossier: Dossier,
        issue: str | None,
        selected: Mapping[str, list[Claim]],
        heard: Collection[str],
    ) -> Iterator[MatrixCell]:
        """Yield the cells of an issue that are not those of silent parties."""
        shown = self.numbers.keys()
        through, every = (
            speaking_members(self.pairs, shown & parties) for parties in (selected, heard)
        )
        withheld = self.withheld.get(issue, set())
        for party in shown & (selected.keys() | heard | every.keys() | withheld):
            if party in selected:
                yield self._cell(dossier, party, selected[party])
            elif party in through:
                text = summarize_silence(dossier, through[party]).text
                own = {member: selected[member] for member in through[party].first}
                yield MatrixCell(party, text, members=_members(own))
            else:
                yield MatrixCell(party, NOT_INCLUDED if party in withheld else OUTSIDE)

    def _cell(self, dossier: Dossier, party: str, claims: Sequence[Claim]) -> MatrixCell:
        covered = {claim.id for claim in claims}
        rebutting = sum(
            claim.withdrawn is None and rebuts(dossier, claim, self.roots) for claim in claims
        )
        members = claims_by_member(party, claims, self.roots) if self.roots else {}
        return MatrixCell(
            party,
            summarize_cell(dossier, party, claims, covered, roots=self.roots).text,
            distinct_positions(claims),
            len(claims),
            rebutting,
            sum(claim.withdrawn is not None for claim in claims),
            newest_claim(claims, dossier.superseded).id,
            members=() if set(members) <= {party} else _members(members),
        )


def _members(claims: Mapping[str, Sequence[Claim]]) -> tuple[MemberPositions, ...]:
    return tuple(MemberPositions(p, distinct_positions(own), len(own)) for p, own in claims.items())
