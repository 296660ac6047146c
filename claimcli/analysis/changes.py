"""What changed in the accounts between two states of a dossier, whatever became of its files."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct
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
from claimcli.core.records import Claim, Dossier, Status
from claimcli.core.table import Cell, Table

COLUMNS = ("change", "what", "id", "party", "issue", "field", "before", "after")
_REGISTRIES = {"source": "sources", "party": "parties", "issue": "issues", "event": "events"}


class ChangeKind(StrEnum):
    """What became of a record."""

    NEW = "new"
    GONE = "gone"
    RENAMED = "renamed"
    CHANGED = "changed"


class RecordType(StrEnum):
    """What a record is: a claim that answers another is a rebuttal or a response."""

    CLAIM = "claim"
    REBUTTAL = "rebuttal"
    RESPONSE = "response"
    SOURCE = "source"
    PARTY = "party"
    ISSUE = "issue"
    EVENT = "event"


class ChangeEntry(Struct, frozen=True):
    """One record that is new, gone or not what it was, and the fields in which it differs.

    ``id`` is the new one, ``was`` the old where it was renamed. Of a claim ``before`` and ``after``
    are there; of a record of a registry, ``label`` is its title, name or question. The field
    ``status`` is how it stands against all other parties' claims. ``answered`` are the claims that
    it answers, or did, where more than its status differs.
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
        """The claim as it is now, or was last."""
        return self.after or self.before

    def difference(self, field: str) -> FieldDifference | None:
        """Return how a field differs, None if it does not."""
        return next((one for one in self.differences if one.field == field), None)


class Changes(Struct, frozen=True):
    """All that changed: claims in order, what is new first, then what is gone, renamed and changed;
    after them the registries."""

    entries: tuple[ChangeEntry, ...]

    def table(self) -> Table:
        """Return a row for each field that differs, and one for each claim new, gone or renamed."""
        rows = tuple(row for entry in self.entries for row in _rows(entry))
        return Table("changes", COLUMNS, rows)


def changes(before: Dossier, after: Dossier) -> Changes:
    """Return what changed from one state to the other.

    Files, order, spacing and how an answer is attached to its claim make no difference.
    """
    found = list(align_claims(before, after))
    renamed = {old.id: new.id for old, new in found if old and new and old.id != new.id}
    claims = (_with_answered(before, after, _claim_entry(before, after, p, renamed)) for p in found)
    entries = sorted((entry for entry in claims if entry), key=_order)
    return Changes((*entries, *_registries(before, after)))


def select_changes(
    found: Changes, *, parties: Iterable[str] = (), issues: Iterable[str] = ()
) -> Changes:
    """Return the changes of claims of some parties on some issues, and of answers to such claims.

    What held before counts as well as what holds after.

    What became of a registry is kept where no party or issue is asked for.
    """
    wanted, disputed = set(parties), set(issues)
    if not wanted and not disputed:
        return found

    def fits(claim: Claim | None) -> bool:
        return claim is not None and (
            (not wanted or not wanted.isdisjoint(claim.parties))
            and (not disputed or claim.issue in disputed)
        )

    return Changes(
        tuple(
            entry
            for entry in found.entries
            if any(map(fits, (entry.before, entry.after, *entry.answered)))
        )
    )


def count_changes(found: Changes) -> dict[str, int]:
    """Return how many entries there are of each sort, in a fixed order; a claim can be of several.

    ``registered`` are the records of registries, ``otherwise_changed`` claims with other fields.
    """
    return {name: sum(map(bool, map(is_so, found.entries))) for name, is_so in _SORTS.items()}


def _turned(entry: ChangeEntry, *, into: bool) -> bool:
    status = entry.difference("status")
    if status is None:
        return False
    if status.after == Status.WITHDRAWN:  # its rebuttals are still on file
        return False
    return (status.after if into else status.before) == Status.CONTESTED


def _quotes(claim: Claim | None) -> list[tuple[str, str]]:
    cited = claim.citations if claim else ()
    return sorted((one.source, collapse_spaces(one.quote)) for one in cited if one.quote)


def _requoted(entry: ChangeEntry) -> bool:
    """Return whether a claim that stood before, and stands now, has other quotes."""
    return entry.difference("sources") is not None and _quotes(entry.before) != _quotes(entry.after)


def _attributed_otherwise(entry: ChangeEntry) -> bool:
    return any(one.field in _ATTRIBUTION for one in entry.differences)


def _changed_otherwise(entry: ChangeEntry) -> bool:
    """Return whether a claim has other fields that no sort of its own tells."""
    told = {*_TOLD, *_ATTRIBUTION, *(("sources",) if _requoted(entry) else ())}
    return any(one.field not in told for one in entry.differences)


_ATTRIBUTION = ("parties", "speaker", "reports")
_TOLD = ("statement", "position", "responds_to", "status")
_SORTS: dict[str, Callable[[ChangeEntry], object]] = {
    "new_claims": lambda e: e.kind is ChangeKind.NEW and e.record_type is RecordType.CLAIM,
    "new_rebuttals": lambda e: e.kind is ChangeKind.NEW and e.record_type is RecordType.REBUTTAL,
    "new_responses": lambda e: e.kind is ChangeKind.NEW and e.record_type is RecordType.RESPONSE,
    "gone": lambda e: e.kind is ChangeKind.GONE and e.claim,
    "renamed": lambda e: e.kind is ChangeKind.RENAMED,
    "reworded": lambda e: e.claim and e.difference("statement"),
    "positions_changed": lambda e: e.claim and e.difference("position"),
    "quotes_changed": lambda e: e.claim and _requoted(e),
    "attributed_otherwise": lambda e: e.claim and _attributed_otherwise(e),
    "answers_changed": lambda e: e.claim and e.difference("responds_to"),
    "newly_contested": lambda e: e.claim and _turned(e, into=True),
    "no_longer_contested": lambda e: e.claim and _turned(e, into=False),
    "otherwise_changed": lambda e: e.claim and _changed_otherwise(e),
    "registered": lambda e: not e.claim,
}


def _claim_entry(before: Dossier, after: Dossier, pair: Pair, renamed: Names) -> ChangeEntry | None:
    old, new = pair
    if old is None or new is None:
        return _alone(old, new)
    found = compare_fields(claim_values(before, old, renamed), claim_values(after, new, {}))
    status = before.statuses[old.id], after.statuses[new.id]
    if status[0] != status[1]:
        found = (*found, FieldDifference("status", status[0].value, status[1].value))
    was = old.id if old.id != new.id else None
    if was is None and not found:
        return None
    change = ChangeKind.RENAMED if was else ChangeKind.CHANGED
    return ChangeEntry(change, _what(new), new.id, was, old, new, differences=found)


def _with_answered(
    before: Dossier, after: Dossier, entry: ChangeEntry | None
) -> ChangeEntry | None:
    """Return an entry with what it answers, unless only how others relate to it changed."""
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


def _alone(old: Claim | None, new: Claim | None) -> ChangeEntry | None:
    change = ChangeKind.NEW if old is None else ChangeKind.GONE
    claim = new or old
    return ChangeEntry(change, _what(claim), claim.id, None, old, new) if claim else None


def _what(claim: Claim) -> RecordType:
    if not claim.responds_to:
        return RecordType.CLAIM
    opposes = any(answer.kind.opposes for answer in claim.responds_to)
    return RecordType.REBUTTAL if opposes else RecordType.RESPONSE


_PLACES = {change: number for number, change in enumerate(ChangeKind)}


def _order(entry: ChangeEntry) -> tuple[object, ...]:
    claim = entry.claim
    return (_PLACES[entry.kind], claim.order if claim else (), entry.id)


def _registries(before: Dossier, after: Dossier) -> Iterator[ChangeEntry]:
    for what, field in _REGISTRIES.items():
        old, new = (_registered(getattr(side, field)) for side in (before, after))
        found = []
        for name in old.keys() | new.keys():
            if name not in old or name not in new:
                change = ChangeKind.NEW if name in new else ChangeKind.GONE
                found.append(_entry(change, what, new.get(name) or old[name]))
            elif differ := compare_fields(record_values(old[name]), record_values(new[name])):
                found.append(_entry(ChangeKind.CHANGED, what, new[name], differ))
        yield from sorted(found, key=lambda entry: (_PLACES[entry.kind], entry.id))


def _registered(records: Mapping[str, RegistryRecord]) -> dict[str, RegistryRecord]:
    """Return the records that stand in a registry: not a mere mention, nor within a claim."""
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
