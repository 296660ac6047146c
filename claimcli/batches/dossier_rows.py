"""The rows of whole dossiers from several tables of a corpus, and the records that they contain.

An engine groups the rows of one table. Rows of several tables are therefore packed in one: each has
the name of its dossier, and its other values in a column of structs that is named like its table.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from claimcli.batches.engine import Engine, Rows
from claimcli.core.dates import FIRST, Date, parse_date
from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.provenance import trace_origins
from claimcli.core.records import (
    Answer,
    Citation,
    Claim,
    CommentRequest,
    Dossier,
    Issue,
    Location,
    Party,
    Source,
)
from claimcli.core.relations import answers_by_target
from claimcli.core.response_kinds import Kind
from claimcli.exchange.parquet.schema import table_schema

Row = Mapping[str, Any]
KEY = "dossier"
_AGAIN = "write the corpus again with: claimcli corpus read FOLDER -o CORPUS"
REQUIRED = {
    "claims": (KEY, "id", "parties", "rank", "rebuts"),
    "responses": (KEY, "claim", "number", "target", "kind"),
    "requests": (KEY, "claim", "number", "party", "on"),
    "citations": (KEY, "claim", "number", "source"),
    **dict.fromkeys(("parties", "sources", "issues"), (KEY, "id", "rank")),
}
"""The columns of each table in which no value may be missing."""
TableColumns = Mapping[str, Sequence[str]]
"""The columns of each table that a job needs, without the name of the dossier."""


def packed_schema(schemas: Mapping[str, pa.Schema]) -> pa.Schema:
    """Return the columns of a table that packs rows of several tables; each has a dossier."""
    structs = [
        (name, pa.struct([f for f in own if f.name != KEY])) for name, own in schemas.items()
    ]
    return pa.schema([(KEY, pa.string()), *structs])


def pack(table: pa.Table | pa.RecordBatch, name: str, schema: pa.Schema) -> pa.RecordBatch:
    """Return the rows of a table in the columns of a schema of :func:`packed_schema`."""
    count = table.num_rows
    struct = schema.field(name).type
    own = pa.StructArray.from_arrays(
        [_array(table[field.name]) for field in struct], fields=list(struct)
    )
    packed = {KEY: _array(table[KEY]), name: own}
    columns = [packed.get(field.name, pa.nulls(count, field.type)) for field in schema]
    return pa.record_batch(columns, schema=schema)


def _array(column: Any) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def unpack(batches: Iterator[pa.RecordBatch], *, table: str) -> Iterator[pa.RecordBatch]:
    """Yield the rows of one of the packed tables, with the columns of that table."""
    for batch in batches:
        rows = batch.filter(pc.is_valid(batch[table]))
        structs = rows[table]
        names = [KEY, *(field.name for field in structs.type)]
        yield pa.record_batch([rows[KEY], *structs.flatten()], names=names)


def table_of_rows(rows: Iterable[Sequence[Any]], schema: pa.Schema) -> pa.Table:
    """Return a table of rows that have a value for each column."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_pydict(dict(zip(schema.names, columns, strict=True)), schema)


def require_values(rows: pa.RecordBatch, table: str) -> None:
    """Raise ClaimcliError if a value is missing that each row of a table has."""
    for column in REQUIRED[table]:
        if column in rows.schema.names and rows[column].null_count:
            raise ClaimcliError(
                f"the table '{table}' has a row without '{column}'",
                _AGAIN,
                code=ExitCode.UNREADABLE,
            )


def rows_of_dossiers(engine: Engine, tables: TableColumns) -> Rows:
    """Return some columns of several tables of the corpus, packed in one table."""
    schema = packed_schema(_schemas(tables))
    return engine.union(
        [
            engine.map(
                engine.table(name, (KEY, *columns)),
                partial(_pack_batches, name=name, schema=schema),
                schema,
            )
            for name, columns in tables.items()
        ]
    )


def _schemas(tables: TableColumns) -> dict[str, pa.Schema]:
    return {
        name: pa.schema([table_schema(name).field(column) for column in columns])
        for name, columns in tables.items()
    }


def _pack_batches(
    batches: Iterator[pa.RecordBatch], *, name: str, schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        require_values(batch, name)
        yield pack(batch, name, schema)


def dossiers_of(packed: pa.Table) -> Iterator[tuple[str, Dossier]]:
    """Yield each dossier by name, from all its rows; records lack what was not packed.

    Raises ClaimcliError if a row has values that no record can have.
    """
    by_dossier: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for table in packed.column_names[1:]:
        rows = packed.select([KEY, table]).filter(pc.is_valid(packed[table]))
        for name, row in zip(rows[KEY].to_pylist(), rows[table].to_pylist(), strict=True):
            by_dossier[name][table].append(row)
    while by_dossier:  # each dossier's rows are forgotten when its records are made
        name, tables = by_dossier.popitem()
        try:
            dossier = _dossier(tables)
        except (KeyError, TypeError, ValueError) as error:
            raise ClaimcliError(
                f"a row of dossier '{name}' is invalid: {error}", _AGAIN, code=ExitCode.UNREADABLE
            ) from None
        yield name, dossier


def _dossier(tables: Mapping[str, Sequence[Row]]) -> Dossier:
    """Return the records of one dossier, in order, with what is derived from all of them."""
    ordered = {
        name: sorted(rows, key=lambda row: row["rank"])
        for name, rows in tables.items()
        if name in ("claims", "parties", "issues", "sources")
    }
    claims = _claims(ordered.get("claims", ()), tables)
    rows = tables.get("claims", ())
    by_id = {claim.id: claim for claim in claims}
    sources = {row["id"]: _source(row) for row in ordered.get("sources", ())}
    return Dossier(
        claims=claims,
        by_id=by_id,
        answered=frozenset(row["id"] for row in rows if row.get("answered")),
        answers=answers_by_target(by_id),
        opposition={},
        superseded={row["id"]: row["superseded_by"] for row in rows if row["superseded_by"]},
        parties={row["id"]: _party(row) for row in ordered.get("parties", ())},
        sources=sources,
        issues={row["id"]: _issue(row) for row in ordered.get("issues", ())},
        origins=trace_origins(sources),
        internal=frozenset(row["id"] for row in rows if row.get("withheld")),
    )


def _claims(rows: Sequence[Row], tables: Mapping[str, Sequence[Row]]) -> tuple[Claim, ...]:
    citations = _by_claim(tables.get("citations", ()))
    responses = _by_claim(tables.get("responses", ()))
    requests = _by_claim(tables.get("requests", ()))
    return tuple(
        Claim(
            id=row["id"],
            parties=tuple(row.get("parties") or ()),
            statement=row.get("statement") or "",
            location=_location(row),
            said=_date(row.get("said")),
            made_by=None if row.get("said") else _made_by(row),
            issue=row.get("issue"),
            citations=tuple(map(_citation, citations.get(row["id"], ()))),
            responds_to=tuple(map(_answer, responses.get(row["id"], ()))),
            restates=row.get("restates"),
            withdrawn=_date(row.get("withdrawn")),
            asked=tuple(map(_request, requests.get(row["id"], ()))),
        )
        for row in rows
    )


def _by_claim(rows: Sequence[Row]) -> dict[str, list[Row]]:
    by_claim: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["number"]):
        by_claim[row["claim"]].append(row)
    return by_claim


def _citation(row: Row) -> Citation:
    return Citation(
        source=row["source"],
        location=_location(row),
        quote=row.get("quote"),
        translation=row.get("translation"),
    )


def _answer(row: Row) -> Answer:
    return Answer(claim=row["target"], kind=Kind(row["kind"]), location=_location(row))


def _request(row: Row) -> CommentRequest:
    return CommentRequest(
        location=_location(row),
        party=row["party"],
        on=parse_date(row["on"]),
        due=_date(row["due"]),
        asker=row["asker"],
        note=row["note"],
    )


def _party(row: Row) -> Party:
    return Party(
        id=row["id"], location=_location(row), name=row.get("name"), part_of=row.get("part_of")
    )


def _source(row: Row) -> Source:
    return Source(
        id=row["id"],
        title=row.get("title") or "",
        location=_location(row),
        kind=row.get("kind"),
        derived_from=tuple(row.get("derived_from") or ()),
    )


def _issue(row: Row) -> Issue:
    return Issue(id=row["id"], location=_location(row), question=row.get("question"))


def _location(row: Row) -> Location:
    line = row.get("line") or 1
    return Location.create(row.get("file") or "", (line, 1, line, 1), {})


def _date(text: str | None) -> Date | None:
    return parse_date(text) if text else None


def _made_by(row: Row) -> Date | None:
    """Return the date of a claim that only its sources date."""
    latest = row.get("when_to")
    return Date(row["when"], FIRST, latest, no_later=True) if latest else None
