"""The columns of each kind of record, derived from the table of fields, and the fields of a row.

A list is written in one cell, a value per line. The citations of a claim have the columns
``source``, ``quote`` and so on, further ones ``source 2``, ``quote 2``; requests for comment
``asked.party``, ``asked 2.party``; ``responds_to`` and ``kind`` have a line for each answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from msgspec import Struct

from claimcli.core.schema import ALL_KINDS, QUOTING, RECORD_KINDS, Count, Field, FieldType
from claimcli.syntax.edit.values import Value

ANSWER_KIND = "kind"
"""The column of a claim with the kinds of the answers whose claims ``responds_to`` has."""
PAIR_SIGN = " | "
"""What separates the two texts of a pair."""
_NUMBERED = re.compile(r"(?P<stem>[a-z0-9_]+)(?: (?P<number>[2-9]|[1-9][0-9]{1,2}))?", re.ASCII)


class Column(Struct, frozen=True):
    """A column of a kind of record, and where its texts belong.

    ``field`` is the field of the record, such as ``asked``; ``part`` the field of the record in it,
    such as ``party``, else ""; ``number`` counts the citations or requests from 1.
    """

    name: str
    field: str
    part: str = ""
    number: int = 1


def columns(kind: str, *, citations: int = 1, requests: int = 1) -> tuple[Column, ...]:
    """Return the columns of a kind of record in order, for so many citations and requests."""
    counts = {"source": citations, "asked": requests}
    found: list[Column] = []
    for field in RECORD_KINDS[kind].fields:
        if field.type is not FieldType.THREAD and field.name != "sources":
            for number in range(1, counts.get(field.name, 1) + 1):
                found += _columns_of(field, number)
    return tuple(found)


def column_named(kind: str, name: str) -> Column | None:
    """Return the column of a kind of record with a name, or None.

    Upper case, spaces around the name, and ``-`` for ``_`` make no difference.
    """
    head, dot, part = name.strip().lower().replace("-", "_").partition(".")
    match = _NUMBERED.fullmatch(head)
    if match is None:
        return None
    number = int(match["number"] or 1)
    wanted = numbered(match["stem"], number) + dot + part
    found = columns(kind, citations=number, requests=number)
    return next((column for column in found if column.name == wanted), None)


def _columns_of(field: Field, number: int) -> Iterator[Column]:
    """Yield the columns of a field; ``number`` is that of the citation or request."""
    if field.type is not FieldType.RECORD:
        yield Column(field.name, field.name)
    elif field.of == "citation":
        yield Column(numbered("source", number), "source", "id", number)
        for part in QUOTING:
            yield Column(numbered(part.name, number), "source", part.name, number)
    elif field.of == "answer":
        yield Column(field.name, field.name, "claim")
        yield Column(ANSWER_KIND, field.name, "kind")
    else:
        stem = numbered(field.name, number)
        for part in ALL_KINDS[field.of].fields:
            yield Column(f"{stem}.{part.name}", field.name, part.name, number)


def numbered(name: str, number: int) -> str:
    """Return the name of a column for the citation or request with a number."""
    return name if number == 1 else f"{name} {number}"


_FIELDS = {
    name: {field.name: field for field in kind.fields} for name, kind in RECORD_KINDS.items()
}


def row_fields(kind: str, cells: Iterable[tuple[Column, str]]) -> dict[str, Value]:
    """Return the fields of a record, in the shape of YAML, from the texts of its cells.

    Empty cells have no field; white space around a text is left out. A citation of which
    only the id is known is a text.
    """
    types = _FIELDS[kind]
    fields: dict[str, Value] = {}
    parts: dict[str, dict[int, dict[str, str]]] = {}
    for column, text in cells:
        if not text.strip():
            continue
        if column.part:
            numbered = parts.setdefault(column.field, {})
            numbered.setdefault(column.number, {})[column.part] = text
        else:
            fields[column.field] = _value(types[column.field], text)
    for name, numbered in parts.items():
        records = [numbered[number] for number in sorted(numbered)]
        fields |= _record_fields(types[name], records)
    return fields


def _value(field: Field, text: str) -> Value:
    """Return the value of a field that is no record: a text, or a list of texts or pairs."""
    if field.count is Count.ONE:
        return text.strip()
    if field.type is FieldType.PAIR:
        return [list(pair) for pair in split_pairs(text)]
    values = split_values(text)
    return values[0] if len(values) == 1 and field.count is not Count.LIST else list(values)


def _record_fields(field: Field, records: Sequence[Mapping[str, str]]) -> dict[str, Value]:
    """Return a field that contains records, which may be named otherwise if there are several."""
    if field.of == "answer":
        found = _answers(records[0])
        return {field.name: found[0] if len(found) == 1 else found}
    found = [_short(field, record) for record in records]
    if field.of == "citation" and len(found) > 1:
        return {"sources": found}
    return {field.name: found[0] if len(found) == 1 else found}


def _short(field: Field, record: Mapping[str, str]) -> Value:
    """Return a record, as its id alone if it is a citation that has nothing else."""
    if field.of == "citation" and record.keys() == {"id"}:
        return record["id"].strip()
    return {part: text.strip() for part, text in record.items()}


def _answers(record: Mapping[str, str]) -> list[Value]:
    """Return the answers whose claims and kinds are the lines of two cells."""
    claims, kinds = (_lines(record.get(part, "")) for part in ("claim", "kind"))
    pairs = zip_longest(claims, kinds, fillvalue="")
    named = ({"claim": claim, "kind": kind} for claim, kind in pairs)
    return [
        {part: text for part, text in one.items() if text} for one in named if any(one.values())
    ]


def join_values(values: Iterable[str]) -> str:
    """Return the values of a list as the text of a cell, one per line.

    A value with a line break, or that begins with a quotation mark, is in quotation marks, and
    those in it are doubled.
    """
    return "\n".join(_quoted(value, "\n") for value in values)


def split_values(text: str) -> list[str]:
    """Return the values in a cell that :func:`join_values` made; empty lines are left out."""
    return [value for value in _lines(text) if value]


def _lines(text: str) -> list[str]:
    if '"' not in text:
        return [line.strip() for line in text.split("\n")]
    return [line[0] for line in _split(text, "")]


def join_pairs(pairs: Iterable[Sequence[str]]) -> str:
    """Return pairs of texts as the text of a cell: one per line, separated by ``|``."""
    return "\n".join(PAIR_SIGN.join(_quoted(text, "\n|") for text in pair) for pair in pairs)


def split_pairs(text: str) -> list[list[str]]:
    """Return the pairs in a cell that :func:`join_pairs` made; other lines have other lengths."""
    return [line for line in _split(text, "|") if any(line)]


def _quoted(value: str, special: str) -> str:
    if value.startswith('"') or "\r" in value or any(sign in value for sign in special):
        doubled = value.replace('"', '""')
        return f'"{doubled}"'
    return value


def _split(text: str, sign: str) -> Iterator[list[str]]:
    """Yield the values in each line of a cell; ``sign`` separates those of a line, if not "".

    What begins with a quotation mark without ending in one is not quoted.
    """
    value = re.compile(rf'[ \t]*"((?:[^"]|"")*)"[ \t]*(?=[\n{sign}]|\Z)|([^\n{sign}]*)')
    place, line = 0, list[str]()
    while place <= len(text) and (match := value.match(text, place)):
        quoted, plain = match.groups()
        line.append(plain.strip() if quoted is None else quoted.replace('""', '"'))
        place = match.end() + 1
        if not sign or text[match.end() : place] != sign:
            yield line
            line = []
