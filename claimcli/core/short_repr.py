"""Structs whose ``repr`` fits on a line or two of an interactive session."""

from collections.abc import Mapping, Set, Sized
from typing import Any

from msgspec import Struct

_LONGEST = 60
"""Characters of a text that are shown."""


class ShortRepr(Struct, frozen=True):
    """A base of records and results: empty and false fields are left out, many items counted."""

    def __repr__(self) -> str:
        fields = ((name, getattr(self, name)) for name in self.__struct_fields__)
        shown = ", ".join(f"{name}={_short(value)}" for name, value in fields if _says(value))
        return f"{type(self).__name__}({shown})"


def _says(value: Any) -> bool:
    is_empty = isinstance(value, Sized) and len(value) == 0
    return value is not None and value is not False and not is_empty


def _short(value: Any) -> str:
    if isinstance(value, ShortRepr):
        return f"<{type(value).__name__}>"
    if isinstance(value, str) and len(value) > _LONGEST:
        return repr(f"{value[: _LONGEST - 1]}…")
    if isinstance(value, tuple | list | Mapping | Set):
        texts = all(isinstance(item, str) for item in value)
        if isinstance(value, Mapping) or not texts or len(value) > 3:
            return f"<{len(value)}>"
    return repr(value)
