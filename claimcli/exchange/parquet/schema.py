"""The tables and columns of a dossier in Arrow and Parquet, derived from the table of fields.

There is a table for each kind of record, and one for each part of which a claim can have several:
``citations``, ``responses`` and ``requests``, with the columns ``claim`` (its id) and ``number``
(from 0). Names are those of the fields, as in the tables of ``claimcli sql``. A date is a text, as
written, and the two moments ``*_from`` and ``*_to`` that bound it, in the time zone of the text. A
list is a list of texts. A part of which a claim has one gives columns such as ``reports_party``.

Each row begins with the name of the dossier and ends with the file and line. Columns of
:data:`DERIVED` depend on other records as well; ``import`` ignores them.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.schema import CLAIM, PARTS, QUOTING, RECORD_KINDS, Count, Field, FieldType
from claimcli.dossier.runtime import import_extra

VERSION = 1
"""Increased with every change of the tables that is not a further column."""
MANIFEST = "corpus.json"
"""The file of a corpus of several dossiers that lists the files of its tables."""
VERSION_KEY, TABLE_KEY = b"claimcli.version", b"claimcli.table"
"""The keys of the metadata of a table: the version of the schema, and the table's name."""
_PART_TABLES = {"citation": "citations", "answer": "responses", "request": "requests"}
_NAMES = {
    ("claim", "party"): "parties",
    ("citation", "id"): "source",
    ("answer", "claim"): "target",
}
"""The columns that are not named like their fields."""


class ArrowType(Struct, frozen=True):
    """The type of a column, by name: pyarrow is imported only when a table is made."""

    name: str

    def arrow(self) -> Any:
        """Return the type of pyarrow."""
        pa = import_extra("pyarrow", "parquet")
        texts = _list_of(pa.string())
        return {
            "text": pa.string(),
            "texts": texts,
            "pairs": _list_of(texts),
            "flag": pa.bool_(),
            "moment": pa.timestamp("us"),  # nanoseconds have only the years 1678 to 2261
            "number": pa.int32(),
        }[self.name]


def _list_of(item: Any) -> Any:
    """Return the type of lists, with the name of the items that Parquet and Spark use."""
    pa = import_extra("pyarrow", "parquet")
    return pa.list_(pa.field("element", item))


TEXT, TEXTS, PAIRS, FLAG, MOMENT, NUMBER = map(
    ArrowType, ("text", "texts", "pairs", "flag", "moment", "number")
)


class ArrowColumn(Struct, frozen=True):
    """A column: the field that it contains, or None; ``bound`` is "from" or "to" of a date.

    ``kind`` is the kind of record that has the field. ``within`` is the field of the claim that
    contains this record if it has no table, such as ``reports``, else "".
    """

    name: str
    type: ArrowType
    field: Field | None = None
    kind: str = ""
    bound: str = ""
    within: str = ""

    @property
    def is_date(self) -> bool:
        """Whether it contains a date or a bound of one."""
        return self.field is not None and self.field.type is FieldType.DATE


class ArrowTable(Struct, frozen=True):
    """A table of records of one kind; ``part_of`` is the field of claims that contains them."""

    name: str
    kind: str
    columns: tuple[ArrowColumn, ...]
    part_of: str = ""


DERIVED = (
    ArrowColumn("party", TEXT),
    ArrowColumn("when", TEXT),
    ArrowColumn("when_from", MOMENT),
    ArrowColumn("when_to", MOMENT),
    ArrowColumn("dated_by", TEXT),
    ArrowColumn("rank", NUMBER),
    ArrowColumn("position_key", TEXT),
    ArrowColumn("status", TEXT),
    ArrowColumn("answered", FLAG),
    ArrowColumn("superseded_by", TEXT),
    ArrowColumn("rebuts", FLAG),
    ArrowColumn("withheld", FLAG),
)
"""The further columns of claims; :mod:`claimcli.exchange.parquet.rows` computes them.

``rank`` is the place in the order of time, from 0; of other records, that in their registry.
``withheld``: exports leave the claim out, for itself, its sources or the claim that contains it.
"""
_RANK = ArrowColumn("rank", NUMBER)
_DOSSIER, _CLAIM, _NUMBER = (
    ArrowColumn("dossier", TEXT),
    ArrowColumn("claim", TEXT),
    ArrowColumn("number", NUMBER),
)
_LOCATION = (ArrowColumn("file", TEXT), ArrowColumn("line", NUMBER))


@cache
def arrow_tables() -> dict[str, ArrowTable]:
    """Return the tables by name: claims, their parts, then the other kinds of records."""
    parts = [_part_table(field) for field in CLAIM.fields if _has_table(field)]
    claims, *others = sorted(map(_record_table, RECORD_KINDS), key=lambda one: one.kind != "claim")
    return {table.name: table for table in (claims, *parts, *others)}


def table_schema(name: str) -> Any:
    """Return the Arrow schema of a table, with its version in the metadata."""
    pa = import_extra("pyarrow", "parquet")
    table = arrow_tables()[name]
    fields = [pa.field(column.name, column.type.arrow()) for column in table.columns]
    return pa.schema(fields, {VERSION_KEY: str(VERSION).encode(), TABLE_KEY: name.encode()})


def _has_table(field: Field) -> bool:
    """Return whether a field's records have a table of their own; 'sources' is 'source'."""
    return field.type is FieldType.RECORD and field.many and field.name != "sources"


def _part_table(field: Field) -> ArrowTable:
    fields = PARTS[field.of].fields
    if field.of == "citation":  # the other fields are those of the source
        fields = (*(one for one in fields if one.name == "id"), *QUOTING)
    own = (column for one in fields for column in _columns(field.of, one))
    columns = (_DOSSIER, _CLAIM, _NUMBER, *own, *_LOCATION)
    name = _PART_TABLES.get(field.of, f"{field.of}s")
    return ArrowTable(name, field.of, columns, field.name)


def _record_table(kind: str) -> ArrowTable:
    fields = RECORD_KINDS[kind].fields
    own = (column for field in fields for column in _columns(kind, field))
    derived = DERIVED if kind == "claim" else (_RANK,)
    columns = (_DOSSIER, *own, *derived, *_LOCATION)
    return ArrowTable(RECORD_KINDS[kind].section, kind, columns)


def _columns(kind: str, field: Field) -> Iterator[ArrowColumn]:
    """Yield the columns of a field of a kind of record; of what has a table, none."""
    if field.type is FieldType.RECORD and field.count is Count.ONE:
        for part in PARTS[field.of].fields:
            for column in _columns(field.of, part):
                yield replace(column, name=f"{field.name}_{column.name}", within=field.name)
    elif field.type not in (FieldType.RECORD, FieldType.THREAD):
        name = _NAMES.get((kind, field.name), field.name)
        yield ArrowColumn(name, _type(field), field, kind)
        if field.type is FieldType.DATE:
            for bound in ("from", "to"):
                yield ArrowColumn(f"{name}_{bound}", MOMENT, field, kind, bound)


def _type(field: Field) -> ArrowType:
    if field.type is FieldType.PAIR:
        return PAIRS
    if field.many:
        return TEXTS
    return FLAG if field.type is FieldType.FLAG else TEXT
