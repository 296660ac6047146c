"""The matrix: the position and number of claims of each party on each issue, or its silence."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence

from claimcli.analysis.positions import OUTSIDE, SILENT, ordered_parties, summarize_position
from claimcli.core.positions import distinct_positions
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Dossier, party_label
from claimcli.core.short_repr import ShortRepr
from claimcli.core.table import Table
from claimcli.core.text.word_diff import plural

FEW_WORDS = 16
"""Number of words shown of the newest claim of a party without a position."""
MOST_CELLS = 2_000_000
"""Maximum number of cells of a matrix."""
NO_ISSUE = "claims on no issue"


class MatrixCell(ShortRepr, frozen=True):
    """One party on one issue: its position in words, and the numbers of its claims and rebuttals.

    ``positions`` are the stated positions, in order; ``newest`` is the id of the newest claim,
    one that was not withdrawn or superseded if possible. ``claims`` includes ``withdrawn`` ones;
    ``rebuttals`` does not. A ``silent`` party has no claims on the issue, not even unselected ones.
    """

    party: str
    label: str
    positions: tuple[str, ...] = ()
    claims: int = 0
    rebuttals: int = 0
    withdrawn: int = 0
    newest: str | None = None
    silent: bool = False

    @property
    def text(self) -> str:
        """The label with the counts; a silent party has none."""
        if not self.claims:
            return self.label
        counts = [plural(self.claims, "claim")]
        if self.rebuttals:
            counts.append(plural(self.rebuttals, "rebuttal"))
        if self.withdrawn:
            counts.append(f"{self.withdrawn:,} withdrawn")
        return f"{self.label} ({', '.join(counts)})"


class MatrixRow(ShortRepr, frozen=True):
    """One issue, or None, with a cell for each party, in the order of the parties."""

    issue: str | None
    question: str | None
    cells: tuple[MatrixCell, ...]


class Matrix(ShortRepr, frozen=True):
    """The issues of the selected claims, and the parties by id and by name.

    Claims on no issue have the last row. Parties with the same name have their ids added.
    """

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


def matrix(dossier: Dossier) -> Matrix:
    """Return the matrix of the selected claims.

    Parties with claims come first, then other registered ones, each in order of id. Claims
    outside the selection count too: a party that was not selected is not silent. Raises
    ClaimcliError if there would be too many cells.
    """
    said = _claims_by_cell(dossier.claims)
    issues = {issue for issue, _ in said}
    on_issues = [claim for claim in dossier.by_id.values() if claim.issue in issues]
    parties = ordered_parties(dossier, on_issues)
    if len(issues) * len(parties) > MOST_CELLS:
        raise ClaimcliError(
            f"{len(issues):,} issues of {len(parties):,} parties are more cells than the "
            f"{MOST_CELLS:,} that a matrix can have",
            "narrow it with --issue, --party or a query",
        )
    heard = {(claim.issue, party) for claim in on_issues for party in claim.parties}
    rows = tuple(
        MatrixRow(
            issue,
            record.question if (record := dossier.issues.get(issue or "")) else None,
            tuple(
                _cell(party, claims, dossier.superseded)
                if (claims := said.get((issue, party)))
                else _empty_cell(party, issue, speaks=(issue, party) in heard)
                for party in parties
            ),
        )
        for issue in sorted(issues, key=lambda issue: (issue is None, issue or ""))
    )
    return Matrix(parties, _names(dossier, parties), rows)


def _names(dossier: Dossier, parties: Sequence[str]) -> tuple[str, ...]:
    labels = {party: party_label(dossier, party) for party in parties}
    counts = Counter(labels.values())
    return tuple(
        label if counts[label] == 1 else f"{label} ({party})" for party, label in labels.items()
    )


def _claims_by_cell(claims: Iterable[Claim]) -> dict[tuple[str | None, str], list[Claim]]:
    """Return the claims by issue and party, in order."""
    said: dict[tuple[str | None, str], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.order):
        for party in claim.parties:
            said[claim.issue, party].append(claim)
    return said


def _empty_cell(party: str, issue: str | None, *, speaks: bool) -> MatrixCell:
    """Return a cell without selected claims; on no issue no party is silent."""
    if speaks:
        return MatrixCell(party, OUTSIDE)
    return MatrixCell(party, SILENT, silent=True) if issue else MatrixCell(party, "")


def _cell(party: str, claims: list[Claim], superseded: Container[str]) -> MatrixCell:
    stated = distinct_positions(claims)
    current = [c for c in claims if c.withdrawn is None and c.id not in superseded]
    newest = _newest(current or claims)
    label = (
        summarize_position(claims, {claim.id for claim in claims}).text
        if stated
        else _excerpt(newest)
    )
    rebutting = sum(
        any(answer.kind.opposes for answer in claim.responds_to) and claim.withdrawn is None
        for claim in claims
    )
    withdrawn = sum(claim.withdrawn is not None for claim in claims)
    return MatrixCell(party, label, stated, len(claims), rebutting, withdrawn, newest.id)


def _newest(claims: list[Claim]) -> Claim:
    """Return the dated claim that was made last, or the last claim if none is dated."""
    dated = [claim for claim in claims if claim.when]
    return dated[-1] if dated else claims[-1]


def _excerpt(claim: Claim) -> str:
    words = claim.statement.split()
    excerpt = " ".join(words[:FEW_WORDS]) + (" …" if len(words) > FEW_WORDS else "")
    return f"{excerpt} (withdrawn {claim.withdrawn})" if claim.withdrawn else excerpt
