"""A party against itself: what it put differently, changed, superseded or withdrew over time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import islice

from msgspec import Struct

from claimcli.core.dates import LAST, Date, certainly_after, overlap
from claimcli.core.records import Claim, Dossier
from claimcli.core.relations import members
from claimcli.core.table import Table
from claimcli.core.text.word_diff import Piece, compare, key_of

MOST_TIMES = 100
"""Different times, the last ones that were spoken of, with which a claim's is held to overlap; the
same time is always found."""

Segments = tuple[Piece, ...]


class DriftKind(StrEnum):
    """What lies between two claims of one party, or a claim and its withdrawal."""

    POSITION_CHANGED = "position-changed"
    POSITIONS_DIFFER = "positions-differ"
    REWORDED = "reworded"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The kind as a reader meets it."""
        return _WORDS[self]


_WORDS = {
    DriftKind.POSITION_CHANGED: "position changed",
    DriftKind.POSITIONS_DIFFER: "positions differ, and the dates do not tell which is the later",
    DriftKind.REWORDED: "reworded",
    DriftKind.SUPERSEDED: "superseded",
    DriftKind.WITHDRAWN: "withdrawn",
}


class DriftChange(Struct, frozen=True):
    """Two claims of one account and what lies between them; ``later`` is None for a withdrawal.

    Whether the one is the earlier for certain, by dates or by what supersedes what, is ``ordered``.
    ``pieces`` are both statements in pieces, the words marked that the other does not have.
    """

    party: str
    issue: str | None
    question: str | None
    kinds: tuple[DriftKind, ...]
    earlier: Claim
    later: Claim | None
    segments: tuple[Segments, Segments]

    @property
    def ordered(self) -> bool:
        """Whether the earlier is that for certain."""
        return (
            self.later is None
            or DriftKind.SUPERSEDED in self.kinds
            or _certainly(self.earlier, self.later)
        )

    @property
    def label(self) -> str:
        """The kinds in words, with positions and the date of a withdrawal."""
        return "; ".join(self.describe(kind) for kind in self.kinds)

    def describe(self, kind: DriftKind) -> str:
        """Return one of the kinds in words."""
        if kind is DriftKind.WITHDRAWN:
            return f"{kind.label} {self.earlier.withdrawn}"
        if self.later and kind in (DriftKind.POSITION_CHANGED, DriftKind.POSITIONS_DIFFER):
            arrow = "→" if kind is DriftKind.POSITION_CHANGED else "/"
            return f"{kind.label}: {self.earlier.position} {arrow} {self.later.position}"
        return kind.label


class Drift(Struct, frozen=True):
    """All steps, party by party, in the order in which they were taken.

    ``parties`` are the ones named, or where none was those that took a step.
    """

    parties: tuple[str, ...]
    changes: tuple[DriftChange, ...]
    dossier: Dossier

    def table(self) -> Table:
        """Return a row a step, with both claims, their dates and their sources."""
        columns = (
            "party", "issue", "shifts", "ordered",
            "earlier", "said", "sources", "statement",
            "later", "later_said", "later_sources", "later_statement",
        )  # fmt: skip
        return Table("changes of an account", columns, tuple(_flat(step) for step in self.changes))


def _flat(step: DriftChange) -> tuple[str | tuple[str, ...] | None, ...]:
    return (
        step.party,
        step.issue,
        tuple(step.describe(kind) for kind in step.kinds),
        "yes" if step.ordered else "no",
        *_cells(step.earlier),
        *_cells(step.later),
    )


def _cells(claim: Claim | None) -> tuple[str | tuple[str, ...] | None, ...]:
    if claim is None:
        return None, None, None, None
    sources = tuple(dict.fromkeys(citation.source for citation in claim.citations))
    return claim.id, str(claim.said or "") or None, sources, claim.statement


def drift(dossier: Dossier, parties: Iterable[str] = ()) -> Drift:
    """Return how accounts changed, of which a claim is among the ones asked for.

    ``parties`` are party ids, each with all that are part of it as one account; without any,
    each party that speaks is one. Claims about times that cannot be the same are no change.
    """
    named = {party: members(dossier, party) for party in parties}
    asked = {claim.id for claim in dossier.claims}
    own = _accounts(named, sorted(dossier.by_id.values(), key=lambda claim: claim.order))
    steps = tuple(
        step
        for party in named or sorted(own)
        for step in _steps(dossier, party, own.get(party, []))
        if step.earlier.id in asked or (step.later and step.later.id in asked)
    )
    names = tuple(named) or tuple(dict.fromkeys(step.party for step in steps))
    return Drift(names, steps, dossier)


def _accounts(
    named: Mapping[str, Collection[str]], claims: Iterable[Claim]
) -> dict[str, list[Claim]]:
    """Return the claims of each account: of those named by their members, else of each party."""
    holders: dict[str, list[str]] = defaultdict(list)
    for party, within in named.items():
        for member in within:
            holders[member].append(party)
    own: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found = (holders[one] if named else [one] for one in claim.parties)
        for party in dict.fromkeys(party for parties in found for party in parties):
            own[party].append(claim)
    return own


def _steps(dossier: Dossier, party: str, claims: Sequence[Claim]) -> Iterator[DriftChange]:
    """Yield the steps of one account in order; two claims share one step, whatever relates them."""
    known = {claim.id: claim for claim in claims}
    found: dict[tuple[str, str | None], set[DriftKind]] = defaultdict(set)
    for earlier, later, kind in (*_positions(claims), *_links(claims, known)):
        found[earlier.id, later.id if later else None].add(kind)
    steps = []
    for (one, other), kinds in found.items():
        earlier, later = known[one], known[other] if other else None
        issue = dossier.issues.get(earlier.issue or "")
        steps.append(
            DriftChange(
                party,
                earlier.issue,
                issue.question if issue else None,
                tuple(kind for kind in DriftKind if kind in kinds),
                earlier,
                later,
                _compared(earlier, later),
            )
        )
    yield from sorted(steps, key=_place)


def _place(step: DriftChange) -> tuple[bool, str, bool, tuple[datetime, datetime], str, str]:
    """Return the sorting key of a step: its issue, then when it was taken."""
    taken = step.later.said if step.later else step.earlier.withdrawn
    when = taken.order if taken else (LAST, LAST)
    later = step.later.id if step.later else ""
    return step.issue is None, step.issue or "", taken is None, when, step.earlier.id, later


def _positions(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim, DriftKind]]:
    """Yield each claim with a position that the last one before it, about the same time, has not.

    The claims are in order; they are looked at issue by issue.
    """
    latest: dict[str, dict[Date | None, Claim]] = defaultdict(dict)
    for claim in claims:
        if not claim.position or not claim.issue:
            continue
        times = latest[claim.issue]
        same = times.get(claim.about)
        newest = islice(reversed(times.values()), MOST_TIMES)
        near = (*([same] if same else []), *newest)
        rivals = [other for other in near if overlap(other.about, claim.about)]
        before = max(rivals, key=lambda other: other.order, default=None)
        if before and key_of(before.position or "") != key_of(claim.position):
            sure = _certainly(before, claim)
            yield before, claim, DriftKind.POSITION_CHANGED if sure else DriftKind.POSITIONS_DIFFER
        times.pop(claim.about, None)
        times[claim.about] = claim


def _links(
    claims: Iterable[Claim], known: Mapping[str, Claim]
) -> Iterator[tuple[Claim, Claim | None, DriftKind]]:
    """Yield what is on file as restated, superseded and withdrawn within the account."""
    for claim in claims:
        if claim.withdrawn:
            yield claim, None, DriftKind.WITHDRAWN
        old = known.get(claim.supersedes or "")
        if old and old is not claim:
            yield old, claim, DriftKind.SUPERSEDED
        same = known.get(claim.restates or "")
        if (
            same
            and same is not claim
            and overlap(same.about, claim.about)
            and _reworded(same, claim)
        ):
            pair = (claim, same) if _certainly(claim, same) else (same, claim)
            yield *pair, DriftKind.REWORDED


def _certainly(earlier: Claim, later: Claim) -> bool:
    """Return whether the dates say that the one was said before the other."""
    if earlier.said is None or later.said is None:
        return False
    return certainly_after(later.said, earlier.said)


def _reworded(one: Claim, other: Claim) -> bool:
    return key_of(one.statement) != key_of(other.statement)


def _compared(earlier: Claim, later: Claim | None) -> tuple[Segments, Segments]:
    if later is None:
        return (Piece(earlier.statement, differs=False),), ()
    return compare(earlier.statement, later.statement)
