"""How a party's account changed: claims reworded, contradicted, superseded or withdrawn."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice

from claimcli.core.dates import UNDATED, Date, DateOrder, certainly_after, overlap
from claimcli.core.party_names import speaker_label
from claimcli.core.party_trees import members
from claimcli.core.positions import position_key
from claimcli.core.records import Claim, Dossier
from claimcli.core.registry_order import in_order, order_key
from claimcli.core.short_repr import ShortRepr
from claimcli.core.table import Table
from claimcli.core.text.word_diff import Segment, compare_words, word_keys

MOST_TIMES = 100
"""Number of the latest different times compared with a claim's; equal times are always found."""

Text = tuple[Segment, ...]


class DriftKind(StrEnum):
    """How a party's claim differs from an earlier one, or that a claim was withdrawn."""

    POSITION_CHANGED = "position-changed"
    POSITIONS_DIFFER = "positions-differ"
    REWORDED = "reworded"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The kind in words."""
        return _WORDS[self]


_WORDS = {
    DriftKind.POSITION_CHANGED: "position changed",
    DriftKind.POSITIONS_DIFFER: "positions differ, and the dates do not tell which is the later",
    DriftKind.REWORDED: "reworded",
    DriftKind.SUPERSEDED: "superseded",
    DriftKind.WITHDRAWN: "withdrawn",
}


class DriftChange(ShortRepr, frozen=True):
    """A change between two claims of one account; ``later`` is None for a withdrawal.

    ``segments`` are both statements, with the words marked that the other does not have.
    """

    party: str
    issue: str | None
    question: str | None
    kinds: tuple[DriftKind, ...]
    earlier: Claim
    later: Claim | None
    segments: tuple[Text, Text]

    @property
    def ordered(self) -> bool:
        """Whether dates or ``supersedes`` prove which claim is the earlier one."""
        return (
            self.later is None
            or DriftKind.SUPERSEDED in self.kinds
            or _certainly_later(self.later, self.earlier)
        )

    @property
    def label(self) -> str:
        """The kinds in words, with the positions and the date of a withdrawal."""
        return "; ".join(self.describe(kind) for kind in self.kinds)

    def describe(self, kind: DriftKind) -> str:
        """Return one kind in words."""
        if kind is DriftKind.WITHDRAWN:
            return f"{kind.label} {self.earlier.withdrawn}"
        if self.later and kind in (DriftKind.POSITION_CHANGED, DriftKind.POSITIONS_DIFFER):
            arrow = "→" if kind is DriftKind.POSITION_CHANGED else "/"
            return f"{kind.label}: {self.earlier.position} {arrow} {self.later.position}"
        return kind.label


class Drift(ShortRepr, frozen=True):
    """The changes of each party, in order of time.

    ``parties`` are the requested ones, by default those whose account changed.
    """

    parties: tuple[str, ...]
    changes: tuple[DriftChange, ...]
    dossier: Dossier

    def table(self) -> Table:
        """Return a row for each change, with both claims, their dates and sources."""
        columns = (
            "party", "issue", "shifts", "ordered",
            "earlier", "when", "speaker", "sources", "statement",
            "later", "later_when", "later_speaker", "later_sources", "later_statement",
        )  # fmt: skip
        rows = tuple(_table_row(self.dossier, change) for change in self.changes)
        return Table("changes of an account", columns, rows)


def _table_row(dossier: Dossier, change: DriftChange) -> tuple[str | tuple[str, ...] | None, ...]:
    return (
        change.party,
        change.issue,
        tuple(change.describe(kind) for kind in change.kinds),
        "yes" if change.ordered else "no",
        *_cells(dossier, change.earlier, change.party),
        *_cells(dossier, change.later, change.party),
    )


def _cells(
    dossier: Dossier, claim: Claim | None, account: str
) -> tuple[str | tuple[str, ...] | None, ...]:
    if claim is None:
        return None, None, None, None, None
    said, speaker = str(claim.when or "") or None, speaker_label(dossier, claim, account)
    return claim.id, said, speaker, claim.source_ids, claim.statement


def drift(dossier: Dossier, parties: Iterable[str] = ()) -> Drift:
    """Return the changes of accounts that concern a selected claim.

    ``parties`` are party ids; a party and all that are part of it have one account. Without ids
    each party has its own. Claims about times that cannot overlap are not compared.
    """
    requested = {party: members(dossier, party) for party in parties}
    selected = {claim.id for claim in dossier.claims}
    accounts = _accounts(requested, sorted(dossier.by_id.values(), key=lambda claim: claim.order))
    changes = tuple(
        change
        for party in requested or in_order(accounts, dossier.parties)
        for change in _account_changes(dossier, party, accounts.get(party, []))
        if change.earlier.id in selected or (change.later and change.later.id in selected)
    )
    names = tuple(requested) or tuple(dict.fromkeys(change.party for change in changes))
    return Drift(names, changes, dossier)


def _accounts(
    requested: Mapping[str, Collection[str]], claims: Iterable[Claim]
) -> dict[str, list[Claim]]:
    """Return the claims of each requested party and its members, by default of every party."""
    holders: dict[str, list[str]] = defaultdict(list)
    for party, party_members in requested.items():
        for member in party_members:
            holders[member].append(party)
    accounts: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        owners = (holders[one] if requested else [one] for one in claim.parties)
        for party in dict.fromkeys(party for parties in owners for party in parties):
            accounts[party].append(claim)
    return accounts


def _account_changes(
    dossier: Dossier, party: str, claims: Sequence[Claim]
) -> Iterator[DriftChange]:
    """Yield the changes of one account in order, one for each pair of claims."""
    known = {claim.id: claim for claim in claims}
    kinds_of: dict[tuple[str, str | None], set[DriftKind]] = defaultdict(set)
    for earlier, later, kind in (*_positions(claims), *_links(claims, known)):
        kinds_of[earlier.id, later.id if later else None].add(kind)
    changes = []
    for (one, other), kinds in kinds_of.items():
        earlier, later = known[one], known[other] if other else None
        issue = dossier.issues.get(earlier.issue or "")
        changes.append(
            DriftChange(
                party,
                earlier.issue,
                issue.question if issue else None,
                tuple(kind for kind in DriftKind if kind in kinds),
                earlier,
                later,
                _segments(earlier, later),
            )
        )
    place = order_key(dossier.issues)
    yield from sorted(changes, key=lambda change: (place(change.issue), _sort_key(change)))


def _sort_key(change: DriftChange) -> tuple[bool, DateOrder, str, str]:
    """Return the sorting key of the changes on one issue: by date."""
    taken = change.later.when if change.later else change.earlier.withdrawn
    when = taken.order if taken else UNDATED
    later = change.later.id if change.later else ""
    return taken is None, when, change.earlier.id, later


def _positions(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim, DriftKind]]:
    """Yield each claim whose position differs from the latest one about the same time and issue.

    The claims are sorted by when they were made.
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
        if before and position_key(before.position) != position_key(claim.position):
            dated = _certainly_later(claim, before)
            yield before, claim, DriftKind.POSITION_CHANGED if dated else DriftKind.POSITIONS_DIFFER
        times.pop(claim.about, None)
        times[claim.about] = claim


def _links(
    claims: Iterable[Claim], known: Mapping[str, Claim]
) -> Iterator[tuple[Claim, Claim | None, DriftKind]]:
    """Yield the restatements, superseding claims and withdrawals within the account."""
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
            pair = (claim, same) if _certainly_later(same, claim) else (same, claim)
            yield *pair, DriftKind.REWORDED


def _certainly_later(later: Claim, earlier: Claim) -> bool:
    """Return whether the dates prove that one claim was said after the other."""
    if earlier.when is None or later.when is None:
        return False
    return certainly_after(later.when, earlier.when)


def _reworded(one: Claim, other: Claim) -> bool:
    words, others = (filter(None, word_keys(claim.statement)) for claim in (one, other))
    return list(words) != list(others)


def _segments(earlier: Claim, later: Claim | None) -> tuple[Text, Text]:
    if later is None:
        return (Segment(earlier.statement, differs=False),), ()
    return compare_words(earlier.statement, later.statement)
