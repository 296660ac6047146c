"""Parties and issues: what each party holds on each, how much it says, and where it is silent."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence

from claimcli.analysis.positions import OUTSIDE, SILENT, ordered_parties, position_summary
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Dossier, party_label
from claimcli.core.short_repr import ShortRepr
from claimcli.core.table import Table
from claimcli.core.text.word_diff import counted

FEW_WORDS = 16
"""Words of a claim that stand for it where its party states no position."""
MOST_CELLS = 2_000_000
"""Issues times parties of one matrix."""
NO_ISSUE = "claims on no issue"


class MatrixCell(ShortRepr, frozen=True):
    """One party on one issue: in words what it holds, and how many claims and rebuttals it makes.

    ``positions`` are those stated, each once, in order; ``newest`` is the id of the newest claim
    that its party has not withdrawn or superseded, if there is one. Claims that were withdrawn are
    counted too, and how many they are; rebuttals that were are not.
    """

    party: str
    label: str
    positions: tuple[str, ...] = ()
    claims: int = 0
    rebuttals: int = 0
    withdrawn: int = 0
    newest: str | None = None

    @property
    def text(self) -> str:
        """The words with the counts; a silent party has none."""
        if not self.claims:
            return self.label
        counts = [counted(self.claims, "claim")]
        if self.rebuttals:
            counts.append(counted(self.rebuttals, "rebuttal"))
        if self.withdrawn:
            counts.append(f"{self.withdrawn:,} withdrawn")
        return f"{self.label} ({', '.join(counts)})"


class MatrixRow(ShortRepr, frozen=True):
    """One issue, or none, with a square for each party, in the order of the parties."""

    issue: str | None
    question: str | None
    cells: tuple[MatrixCell, ...]


class Matrix(ShortRepr, frozen=True):
    """All issues that the claims asked for speak to, and the parties by id and by name.

    Claims on no issue have the last row. Where two parties have one name, their ids stand with it.
    """

    parties: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[MatrixRow, ...]

    def table(self, *, ids: bool = False) -> Table:
        """Return a row an issue and a column a party, which its name or its id heads."""
        rows = tuple(
            (row.issue or NO_ISSUE, *(square.text for square in row.cells)) for row in self.rows
        )
        heads = self.parties if ids else self.names
        return Table("issues", ("issue", *heads), rows, sparse=False)


def matrix(dossier: Dossier) -> Matrix:
    """Return the matrix of the claims asked for.

    Parties that speak come first, then those registered that do not, each in order of id. One that
    was not asked for is not therefore silent: what it says on these issues is looked at too.
    Raises ClaimcliError where there would be too many squares.
    """
    said = _by_square(dossier.claims)
    issues = {issue for issue, _ in said}
    beside = [claim for claim in dossier.by_id.values() if claim.issue in issues]
    parties = ordered_parties(dossier, beside)
    if len(issues) * len(parties) > MOST_CELLS:
        raise ClaimcliError(
            f"{len(issues):,} issues of {len(parties):,} parties are more squares than the "
            f"{MOST_CELLS:,} that a matrix holds",
            "narrow it with --issue, --party or a query",
        )
    heard = {(claim.issue, party) for claim in beside for party in claim.parties}
    rows = tuple(
        MatrixRow(
            issue,
            found.question if (found := dossier.issues.get(issue or "")) else None,
            tuple(
                _square(party, claims, dossier.superseded)
                if (claims := said.get((issue, party)))
                else MatrixCell(party, _silence(issue, speaks=(issue, party) in heard))
                for party in parties
            ),
        )
        for issue in sorted(issues, key=lambda issue: (issue is None, issue or ""))
    )
    return Matrix(parties, _names(dossier, parties), rows)


def _names(dossier: Dossier, parties: Sequence[str]) -> tuple[str, ...]:
    labels = {party: party_label(dossier, party) for party in parties}
    often = Counter(labels.values())
    return tuple(
        label if often[label] == 1 else f"{label} ({party})" for party, label in labels.items()
    )


def _by_square(claims: Iterable[Claim]) -> dict[tuple[str | None, str], list[Claim]]:
    """Return the claims by issue and party, in order."""
    said: dict[tuple[str | None, str], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.order):
        for party in claim.parties:
            said[claim.issue, party].append(claim)
    return said


def _silence(issue: str | None, *, speaks: bool) -> str:
    """Return what stands where nothing of a party was asked for: on no issue nobody is silent."""
    if speaks:
        return OUTSIDE
    return SILENT if issue else ""


def _square(party: str, claims: list[Claim], superseded: Container[str]) -> MatrixCell:
    stated = tuple(dict.fromkeys(claim.position for claim in claims if claim.position))
    held = [c for c in claims if c.withdrawn is None and c.id not in superseded]
    newest = _newest(held or claims)
    words = position_summary(claims, {claim.id for claim in claims}) if stated else _few(newest)
    rebutting = sum(
        any(answer.kind.opposes for answer in claim.responds_to) and claim.withdrawn is None
        for claim in claims
    )
    withdrawn = sum(claim.withdrawn is not None for claim in claims)
    return MatrixCell(party, words, stated, len(claims), rebutting, withdrawn, newest.id)


def _newest(claims: list[Claim]) -> Claim:
    """Return the claim said last; of claims without a date the last, where none has one."""
    dated = [claim for claim in claims if claim.said]
    return dated[-1] if dated else claims[-1]


def _few(claim: Claim) -> str:
    words = claim.statement.split()
    few = " ".join(words[:FEW_WORDS]) + (" …" if len(words) > FEW_WORDS else "")
    return f"{few} (withdrawn {claim.withdrawn})" if claim.withdrawn else few
