"""Count the claims, rebuttals and positions of each party on each issue, in each dossier.

The result has the cells of 'claimcli matrix' with claims, for each party separately.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from claimcli.batches.engine import Engine, JobOptions, Rows
from claimcli.core.positions import position_key

TABLES = ("claims",)
COLUMNS = (
    "dossier", "id", "parties", "issue", "position", "withdrawn", "when", "superseded_by",
    "rebuts", "rank",
)  # fmt: skip
Column = Any
"""An array or a chunked array."""
KEYS = ("dossier", "issue", "party")
COUNTS = ("claims", "rebuttals", "withdrawn")
_TEXT, _NUMBER = pa.string(), pa.int64()
SCHEMA = pa.schema(
    [
        *((name, _TEXT) for name in KEYS),
        ("positions", pa.list_(_TEXT)),
        *((name, _NUMBER) for name in COUNTS),
        ("newest", _TEXT),
    ]
)
"""The columns of the result: a row for each party with claims on an issue, or on none."""
PARTIAL = pa.schema([*SCHEMA, ("ranks", pa.list_(_NUMBER)), ("recency", _NUMBER)])
"""The cells of some claims of each cell. ``ranks`` are those of the first claims with each of the
``positions``; of two claims, the one with the greater ``recency`` is ``newest``."""
CHUNK_ROWS = 1 << 20
"""Number of claims that are counted together, approximately."""
_RANK_BITS = 32
_ROW_BITS = 29
"""A row's number is in the lowest bits of a number that is compared, to find the row again."""


def run(engine: Engine, options: JobOptions) -> Mapping[str, Rows]:  # noqa: ARG001 - as all jobs
    """Return the cells of the matrices of all dossiers as the table ``matrix``."""
    claims = engine.table("claims", COLUMNS)
    partial = engine.map(claims, count_batches, PARTIAL)
    return {"matrix": engine.group(partial, KEYS, complete_cells, SCHEMA)}


def count_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the cells of batches of claims; a cell can be in several of the results."""
    for claims in _chunks(batches):
        cells = _single_cells(_with_party(claims))
        positions = pa.table(
            {
                "row": pa.array(range(cells.num_rows), _NUMBER),
                "position": cells["position"],
                "rank": cells["rank"],
            }
        )
        stated = positions.filter(pc.greater(pc.binary_length(positions["position"]), 0))
        yield from _merge(cells, stated).to_batches()


def complete_cells(partial: pa.Table) -> pa.Table:
    """Return the cells of all claims, from all partial cells with the same keys."""
    spellings, ranks = (partial[name].combine_chunks() for name in ("positions", "ranks"))
    positions = pa.table(
        {
            "row": pc.cast(pc.list_parent_indices(spellings), _NUMBER),
            "position": pc.list_flatten(spellings),
            "rank": pc.list_flatten(ranks),
        }
    )
    return _merge(partial, positions).select(SCHEMA.names)


def _chunks(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Yield the batches as tables of about :data:`CHUNK_ROWS` rows."""
    chunk: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        chunk.append(batch)
        rows += batch.num_rows
        if rows >= CHUNK_ROWS:
            yield pa.Table.from_batches(chunk)
            chunk, rows = [], 0
    if rows:
        yield pa.Table.from_batches(chunk)


def _with_party(claims: pa.Table) -> pa.Table:
    """Return the claims with a column ``party``: a row for each different party of a claim."""
    counts = pc.list_value_length(claims["parties"])
    single = claims.filter(pc.equal(counts, 1))
    result = single.append_column("party", pc.list_flatten(single["parties"]))
    joint = claims.filter(pc.greater(counts, 1))
    if joint.num_rows:
        names = joint["parties"].combine_chunks()
        pairs = pa.table({"row": pc.list_parent_indices(names), "party": pc.list_flatten(names)})
        pairs = pairs.group_by(["row", "party"]).aggregate([])
        joint = joint.take(pairs["row"]).append_column("party", pairs["party"])
        result = pa.concat_tables([result, joint])
    return result.drop_columns(["parties"])


def _single_cells(claims: pa.Table) -> pa.Table:
    """Return a cell for each claim and party, with the claim's position and rank."""
    kept = pc.is_null(claims["withdrawn"])
    current = pc.and_(kept, pc.is_null(claims["superseded_by"]))
    rank = pc.cast(claims["rank"], _NUMBER)
    columns = {
        **{name: claims[name] for name in KEYS},
        "claims": pa.repeat(pa.scalar(1, _NUMBER), claims.num_rows),
        "rebuttals": pc.cast(pc.and_(kept, claims["rebuts"]), _NUMBER),
        "withdrawn": pc.cast(pc.invert(kept), _NUMBER),
        "newest": claims["id"],
        "recency": _recency(current, pc.is_valid(claims["when"]), rank),
        "position": claims["position"],
        "rank": rank,
    }
    return pa.table(columns)


def _recency(current: Column, dated: Column, rank: Column) -> Column:
    """Return numbers whose maximum belongs to the claim that ``newest_claim`` returns."""
    flags = pc.add(pc.multiply(pc.cast(current, _NUMBER), 2), pc.cast(dated, _NUMBER))
    return pc.add(pc.shift_left(flags, _RANK_BITS), rank)


def _merge(cells: pa.Table, positions: pa.Table) -> pa.Table:
    """Return one cell for all rows with the same keys.

    ``positions`` are those of the cells, with the number of the cell's row and the rank of the
    claim that states them.
    """
    numbers = _numbered([cells[name] for name in KEYS])
    table = pa.table(
        {
            "cell": numbers,
            **{name: cells[name] for name in COUNTS},
            "recency": _with_rows(cells["recency"]),
        }
    )
    merged = table.group_by("cell", use_threads=False).aggregate(
        [*((name, "sum") for name in COUNTS), ("recency", "max")]
    )
    rows = _rows(merged["recency_max"])
    spellings, ranks = _first_spellings(positions, numbers, merged.num_rows)
    columns = {
        **{name: cells[name].take(rows) for name in (*KEYS, "newest")},
        **{name: merged[f"{name}_sum"] for name in COUNTS},
        "positions": spellings,
        "ranks": ranks,
        "recency": pc.shift_right(merged["recency_max"], _ROW_BITS),
    }
    return pa.table([columns[name] for name in PARTIAL.names], schema=PARTIAL)


def _first_spellings(
    positions: pa.Table, numbers: pa.Array, count: int
) -> tuple[pa.Array, pa.Array]:
    """Return the different positions of each cell, in order, and the ranks of their first claims.

    ``numbers`` are those of the cells of all rows; there are ``count`` cells.
    """
    spelled = positions["position"].combine_chunks().dictionary_encode()
    keys = pa.array(map(position_key, spelled.dictionary.to_pylist()), _TEXT)
    table = pa.table(
        {
            "cell": numbers.take(positions["row"]),
            "key": keys.dictionary_encode().indices.take(spelled.indices),
            "first": _with_rows(positions["rank"]),
        }
    )
    first = table.group_by(["cell", "key"]).aggregate([("first", "min")])
    first = first.sort_by([("cell", "ascending"), ("first_min", "ascending")])
    lists = pa.table(
        {
            "cell": first["cell"],
            "position": positions["position"].take(_rows(first["first_min"])),
            "rank": pc.shift_right(first["first_min"], _ROW_BITS),
        }
    )
    lists = lists.group_by("cell", use_threads=False).aggregate(
        [("position", "list"), ("rank", "list")]
    )
    places = pc.index_in(pa.array(range(count), _NUMBER), lists["cell"])
    return tuple(
        pc.coalesce(lists[f"{name}_list"].take(places), pa.scalar([], pa.list_(type_)))
        for name, type_ in (("position", _TEXT), ("rank", _NUMBER))
    )


def _numbered(columns: Iterable[Column]) -> pa.Array:
    """Return for each row the number of its combination of values, from 0 in order of rows."""
    numbers = None
    for column in columns:
        values = _encoded(column)
        own = pc.cast(values.indices, _NUMBER)
        if numbers is not None:
            own = pc.add(pc.multiply(numbers, len(values.dictionary)), own)
            own = pc.cast(_encoded(own).indices, _NUMBER)
        numbers = own
    return numbers


def _encoded(column: Column) -> pa.DictionaryArray:
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return column.dictionary_encode(null_encoding="encode")


def _with_rows(numbers: Column) -> Column:
    """Return numbers that compare like the given ones, and contain the number of their row."""
    rows = pa.array(range(len(numbers)), _NUMBER)
    return pc.add(pc.shift_left(numbers, _ROW_BITS), rows)


def _rows(numbers: Column) -> Column:
    """Return the numbers of rows that :func:`_with_rows` added."""
    return pc.bit_wise_and(numbers, (1 << _ROW_BITS) - 1)
