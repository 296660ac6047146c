"""Pairs of claims with similar statements, and which of them may contradict each other."""

import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import Any

from msgspec import Struct

from claimcli.analysis.near_duplicates import near_duplicates
from claimcli.analysis.statement_differences import (
    DifferenceKind,
    StatementDifference,
    statement_differences,
)
from claimcli.core.query import EVERYTHING, Node
from claimcli.core.stances import UNBOUNDED, Compatible, stance_opposes, stances_overlap
from claimcli.core.table import Cell, Table
from claimcli.core.text.word_diff import plural
from claimcli.dossier.index.compared_claims import ComparedClaim, compared_claims, statements
from claimcli.dossier.index.rivals import compatible_by_issue
from claimcli.quotes.polarity.phrases import Phrases

CANDIDATE = "contradiction candidate"
MOST_PAIRS = 100_000
"""Number of pairs that are listed by default, since a dossier can have many more."""
_COLUMNS = (
    "similarity", "id", "party", "when", "statement", "other", "other_party", "other_when",
    "other_statement", "differs", "note",
)  # fmt: skip


class Duplicate(Struct, frozen=True):
    """Two claims with similar statements: the similarity from 0 to 1, and what differs.

    ``opposing``: their positions oppose each other. ``candidate``: they may contradict each other.
    """

    similarity: float
    first: ComparedClaim
    second: ComparedClaim
    differences: tuple[StatementDifference, ...] = ()
    opposing: bool = False
    candidate: bool = False

    @property
    def differs(self) -> str:
        """The numbers, dates, negations and opposing positions that differ."""
        positions = f"position: {self.first.position} / {self.second.position}"
        return "; ".join((*map(str, self.differences), *[positions] * self.opposing))

    @property
    def record(self) -> dict[str, Any]:
        """The pair as JSON values."""
        differences = [
            {"kind": one.kind.value, "first": one.ours or None, "second": one.theirs or None}
            for one in self.differences
        ]
        return {
            "similarity": round(self.similarity, 3),
            "first": _fields(self.first),
            "second": _fields(self.second),
            "differences": differences,
            "opposing_positions": self.opposing,
            "contradiction_candidate": self.candidate,
        }


def _fields(claim: ComparedClaim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "parties": claim.parties,
        "when": claim.when,
        "statement": claim.statement,
        "issue": claim.issue,
        "position": claim.position,
        "internal": claim.internal,
    }


class Duplicates(Struct, frozen=True):
    """The pairs that are listed, the most similar first, and the number of all pairs.

    ``narrowed``: only claims that a query selects were compared.
    """

    pairs: tuple[Duplicate, ...]
    total: int
    narrowed: bool = False

    def table(self) -> Table:
        """Return a row for each pair."""
        return Table("similar claims", _COLUMNS, tuple(map(_cells, self.pairs)))

    @property
    def notes(self) -> tuple[str, ...]:
        """That there are no similar claims, or more than are listed."""
        if not self.total:
            return (f"no similar claims {'among those selected' if self.narrowed else 'on file'}",)
        if self.total == len(self.pairs):
            return ()
        return (
            f"{plural(self.total, 'pair')} of similar claims, of which the"
            f" {len(self.pairs):,} most similar {'is' if len(self.pairs) == 1 else 'are'} listed",
        )

    @property
    def records(self) -> tuple[dict[str, Any], ...]:
        """Each pair as JSON values."""
        return tuple(pair.record for pair in self.pairs)


def _cells(pair: Duplicate) -> tuple[Cell, ...]:
    first, second = pair.first, pair.second
    return (
        f"{pair.similarity:.2f}",
        *(first.id, first.parties, first.when, first.statement),
        *(second.id, second.parties, second.when, second.statement),
        pair.differs,
        CANDIDATE if pair.candidate else "",
    )


def find_duplicates(
    db: sqlite3.Connection,
    jaccard: float,
    *,
    within: Node = EVERYTHING,
    limit: int = MOST_PAIRS,
    phrases: Sequence[Phrases] = (),
) -> Duplicates:
    """Return the pairs of claims whose statements have at least a similarity, the highest first.

    ``within`` selects the claims that are compared with each other. Raises as
    :func:`claimcli.dossier.index.compared_claims.statements`.
    """
    keys, total = array("q"), 0

    def texts() -> Iterator[str]:
        for key, statement in statements(db, within):
            keys.append(key)
            yield statement

    def counted() -> Iterator[tuple[float, int, int]]:
        nonlocal total
        for one, other, similarity in near_duplicates(texts(), jaccard):
            total += 1
            yield -similarity, one, other

    pairs = [(-score, keys[one], keys[other]) for score, one, other in nsmallest(limit, counted())]
    claims = compared_claims(db, {key for _, *pair in pairs for key in pair})
    compatible = compatible_by_issue(db)
    listed = tuple(
        duplicate(score, claims[one], claims[other], compatible=compatible, phrases=phrases)
        for score, one, other in pairs
    )
    return Duplicates(listed, total, within != EVERYTHING)


def duplicate(
    similarity: float,
    first: ComparedClaim,
    second: ComparedClaim,
    *,
    compatible: Mapping[str, Compatible],
    phrases: Sequence[Phrases] = (),
) -> Duplicate:
    """Return two similar claims with what differs.

    ``compatible`` are the compatible positions of each issue that declares some.
    """
    differences = statement_differences(first.statement, second.statement, phrases)
    opposing = _oppose(first, second, compatible)
    candidate = _can_contradict(first, second) and (
        opposing or any(one.kind is not DifferenceKind.DATE for one in differences)
    )
    return Duplicate(similarity, first, second, differences, opposing, candidate)


def _oppose(
    first: ComparedClaim, second: ComparedClaim, compatible: Mapping[str, Compatible]
) -> bool:
    """Return whether two claims hold opposing positions on one issue, as in ``list``."""
    one, other = first.stance, second.stance
    if first.issue is None or first.issue != second.issue or not (one.position and other.position):
        return False
    pairs = compatible.get(first.issue, {})
    return stance_opposes(one, other, pairs) or stance_opposes(other, one, pairs)


def _can_contradict(first: ComparedClaim, second: ComparedClaim) -> bool:
    """Return whether claims of different party trees are on one issue or about one time.

    Claims about different times do not contradict each other.
    """
    one, other = first.stance, second.stance
    if one.trees == other.trees or not stances_overlap(one, other):
        return False
    dated = UNBOUNDED not in (one.local, other.local)
    return dated or (first.issue is not None and first.issue == second.issue)
