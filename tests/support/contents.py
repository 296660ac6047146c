"""The content of records, without the locations at which they are written."""

from typing import Any

from msgspec import Struct

from claimcli.core.records import Location


def content_of(value: Any) -> Any:
    """Return a record, or a value in one, as lists of plain values without locations."""
    if isinstance(value, Struct):
        fields = (getattr(value, name) for name in value.__struct_fields__)
        return [content_of(field) for field in fields if not isinstance(field, Location)]
    if isinstance(value, tuple):
        return [content_of(part) for part in value]
    return value
