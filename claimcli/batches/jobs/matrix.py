"""Count the claims, rebuttals and positions of each party on each issue, in each dossier.

The result has the cells of 'claimcli matrix' with claims, for each party separately.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from claimcli.batches.dossier_rows import require_values
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
_TEXT, _NUMBER = pa.string(), pa.int64()
SPOKEN = pa.schema(
    [
        *((name, _TEXT) for name in (*KEYS, "id", "position")),
        *((name, pa.bool_()) for name in ("withdrawn", "rebuttal")),
        ("recency", _NUMBER),
    ]
)
"""The columns of one claim by one party. Of the claims of a cell, the one with the greatest
``recency`` is the newest; its lowest bits are the claim's rank."""
SCHEMA = pa.schema(
    [
        *((name, _TEXT) for name in KEYS),
        ("positions", pa.list_(_TEXT)),
        *((name, _NUMBER) for name in ("claims", "rebuttals", "withdrawn")),
        ("newest", _TEXT),
    ]
)
"""The columns of the result: a row for each party with claims on an issue, or on none."""
_RANK_BITS, _ROW_BITS = 32, 29
_MOST_COMBINATIONS = 1 << 62


def run(engine: Engine, options: JobOptions) -> Mapping[str, Rows]:
    """Return the cells of the matrices of all dossiers as the table ``matrix``."""
    del options
    claims = engine.table("claims", COLUMNS)
    spoken = engine.map(claims, claims_of_parties, SPOKEN)
    return {"matrix": engine.group(spoken, KEYS[:2], count_cells, SCHEMA)}


def claims_of_parties(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield a row for each different party of each claim."""
    for batch in batches:
        require_values(batch, "claims")
        for claims in _with_party(batch):
            kept = pc.is_null(claims["withdrawn"])
            columns = {
                **{name: claims[name] for name in (*KEYS, "id", "position")},
                "withdrawn": pc.invert(kept),
                "rebuttal": pc.and_(kept, claims["rebuts"]),
                "recency": _recency(claims, pc.and_(kept, pc.is_null(claims["superseded_by"]))),
            }
            yield pa.record_batch([columns[name] for name in SPOKEN.names], schema=SPOKEN)


def _with_party(claims: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Yield the claims with their first ``party``, then those by several with each other one."""
    counts = pc.list_value_length(claims["parties"])
    claims = claims.filter(pc.greater(counts, 0)) if pc.min(counts).as_py() == 0 else claims
    first = pc.list_element(claims["parties"], 0)
    yield claims.append_column("party", first)
    joint = pc.indices_nonzero(pc.greater(pc.list_value_length(claims["parties"]), 1))
    if len(joint):
        claims, first = claims.take(joint), first.take(joint)
        rows, parties = (f(claims["parties"]) for f in (pc.list_parent_indices, pc.list_flatten))
        others = pc.not_equal(parties, first.take(rows))
        pairs = pa.table({"row": rows, "party": parties}).filter(others)
        pairs = pairs.group_by(["row", "party"]).aggregate([])
        columns = claims.take(pairs["row"].combine_chunks())
        yield columns.append_column("party", pairs["party"].combine_chunks())


def _recency(claims: pa.RecordBatch, current: Column) -> Column:
    """Return numbers of which the greatest is that of the claim that ``newest_claim`` returns."""
    dated = pc.cast(pc.is_valid(claims["when"]), _NUMBER)
    flags = pc.add(pc.multiply(pc.cast(current, _NUMBER), 2), dated)
    return pc.add(pc.shift_left(flags, _RANK_BITS), claims["rank"])


def count_cells(spoken: pa.Table) -> pa.Table:
    """Return the cells of all claims by some parties on some issues of some dossiers."""
    cells = _combinations(spoken)
    numbered = _with_rows(spoken["recency"], pa.arange(0, spoken.num_rows))
    flags = {"rebuttals": spoken["rebuttal"], "withdrawn": spoken["withdrawn"]}
    table = pa.table({"cell": cells, "newest": numbered, **flags})
    counted = table.group_by("cell", use_threads=False).aggregate(
        [([], "count_all"), ("rebuttals", "sum"), ("withdrawn", "sum"), ("newest", "max")]
    )
    newest = _rows(counted["newest_max"])
    columns = {
        **{name: spoken[name].take(newest) for name in KEYS},
        "positions": _positions(spoken, cells, counted["cell"]),
        "claims": counted["count_all"],
        "rebuttals": pc.cast(counted["rebuttals_sum"], _NUMBER),
        "withdrawn": pc.cast(counted["withdrawn_sum"], _NUMBER),
        "newest": spoken["id"].take(newest),
    }
    return pa.table(columns, SCHEMA)


def _positions(spoken: pa.Table, cells: Column, listed: Column) -> Column:
    """Return the different positions of each of the listed cells, as ``distinct_positions``."""
    rows = pc.indices_nonzero(pc.greater(pc.binary_length(spoken["position"]), 0))
    spelled = _encoded(spoken["position"].take(rows))
    keys = _encoded(pa.array(map(position_key, spelled.dictionary.to_pylist()), _TEXT)).indices
    ranks = pc.bit_wise_and(spoken["recency"].take(rows), (1 << _RANK_BITS) - 1)
    columns = {
        "cell": cells.take(rows),
        "key": keys.take(spelled.indices),
        "first": _with_rows(ranks, pc.cast(rows, _NUMBER)),
    }
    table = pa.table(columns).group_by(["cell", "key"]).aggregate([("first", "min")])
    # small numbers without the rows are sorted faster; in one cell no two ranks are equal
    table = table.take(pc.sort_indices(pc.shift_right(table["first_min"], _ROW_BITS)))
    columns = {"cell": table["cell"], "row": _rows(table["first_min"])}
    table = pa.table(columns).group_by("cell", use_threads=False).aggregate([("row", "list")])
    lists = table["row_list"].combine_chunks()
    spellings = spoken["position"].take(lists.values).combine_chunks()
    places = pc.index_in(listed, table["cell"]).combine_chunks()
    texts = pa.ListArray.from_arrays(lists.offsets, spellings).take(places)
    return pa.ListArray.from_arrays(texts.offsets, texts.values)  # empty instead of null


def _with_rows(numbers: Column, rows: Column) -> Column:
    """Return numbers in the order of the given ones, each with the number of its row."""
    return pc.add(pc.shift_left(numbers, _ROW_BITS), rows)


def _rows(numbers: Column) -> Column:
    """Return the rows of numbers that :func:`_with_rows` returned."""
    return pc.bit_wise_and(numbers, (1 << _ROW_BITS) - 1)


def _combinations(spoken: pa.Table) -> Column:
    """Return numbers that are equal for rows with equal values of the keys."""
    result, count = pa.repeat(pa.scalar(0, _NUMBER), spoken.num_rows), 1
    for name in KEYS:
        values = _encoded(spoken[name])
        if count * len(values.dictionary) > _MOST_COMBINATIONS:
            result = _encoded(result)
            result, count = pc.cast(result.indices, _NUMBER), len(result.dictionary)
        count *= len(values.dictionary)
        result = pc.add(pc.multiply(result, len(values.dictionary)), values.indices)
    return result


def _encoded(column: Column) -> Any:
    """Return a column as the numbers of its different values."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return column.dictionary_encode(null_encoding="encode")
