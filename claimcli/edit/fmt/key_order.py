"""The order of the keys of each kind of record, and of claims."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from claimcli.core import schema
from claimcli.core.dates import FIRST, DateOrder, parse_date
from claimcli.core.schema import FieldType
from claimcli.edit.fmt.styled_nodes import ClaimTime, Collection, Slot, StyledScalar

_T = TypeVar("_T")

SECTIONS = {section: kind.name for section, kind in schema.SECTIONS.items()}
"""The top-level keys in their order, with the shape of the records in each."""
KEYS: dict[str, tuple[str, ...]] = {
    "top": tuple(SECTIONS),
    **{name: kind.names for name, kind in schema.ALL_KINDS.items()},
    "claim": schema.RESPONSE.names,
}
"""The keys of each shape of record in their order; other keys follow unsorted."""
_CLAIMS = ("claim", "rebuttal", "response")
_BELOW = {
    field.name: field.of
    for field in schema.CLAIM.fields
    if field.type in (FieldType.RECORD, FieldType.THREAD)
}


def nested_shape(shape: str, key: str) -> str:
    """Return the shape of the value of a record's key, "" if its keys are not sorted."""
    return _BELOW.get(key, "") if shape in _CLAIMS else ""


def sort_slots(slots: Sequence[Slot], shape: str) -> list[Slot]:
    """Return the slots of a record in the order of its shape's keys."""
    places = {key: number for number, key in enumerate(KEYS.get(shape, ()))}
    last = len(places)
    return sorted(slots, key=lambda slot: places.get(slot.key.text, last) if slot.key else last)


def claim_time(record: Collection) -> ClaimTime | None:
    """Return the id of a claim and when it was said, None if it has no id."""
    texts = {
        s.key.text: s.node.text for s in record.slots if s.key and isinstance(s.node, StyledScalar)
    }
    name = texts.get("id", "").strip()
    if not name:
        return None
    try:
        said = parse_date(texts.get("said", "").strip())
    except ValueError:
        return ClaimTime(name, None)
    return ClaimTime(name, said.order)


def sort_by_time(claims: Sequence[_T], said: Callable[[_T], ClaimTime | None]) -> list[_T]:
    """Return claims in the order in which they were said.

    Claims without a date stay after the one before them, and claims of the same time keep their
    order. If one has no id, or two have the same, nothing moves: the first of them counts.
    """
    times = [time for claim in claims if (time := said(claim)) is not None]
    if len({one.id for one in times}) < len(claims):
        return list(claims)
    keys: list[DateOrder] = []
    for one in times:
        keys.append(one.time or (keys[-1] if keys else (date.min, 0, FIRST, FIRST)))
    order = sorted(range(len(claims)), key=keys.__getitem__)
    return [claims[number] for number in order]
