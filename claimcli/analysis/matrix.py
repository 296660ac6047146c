"""Parties and issues: what each party holds on each, how much it says, and where it is silent."""

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from claimcli.analysis.stances import OUTSIDE, SILENT, stance
from claimcli.model import Claim, Dossier
from claimcli.table import Table
from claimcli.words import counted

FEW_WORDS = 8
"""Words of a claim that stand for it where its party states no position."""


class Square(Struct, frozen=True):
    """One party on one issue: in words what it holds, and how many claims and rebuttals it makes.

    ``positions`` are those stated, each once, in order; ``newest`` is the id of the newest claim.
    """

    party: str
    words: str
    positions: tuple[str, ...] = ()
    claims: int = 0
    rebuttals: int = 0
    newest: str | None = None

    @property
    def text(self) -> str:
        """The words with the counts; a silent party has none."""
        if not self.claims:
            return self.words
        counts = [counted(self.claims, "claim")]
        if self.rebuttals:
            counts.append(counted(self.rebuttals, "rebuttal"))
        return f"{self.words} ({', '.join(counts)})"


class Row(Struct, frozen=True):
    """One issue with a square for each party, in the order of the parties."""

    issue: str
    question: str | None
    squares: tuple[Square, ...]


class Matrix(Struct, frozen=True):
    """All issues that the claims asked for speak to, and the parties by id and by name."""

    parties: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[Row, ...]

    def table(self) -> Table:
        """Return a row an issue and a column a party."""
        rows = tuple((row.issue, *(square.text for square in row.squares)) for row in self.rows)
        return Table("issues", ("issue", *self.names), rows, sparse=False)


def matrix(dossier: Dossier) -> Matrix:
    """Return the matrix of the claims asked for.

    Parties that speak come first, then those registered that do not, each in order of id. One that
    was not asked for is not therefore silent: what it says on these issues is looked at too.
    """
    said = _by_square(dossier.claims)
    issues = {issue for issue, _ in said}
    beside = {key for key in _by_square(dossier.by_id.values()) if key[0] in issues}
    speaking = {party for _, party in beside}
    registered = {party.id for party in dossier.parties.values() if party.registered}
    parties = (*sorted(speaking), *sorted(registered - speaking))
    rows = tuple(
        Row(
            issue,
            found.question if (found := dossier.issues.get(issue)) else None,
            tuple(
                _square(party, said.get((issue, party), []), speaks=(issue, party) in beside)
                for party in parties
            ),
        )
        for issue in sorted(issues)
    )
    known = dossier.parties
    names = tuple(known[party].label if party in known else party for party in parties)
    return Matrix(parties, names, rows)


def _by_square(claims: Iterable[Claim]) -> dict[tuple[str, str], list[Claim]]:
    """Return the claims by issue and party, in order."""
    said: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.order):
        for party in claim.parties:
            if claim.issue:
                said[claim.issue, party].append(claim)
    return said


def _square(party: str, claims: list[Claim], *, speaks: bool) -> Square:
    if not claims:
        return Square(party, OUTSIDE if speaks else SILENT)
    stated = tuple(dict.fromkeys(claim.position for claim in claims if claim.position))
    newest = _newest(claims)
    words = stance(claims, {claim.id for claim in claims}) if stated else _few(newest.statement)
    rebutting = sum(any(answer.kind.opposes for answer in c.responds_to) for c in claims)
    return Square(party, words, stated, len(claims), rebutting, newest.id)


def _newest(claims: list[Claim]) -> Claim:
    """Return the claim said last; of claims without a date the last, where none has one."""
    dated = [claim for claim in claims if claim.said]
    return dated[-1] if dated else claims[-1]


def _few(statement: str) -> str:
    words = statement.split()
    return " ".join(words) if len(words) <= FEW_WORDS else f"{' '.join(words[:FEW_WORDS])} …"
