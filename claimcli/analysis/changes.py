"""The changes of claims and registries between two states of a dossier."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec.structs import replace

from claimcli.analysis.alignment import Pair, align_claims, collapse_spaces
from claimcli.analysis.field_values import (
    FieldDifference,
    Names,
    RegistryRecord,
    claim_values,
    compare_fields,
    record_values,
)
from claimcli.core.positions import position_key
from claimcli.core.records import Claim, Dossier, Status
from claimcli.core.registry_order import order_key
from claimcli.core.short_repr import ShortRepr
from claimcli.core.table import Cell, Table

COLUMNS = ("change", "what", "id", "party", "issue", "field", "before", "after")
_REGISTRIES = {"source": "sources", "party": "parties", "issue": "issues", "event": "events"}


class ChangeKind(StrEnum):
    """How a record changed."""

    NEW = "new"
    GONE = "gone"
    RENAMED = "renamed"
    CHANGED = "changed"


class RecordType(StrEnum):
    """The type of a record; a claim that answers another is a rebuttal or a response."""

    CLAIM = "claim"
    REBUTTAL = "rebuttal"
    RESPONSE = "response"
    SOURCE = "source"
    PARTY = "party"
    ISSUE = "issue"
    EVENT = "event"


class ChangeEntry(ShortRepr, frozen=True):
    """One record that is new, gone, renamed or changed, and the fields that differ.

    ``id`` is the current one, ``old_id`` the one before a renaming. A claim has ``before`` and
    ``after``; a registry record has a ``label``, its title, name or question. ``answered`` are the
    claims that the claim answers or answered, empty if only its status differs.
    """

    kind: ChangeKind
    record_type: RecordType
    id: str
    old_id: str | None = None
    before: Claim | None = None
    after: Claim | None = None
    label: str = ""
    differences: tuple[FieldDifference, ...] = ()
    answered: tuple[Claim, ...] = ()

    @property
    def claim(self) -> Claim | None:
        """The claim as it is now, or as it was if it is gone."""
        return self.after or self.before

    def difference(self, field: str) -> FieldDifference | None:
        """Return the difference of a field, None if it is the same."""
        return next((one for one in self.differences if one.field == field), None)


class Changes(ShortRepr, frozen=True):
    """The changes: claims that are new, gone, renamed and changed, then registry records."""

    entries: tuple[ChangeEntry, ...]

    def table(self) -> Table:
        """Return a row for each field that differs and for each new, gone or renamed record."""
        rows = tuple(row for entry in self.entries for row in _rows(entry))
        return Table("changes", COLUMNS, rows)


def changes(before: Dossier, after: Dossier) -> Changes:
    """Return the changes from one state to the other.

    Files, order, spacing and how an answer is attached to its claim are ignored.
    """
    pairs = list(align_claims(before, after))
    renamed = {old.id: new.id for old, new in pairs if old and new and old.id != new.id}
    claims = (_with_answered(before, after, _claim_entry(before, after, p, renamed)) for p in pairs)
    entries = sorted((entry for entry in claims if entry), key=_sort_key)
    return Changes((*entries, *_registries(before, after)))


def select_changes(
    changes: Changes, *, parties: Iterable[str] = (), issues: Iterable[str] = ()
) -> Changes:
    """Return the changes of claims by some parties on some issues, and of answers to such claims.

    A claim is selected by its fields before or after the change. Registry records are only kept
    if neither parties nor issues are given.
    """
    wanted_parties, wanted_issues = set(parties), set(issues)
    if not wanted_parties and not wanted_issues:
        return changes

    def fits(claim: Claim | None) -> bool:
        return claim is not None and (
            (not wanted_parties or not wanted_parties.isdisjoint(claim.parties))
            and (not wanted_issues or claim.issue in wanted_issues)
        )

    return Changes(
        tuple(
            entry
            for entry in changes.entries
            if any(map(fits, (entry.before, entry.after, *entry.answered)))
        )
    )


def count_changes(changes: Changes) -> dict[str, int]:
    """Return the number of entries in each category, in a fixed order.

    An entry can be in several categories; ``registered`` are registry records, and
    ``otherwise_changed`` are claims with changes in no other category.
    """
    return {name: sum(map(bool, map(fits, changes.entries))) for name, fits in _CATEGORIES.items()}


def _contested_changed(entry: ChangeEntry, *, into: bool) -> bool:
    status = entry.difference("status")
    if status is None:
        return False
    if status.after == Status.WITHDRAWN:  # a withdrawn claim keeps its rebuttals
        return False
    return (status.after if into else status.before) == Status.CONTESTED


def _quotes(claim: Claim | None) -> list[tuple[str, str]]:
    cited = claim.citations if claim else ()
    return sorted((one.source, collapse_spaces(one.quote)) for one in cited if one.quote)


def _quotes_changed(entry: ChangeEntry) -> bool:
    """Return whether a claim of both states has different quotes."""
    return entry.difference("sources") is not None and _quotes(entry.before) != _quotes(entry.after)


def _position_changed(entry: ChangeEntry) -> bool:
    """Return whether a claim has another position, not only another spelling of it."""
    sides = (entry.before, entry.after)
    return len({position_key(claim.position) for claim in sides if claim}) > 1


def _attribution_changed(entry: ChangeEntry) -> bool:
    return any(one.field in _ATTRIBUTION for one in entry.differences)


def _other_fields_changed(entry: ChangeEntry) -> bool:
    """Return whether a claim has changes that belong to no other category."""
    categorized = {*_CATEGORIZED, *_ATTRIBUTION}
    categorized |= {"sources"} if _quotes_changed(entry) else set()
    categorized |= {"position"} if _position_changed(entry) else set()
    return any(one.field not in categorized for one in entry.differences)


_ATTRIBUTION = ("parties", "speaker", "reports")
_CATEGORIZED = ("statement", "responds_to", "status")
_CATEGORIES: dict[str, Callable[[ChangeEntry], object]] = {
    "new_claims": lambda e: e.kind is ChangeKind.NEW and e.record_type is RecordType.CLAIM,
    "new_rebuttals": lambda e: e.kind is ChangeKind.NEW and e.record_type is RecordType.REBUTTAL,
    "new_responses": lambda e: e.kind is ChangeKind.NEW and e.record_type is RecordType.RESPONSE,
    "gone": lambda e: e.kind is ChangeKind.GONE and e.claim,
    "renamed": lambda e: e.kind is ChangeKind.RENAMED,
    "reworded": lambda e: e.claim and e.difference("statement"),
    "positions_changed": lambda e: e.claim and _position_changed(e),
    "quotes_changed": lambda e: e.claim and _quotes_changed(e),
    "attributed_otherwise": lambda e: e.claim and _attribution_changed(e),
    "answers_changed": lambda e: e.claim and e.difference("responds_to"),
    "newly_contested": lambda e: e.claim and _contested_changed(e, into=True),
    "no_longer_contested": lambda e: e.claim and _contested_changed(e, into=False),
    "otherwise_changed": lambda e: e.claim and _other_fields_changed(e),
    "registered": lambda e: not e.claim,
}


def _claim_entry(before: Dossier, after: Dossier, pair: Pair, renamed: Names) -> ChangeEntry | None:
    old, new = pair
    if old is None or new is None:
        return _unpaired(old, new)
    differences = compare_fields(claim_values(before, old, renamed), claim_values(after, new, {}))
    status = before.statuses[old.id], after.statuses[new.id]
    if status[0] != status[1]:
        differences = (*differences, FieldDifference("status", status[0].value, status[1].value))
    old_id = old.id if old.id != new.id else None
    if old_id is None and not differences:
        return None
    change = ChangeKind.RENAMED if old_id else ChangeKind.CHANGED
    return ChangeEntry(change, _record_type(new), new.id, old_id, old, new, differences=differences)


def _with_answered(
    before: Dossier, after: Dossier, entry: ChangeEntry | None
) -> ChangeEntry | None:
    """Return an entry with the claims that it answers, unless only its status changed."""
    if entry is None:
        return None
    if entry.kind is ChangeKind.CHANGED and all(x.field == "status" for x in entry.differences):
        return entry
    sides = ((before, entry.before), (after, entry.after))
    answered = (
        side.by_id[answer.claim]
        for side, claim in sides
        if claim
        for answer in claim.responds_to
        if answer.claim in side.by_id
    )
    return replace(entry, answered=tuple(answered))


def _unpaired(old: Claim | None, new: Claim | None) -> ChangeEntry | None:
    change = ChangeKind.NEW if old is None else ChangeKind.GONE
    claim = new or old
    return ChangeEntry(change, _record_type(claim), claim.id, None, old, new) if claim else None


def _record_type(claim: Claim) -> RecordType:
    if not claim.responds_to:
        return RecordType.CLAIM
    opposes = any(answer.kind.opposes for answer in claim.responds_to)
    return RecordType.REBUTTAL if opposes else RecordType.RESPONSE


_RANKS = {change: number for number, change in enumerate(ChangeKind)}


def _sort_key(entry: ChangeEntry) -> tuple[object, ...]:
    claim = entry.claim
    return (_RANKS[entry.kind], claim.order if claim else (), entry.id)


def _registries(before: Dossier, after: Dossier) -> Iterator[ChangeEntry]:
    for what, field in _REGISTRIES.items():
        old, new = (_registered(getattr(side, field)) for side in (before, after))
        entries = []
        for name in old.keys() | new.keys():
            if name not in old or name not in new:
                change = ChangeKind.NEW if name in new else ChangeKind.GONE
                entries.append(_entry(change, what, new.get(name) or old[name]))
            elif differ := compare_fields(record_values(old[name]), record_values(new[name])):
                entries.append(_entry(ChangeKind.CHANGED, what, new[name], differ))
        place = order_key({**new, **old})
        yield from sorted(entries, key=lambda entry: (_RANKS[entry.kind], place(entry.id)))


def _registered(records: Mapping[str, RegistryRecord]) -> dict[str, RegistryRecord]:
    """Return the records in registries, without those that are only mentioned in claims."""
    return {
        name: record
        for name, record in records.items()
        if "/" not in name and getattr(record, "registered", True)
    }


def _entry(
    change: ChangeKind, what: str, record: RegistryRecord, differ: tuple[FieldDifference, ...] = ()
) -> ChangeEntry:
    names = ("title", "name", "question")
    label = next((getattr(record, name) for name in names if getattr(record, name, None)), "")
    return ChangeEntry(change, RecordType(what), record.id, label=label, differences=differ)


def _rows(entry: ChangeEntry) -> Iterator[tuple[Cell, ...]]:
    claim = entry.claim
    party = claim.parties if claim else ()
    head = (
        entry.kind.value,
        entry.record_type.value,
        entry.id,
        party,
        claim.issue if claim else None,
    )
    if entry.kind in (ChangeKind.NEW, ChangeKind.GONE):
        text = claim.statement if claim else entry.label
        values = (None, text) if entry.kind is ChangeKind.NEW else (text, None)
        yield (*head, "statement" if claim else "", *values)
    if entry.old_id:
        yield (*head, "id", entry.old_id, entry.id)
    for one in entry.differences:
        yield (*head, one.field, one.before, one.after)
