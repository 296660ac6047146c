"""Sources as items of CSL-JSON, from which the same sources are read again.

``custom.claimcli`` has what CSL-JSON does not express exactly: fields without a property, a note
with lines that are properties, and fields that reading the properties would not give. If another
program changed a property since, the property is used.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from claimcli.core.dates import Date
from claimcli.core.records import Source
from claimcli.core.schema import SOURCE
from claimcli.exchange.bibliography.dates import csl_date, date_of
from claimcli.exchange.bibliography.item_fields import (
    CITATION_KEY,
    ItemFields,
    fields_of_item,
    note_line,
)
from claimcli.exchange.bibliography.items import (
    DATE_FIELDS,
    DATES,
    NAMES,
    TEXT_FIELDS,
    TEXTS,
    TYPES,
    CslItem,
    default_type,
    outlet_property,
)
from claimcli.exchange.bibliography.names import names_of_lines, text_of_names
from claimcli.syntax.edit.values import Value

OURS = "claimcli"
"""The key of ``custom`` for fields of sources."""
_FIELDS = {field.name: field for field in SOURCE.fields}


class ExactFields(Struct, frozen=True):
    """The fields of a source, the names in ``custom`` that are no fields of a source.

    ``unchanged``: the item is as it was exported, so that nothing is lost.
    """

    fields: dict[str, Value]
    unknown: tuple[str, ...] = ()
    unchanged: bool = False


def fields_of_source(source: Source) -> dict[str, Value]:
    """Return the fields of a source that have a value, as in a file."""
    values = ((name, _value(getattr(source, name))) for name in SOURCE.names)
    return {name: value for name, value in values if value}


def item_of_source(fields: Mapping[str, Value]) -> dict[str, Any]:
    """Return the item of a source with these fields."""
    item = _properties(fields)
    read = fields_of_item(CslItem(item)).fields
    differing = {name for name in SOURCE.names if fields.get(name) != read.get(name)}
    differing |= {"note"} if fields.get("note") != item.get("note") else set()
    names = [name for name in SOURCE.names if name in differing]
    return {**item, "custom": {OURS: {name: fields.get(name, "") for name in names}}}


def with_custom_fields(item: CslItem, read: ItemFields) -> ExactFields:
    """Return the fields of an item with those in ``custom``."""
    custom = item.properties.get("custom")
    ours = custom.get(OURS) if isinstance(custom, Mapping) else None
    if not isinstance(ours, Mapping):
        return ExactFields(read.fields)
    known = {name: value for name, value in ours.items() if _is_value(name, value)}
    exact = {name: value for name, value in {**read.fields, **known}.items() if value}
    as_exported = fields_of_item(CslItem(_properties(exact))).fields if "id" in exact else {}
    changed = [n for n in known if as_exported.get(n) != read.fields.get(n) and n in read.fields]
    exact |= {name: read.fields[name] for name in changed}
    unknown = tuple(name for name in ours if name not in known)
    return ExactFields(exact, unknown, unchanged="note" in ours and as_exported == read.fields)


def _value(value: Any) -> Value:
    if isinstance(value, Date):
        return value.text
    if isinstance(value, tuple):
        return list(value)
    return ("true" if value else "") if isinstance(value, bool) else value or ""


def _is_value(name: str, value: Any) -> bool:
    if name not in _FIELDS:
        return False
    if _FIELDS[name].many:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, str)


def _properties(fields: Mapping[str, Value]) -> dict[str, Any]:
    """Return the properties of a source; lines of its note that have their form are properties."""
    lines = str(fields.get("note", "")).split("\n")
    named = [(*note_line(line), line) for line in lines]
    types = [text for name, text, _ in named if name == "type" and text in TYPES]
    type_ = types[0] if types else default_type(fields.get("url"))
    keys = [text for name, text, _ in named if name == CITATION_KEY]
    item: dict[str, Any] = {
        "id": fields["id"],
        "type": type_,
        "citation-key": keys[0] if keys else fields["id"],
    }
    texts = {**TEXT_FIELDS, outlet_property(type_): "outlet"}
    item |= {name: fields[field] for name, field in texts.items() if field in fields}
    dates = {name: str(fields[field]) for name, field in DATE_FIELDS.items() if field in fields}
    item |= {name: csl_date(date) for name, date in dates.items()}
    if "author" in fields:
        item["author"] = _authors(str(fields["author"]), named)
    others = dict(_lifted(named, item))
    used = {line for _, lines in others.values() for line in lines}
    used |= {f"type: {type_}"} if types else set()
    used |= {f"{CITATION_KEY}: {keys[0]}"} if keys else set()
    if "author" in fields and "literal" not in item["author"][0]:
        used |= {line for name, _, line in named if name == "author"}
    item |= {name: value for name, (value, _) in others.items()}
    note = "\n".join(line for line in lines if line not in used)
    return {**item, "note": note} if note else item


NamedLine = tuple[str, str, str]
"""The name and the value of a line of a note, and the line."""


def _authors(text: str, named: list[NamedLine]) -> list[dict[str, str]]:
    """Return the names of authors with their parts, if lines of the note have these."""
    names = names_of_lines([value for name, value, _ in named if name == "author"])
    return names if names and text_of_names(names) == text else [{"literal": text}]


def _lifted(
    named: list[NamedLine], item: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[Any, list[str]]]]:
    """Yield the properties that lines of the note have, each with these lines."""
    for name in dict.fromkeys(name for name, _, _ in named if name not in item):
        values = [text for key, text, _ in named if key == name]
        lines = [line for key, _, line in named if key == name]
        if name in NAMES and name != "author":
            yield name, (names_of_lines(values), lines)
        elif name in DATES and len(values) == 1:
            date = csl_date(values[0]) if date_of(values[0])[0] else {"literal": values[0]}
            yield name, (date, lines)
        elif name in TEXTS and len(values) == 1:
            yield name, (values[0], lines)
