"""Fields of a record set in YAML text, with every other character left as it stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import to_builtins
from msgspec.structs import replace

from claimcli.dates import parse_date
from claimcli.extras import needed
from claimcli.model import Record, Source
from claimcli.problems import ClaimcliError
from claimcli.reading import read_text
from claimcli.yamltext import LINE_BREAK

BY_HAND = "write it by hand"
_DATES = ("accessed",)


def with_source_fields(text: str, name: str, fields: Mapping[str, str]) -> str:
    """Return the YAML text with fields of the source of that id set.

    The result is read back: every record must say what it did but for these fields, and with each
    of them the text must have changed at one place. Raises ClaimcliError where that cannot be had.
    """
    before = _records(text)
    source = _source(before, name)
    written = [field for field in fields if source.where.has(field)]
    written.sort(key=source.where.place, reverse=True)  # the last first: places before it stay
    after = text
    for field in (*written, *(field for field in fields if field not in written)):
        edited = _edited(after, source, field, fields[field])
        if not _differs_there(after, edited, source, field):
            raise ClaimcliError(f"source '{name}' cannot be changed without more", BY_HAND)
        after = edited
    said = {f: parse_date(value) if f in _DATES else value for f, value in fields.items()}
    meant = [replace(r, **said) if r is source else r for r in before]
    if _plain(_records(after)) != _plain(meant):
        raise ClaimcliError(f"source '{name}' cannot be changed without more", BY_HAND)
    return after


def _source(records: Sequence[Record], name: str) -> Source:
    found = [r for r in records if isinstance(r, Source) and r.id == name]
    if len(found) != 1:
        raise ClaimcliError(f"no single source '{name}' stands there any more", "look at the file")
    return found[0]


def _records(text: str) -> list[Record]:
    return [record for reading in read_text(text) for record in reading.records]


def _plain(records: Sequence[Record]) -> Any:
    """Return what records say, without their places."""
    return [(type(record).__name__, _said(to_builtins(record))) for record in records]


def _said(value: Any) -> Any:
    """Take the places out: a path, which is "" while reading, four numbers and packed places."""
    if not isinstance(value, list | tuple):
        return value
    return [_said(part) for part in value if not _is_place(part)]


def _is_place(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 3
        and value[0] == ""
        and isinstance(value[1], list | tuple)
        and len(value[1]) == 4
    )


def _edited(text: str, source: Source, field: str, value: str) -> str:
    yaml_edit = needed("yaml_edit", "fetch")
    offset = len(text[: _offset(text, *source.where.record[:2])].encode())
    try:
        parsed = yaml_edit.YamlFile.parse(text)
        for mapping in _mappings(parsed):
            if _begins(text.encode(), offset, mapping.byte_range()[0]):
                plain = yaml_edit.ScalarValue(value) if field in _DATES else value
                mapping[field] = plain
                return str(parsed)
    except yaml_edit.YamlError as error:
        raise ClaimcliError(f"the file cannot be changed: {error}", BY_HAND) from None
    raise ClaimcliError(f"source '{source.id}' stands where it cannot be changed", BY_HAND)


def _begins(data: bytes, offset: int, start: int) -> bool:
    """Return whether a mapping begins at a place, the anchor that may stand there aside."""
    return start == offset or (
        start > offset and re.fullmatch(rb"&\S+\s+", data[offset:start]) is not None
    )


def _mappings(parsed: Any) -> Iterator[Any]:
    """Yield every mapping of a file."""
    todo: list[Any] = [found for document in parsed if (found := document.as_mapping())]
    while todo:
        node = todo.pop()
        if hasattr(node, "keys"):
            yield node
            below = [node[key] for key in node.keys()]  # noqa: SIM118 - iterating is not over keys
        else:
            below = list(node)
        inner = (child.as_mapping() or child.as_sequence() for child in below)
        todo += [child for child in inner if child is not None]


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _, found in zip(range(line - 1), LINE_BREAK.finditer(text), strict=False):
        start = found.end()
    return start + column - 1


def _differs_there(before: str, after: str, source: Source, field: str) -> bool:
    """Return whether a text is another with one value exchanged, or a line's worth put in."""
    if source.where.has(field):
        line, column, end_line, end_column = source.where.place(field)
        start, end = _offset(before, line, column), _offset(before, end_line, end_column)
        return after.startswith(before[:start]) and after.endswith(before[end:])
    pairs = enumerate(zip(before, after, strict=False))
    kept = next((n for n, (one, other) in pairs if one != other), len(before))
    put_in = after[kept : kept + len(after) - len(before)]
    one_line = put_in.count("\n") <= 1 and "#" not in put_in
    return after.endswith(before[kept:]) and one_line
