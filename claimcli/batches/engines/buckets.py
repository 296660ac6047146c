"""Rows in buckets by a hash of their keys: rows with equal keys are in one bucket."""

from collections.abc import Iterator, Sequence
from zlib import crc32

import pyarrow as pa
import pyarrow.compute as pc

BUCKET_BYTES = 8 * 1024 * 1024
BUCKET_ROWS = 100_000
"""How much of a table is in one bucket, about, so that its groups fit into memory."""
MAX_BUCKETS = 16_384
_FACTOR = pa.scalar(0x9E3779B97F4A7C15, pa.uint64())


def bucket_count(rows: int, size: int, *, least: int) -> int:
    """Return the number of buckets for rows of a size in bytes: a power of two.

    It is at least ``least``, so that all processes have buckets, but one if there are few rows.
    """
    wanted = max(size // BUCKET_BYTES, rows // BUCKET_ROWS, min(rows, least), 1)
    return min(MAX_BUCKETS, 1 << (wanted - 1).bit_length())


def split(table: pa.Table, keys: Sequence[str], count: int) -> Iterator[tuple[int, pa.Table]]:
    """Yield the rows of each bucket with its number; ``count`` is a power of two."""
    buckets = _bucket_numbers(table, keys, count)
    ordered = table.take(pc.sort_indices(buckets))
    sizes = {row["values"]: row["counts"] for row in pc.value_counts(buckets).to_pylist()}
    start = 0
    for bucket in sorted(sizes):
        yield bucket, ordered.slice(start, sizes[bucket])
        start += sizes[bucket]


def _bucket_numbers(table: pa.Table, keys: Sequence[str], count: int) -> pa.Array:
    hashes: pa.Array = pa.repeat(pa.scalar(0, pa.uint64()), table.num_rows)
    for key in keys:
        mixed = pc.bit_wise_xor(hashes, _hashes(table.column(key).combine_chunks()))
        hashes = pc.multiply(mixed, _FACTOR)
    high = pc.shift_right(hashes, pa.scalar(32, pa.uint64()))
    return pc.bit_wise_and(high, pa.scalar(count - 1, pa.uint64()))


def _hashes(column: pa.Array) -> pa.Array:
    """Return a number for each value; each different value is hashed once."""
    encoded = column.dictionary_encode("encode")
    values = [crc32(str(value).encode()) for value in encoded.dictionary.to_pylist()]
    return pa.array(values, pa.uint64()).take(encoded.indices)
