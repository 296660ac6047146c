"""The values of a column of a Parquet file, whichever tool wrote it.

Texts may be of any width or encoded as a dictionary, and may be whole numbers; dates may be days or
moments; a column of lists may have one text in each row.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.runtime import import_extra
from claimcli.exchange.parquet.schema import (
    FLAG,
    NUMBER,
    PAIRS,
    TEXT,
    TEXTS,
    ArrowColumn,
    ArrowType,
)

_EXPECTED = {
    TEXT: "texts",
    TEXTS: "lists of texts",
    PAIRS: "lists of pairs of texts",
    FLAG: "true or false",
    NUMBER: "whole numbers",
}


def cell_values(column: ArrowColumn, array: Any) -> list[Any]:
    """Return the values of an array of pyarrow as texts, lists, truth values or numbers.

    Raises ClaimcliError, with a predicate, if the array has another type than the column allows.
    """
    try:
        values = _values(column, array)
    except UnicodeDecodeError:
        raise ClaimcliError(f"has a text in the column '{column.name}' that is not UTF-8") from None
    if values is None:
        message = f"has the type {_type_name(array)} in the column '{column.name}'"
        hint = f"write {_EXPECTED[column.type]} there, for example with CAST in DuckDB"
        raise ClaimcliError(message, hint)
    return values


def _values(column: ArrowColumn, array: Any) -> list[Any] | None:
    """Return the values, None if the type is not allowed."""
    types = import_extra("pyarrow", "parquet").types
    if types.is_dictionary(array.type):
        return _values(column, array.dictionary_decode())
    if types.is_null(array.type):
        return [None] * len(array)
    if column.type is TEXT:
        return _texts(array, dates=column.is_date)
    if column.type is TEXTS and (texts := _texts(array, dates=False)) is not None:
        return [None if text is None else [text] for text in texts]
    return _list(array) if _is_of_type(array.type, column.type) else None


def _is_of_type(type_: Any, expected: ArrowType) -> bool:
    """Return whether a type of pyarrow has the values of a column that is no text."""
    types = import_extra("pyarrow", "parquet").types
    if expected is FLAG:
        return bool(types.is_boolean(type_))
    if expected is NUMBER:
        return bool(types.is_integer(type_))
    return _is_list(type_, depth=2 if expected is PAIRS else 1)


def _list(array: Any) -> list[Any]:
    values: list[Any] = array.to_pylist()
    return values


def _texts(array: Any, *, dates: bool) -> list[str | None] | None:
    types = import_extra("pyarrow", "parquet").types
    if _is_text(array.type):
        return _list(array)
    if types.is_integer(array.type):
        return [None if number is None else str(number) for number in _list(array)]
    if dates and types.is_date(array.type):
        return [None if day is None else day.isoformat() for day in _list(array)]
    if dates and types.is_timestamp(array.type):
        pa = import_extra("pyarrow", "parquet")
        seconds = array.cast(pa.timestamp("s", array.type.tz), safe=False)
        return _moments(_list(seconds))
    return None


def _moments(moments: Sequence[datetime | None]) -> list[str | None]:
    """Return moments as written dates: days if all are at midnight and without a time zone."""
    known = [moment for moment in moments if moment]
    if all((m.hour, m.minute, m.second, m.tzinfo) == (0, 0, 0, None) for m in known):
        return [m.date().isoformat() if m else None for m in moments]
    return [m.isoformat() if m else None for m in moments]


def _is_text(type_: Any) -> bool:
    types = import_extra("pyarrow", "parquet").types
    view = getattr(types, "is_string_view", lambda _: False)
    return bool(types.is_string(type_) or types.is_large_string(type_) or view(type_))


def _is_list(type_: Any, *, depth: int) -> bool:
    """Return whether values are lists of texts, or with a depth of 2 lists of such lists.

    What is always empty can have the type of missing values.
    """
    types = import_extra("pyarrow", "parquet").types
    if types.is_null(type_):
        return True
    if depth == 0:
        return _is_text(type_.value_type if types.is_dictionary(type_) else type_)
    lists = (types.is_list, types.is_large_list, types.is_fixed_size_list)
    return any(test(type_) for test in lists) and _is_list(type_.value_type, depth=depth - 1)


def _type_name(array: Any) -> str:
    """Return a type as pyarrow names it, on one line and not too long."""
    name = " ".join(str(array.type).split())
    return name if len(name) <= 60 else f"{name[:60]}..."
