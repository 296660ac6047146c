"""The canonical text of a new file with given records."""

from collections.abc import Mapping, Sequence

from claimcli.edit.fmt.document import Reordering, document_lines, format_record
from claimcli.edit.fmt.styled_nodes import Collection, Slot, StyledScalar, YamlDocument
from claimcli.syntax.edit.values import DATE_FIELDS, FLAG_FIELDS, Value

Sections = Mapping[str, Sequence[Mapping[str, Value]]]
"""The records of each section of a file."""


def new_text(sections: Sections) -> str:
    """Return the text of a file with these records, as ``fmt`` leaves it."""
    top = Collection([], keyed=True, flow=False)
    for section, records in sections.items():
        items = Collection([], keyed=False, flow=False)
        for record in records:
            items.slots.append(Slot(_mapping(record)))
            format_record(items.slots[-1], section, True)  # noqa: FBT003
        top.slots += [Slot(items, StyledScalar(section))] if items.slots else []
    document = YamlDocument(explicit=False, top=top)
    return "".join(f"{line}\n" for line in document_lines(document, Reordering(), first=True))


def _mapping(record: Mapping[str, Value]) -> Collection:
    """Return the node of a record: a claim in lines, others on one line if they fit."""
    slots = [Slot(_node(value, key), StyledScalar(key)) for key, value in record.items() if value]
    return Collection(slots, keyed=True, flow="statement" not in record and _is_flat(record))


def _node(value: Value, field: str) -> StyledScalar | Collection:
    if isinstance(value, str):
        return StyledScalar(value, "" if field in DATE_FIELDS | FLAG_FIELDS else '"')
    if isinstance(value, Mapping):
        return _mapping(value)
    slots = [Slot(_node(item, field)) for item in value]
    return Collection(slots, keyed=False, flow=_is_flat(value))


def _is_flat(value: Value) -> bool:
    """Return whether a value can be written on one line: a list of records cannot."""
    if isinstance(value, str):
        return "\n" not in value
    if isinstance(value, Mapping):
        return all(map(_is_flat, value.values()))
    return all(not isinstance(item, Mapping) and _is_flat(item) for item in value)
