"""Similar wordings among those of a corpus, found in groups of wordings that share a word pair.

A wording is a row with a ``key`` and its word ``pairs`` as bytes. A group has all wordings of which
a pair is among the rarest, so that no wording is compared with all others.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

from claimcli.analysis.near_duplicates import (
    GroupedStatement,
    by_rarity,
    is_frequent,
    prefix,
    signature,
    similar_in_group,
)
from claimcli.batches.dossier_rows import table_of_rows
from claimcli.batches.engine import Engine, Rows
from claimcli.batches.parts import BATCH_BYTES

_COUNTS = pa.schema([("pair", pa.int64()), ("count", pa.int64())])
_SHARED = pa.schema(
    [("pair", pa.int64()), ("key", pa.binary()), ("place", pa.int32()), ("pairs", pa.binary())]
)
SIMILAR = pa.schema([("key", pa.binary()), ("other", pa.binary()), ("similarity", pa.float64())])
"""The keys of two similar wordings."""


def pack_pairs(pairs: Sequence[int]) -> bytes:
    """Return word pairs, which are hashes of 64 bits, as bytes."""
    return array("Q", pairs).tobytes()


def similar_wordings(engine: Engine, wordings: Rows, jaccard: float) -> Rows:
    """Return the pairs of different wordings with at least a similarity."""
    find = partial(wordings_by_pair, frequent=_frequent(engine, wordings), jaccard=jaccard)
    # kept, so that the number of groups in memory depends on the size of these rows
    shared = engine.keep(engine.map(wordings, find, _SHARED))
    return engine.group(shared, ["pair"], partial(similar_in_groups, jaccard=jaccard), SIMILAR)


def _frequent(engine: Engine, wordings: Rows) -> dict[int, int]:
    """Return the number of wordings with each frequent word pair."""
    sizes = engine.collect(engine.map(wordings, count_rows, _COUNTS))
    total = pc.sum(sizes["count"]).as_py() or 0
    counts = engine.map(wordings, count_pairs, _COUNTS)
    pairs = engine.collect(
        engine.group(counts, ["pair"], partial(frequent_pairs, wordings=total), _COUNTS)
    )
    unsigned = (pair % 2**64 for pair in pairs["pair"].to_pylist())
    return dict(zip(unsigned, pairs["count"].to_pylist(), strict=True))


def count_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the number of rows of each batch."""
    for batch in batches:
        yield pa.record_batch([[0], [batch.num_rows]], schema=_COUNTS)


def count_pairs(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield how often each word pair occurs in a batch."""
    for batch in batches:
        content = b"".join(batch["pairs"].to_pylist())
        buffers = [None, pa.py_buffer(content)]
        counts = pa.Array.from_buffers(pa.int64(), len(content) // 8, buffers).value_counts()
        yield pa.record_batch([counts.field("values"), counts.field("counts")], schema=_COUNTS)


def frequent_pairs(counts: pa.Table, wordings: int) -> pa.Table:
    """Return the number of wordings with each pair that is frequent."""
    sums = counts.group_by("pair", use_threads=False).aggregate([("count", "sum")])
    numbers = pc.unique(sums["count_sum"]).to_pylist()
    enough = pa.array([number for number in numbers if is_frequent(number, wordings)], pa.int64())
    kept = sums.filter(pc.is_in(sums["count_sum"], enough))
    return pa.table([kept["pair"], kept["count_sum"]], schema=_COUNTS)


def wordings_by_pair(
    batches: Iterable[pa.RecordBatch], frequent: Mapping[int, int], jaccard: float
) -> Iterator[pa.RecordBatch]:
    """Yield each wording once for each of its rarest pairs, of which similar ones share one.

    The rows of a long wording are many and long: batches have about BATCH_BYTES of them.
    """
    for batch in batches:
        rows: list[tuple[int, bytes, int, bytes]] = []
        size = 0
        for key, content in zip(*(batch[n].to_pylist() for n in ("key", "pairs")), strict=True):
            pairs = by_rarity(array("Q", content), frequent)
            packed, rarest = pack_pairs(pairs), prefix(pairs, jaccard)
            size += len(packed) * len(rarest)
            if rows and size > BATCH_BYTES:
                yield from table_of_rows(rows, _SHARED).to_batches()
                rows, size = [], len(packed) * len(rarest)
            rows += [
                (pair - 2**64 if pair >= 2**63 else pair, key, place, packed)
                for place, pair in enumerate(rarest)
            ]
        yield from table_of_rows(rows, _SHARED).to_batches()


def similar_in_groups(shared: pa.Table, jaccard: float) -> pa.Table:
    """Return the similar wordings of which one of the pairs is the rarest one that both have."""
    rows = sorted(zip(*(column.to_pylist() for column in shared.columns), strict=True))
    similar: list[tuple[bytes, bytes, float]] = []
    for _, grouped in groupby(rows, key=lambda row: row[0]):
        group = list(grouped)
        if len(group) > 1:
            statements = (_statement(*row[1:]) for row in group)
            similar += similar_in_group(statements, jaccard)
    return table_of_rows(similar, SIMILAR)


def _statement(key: bytes, place: int, content: bytes) -> GroupedStatement[bytes]:
    pairs = array("Q", content)
    return GroupedStatement(len(pairs), pairs, place, key, signature(pairs))
