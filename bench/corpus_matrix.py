"""Processor time and memory of 'corpus matrix' on a large synthetic corpus.

    python bench/corpus_matrix.py [--claims 10000000] [--dossiers 1000] [--runs 3]

Writes the table of claims of a corpus: in each dossier 50 parties and a hundredth as many issues as
claims, ids in no order, one claim in thirty by two parties. The floor is a program that reads the
same columns of the same files with pyarrow, in one thread, and forgets them. The runs alternate,
and the least processor time of each counts, that of all its processes together. Memory is the peak
of all processes. Values over their limit are marked with ``<<`` and counted; with any, the exit
code is 1.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.compute as pc
from corpus import Cost, cost

from claimcli.batches.corpus import store_part, write_manifest
from claimcli.batches.jobs.matrix import COLUMNS
from claimcli.exchange.parquet.schema import table_schema

TOOL = str(Path(sys.executable).with_name("claimcli"))
PER_FILE = 500_000
PARTIES = 50
LIMITS = {"CPU": 8.0, "MiB": 2048.0}
"""The largest accepted ratio to the scan, and the largest accepted memory."""
SCAN = """
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

pa.set_cpu_count(1)
rows = 0
for path in sorted(Path(sys.argv[1]).glob("*.parquet")):
    for batch in pq.ParquetFile(path).iter_batches(columns=sys.argv[2:], use_threads=False):
        rows += batch.num_rows
print(rows)
"""


class _Columns:
    """Makes columns with random values, the same ones in each run."""

    def __init__(self, rows: int, seed: int) -> None:
        self.rows = rows
        self.seed = seed * 1000

    def random(self) -> pa.Array:
        """Return numbers from 0 to 1."""
        self.seed += 1
        return pc.random(self.rows, initializer=self.seed)

    def one_of(self, word: str, count: int) -> pa.Array:
        """Return values such as ``party-7``."""
        numbers = pc.cast(pc.floor(pc.multiply(self.random(), count)), pa.int64())
        return pa.array([f"{word}-{number}" for number in range(count)]).take(numbers)

    def some(self, values: pa.Array, share: float) -> pa.Array:
        """Return a share of the values, and null instead of the others."""
        return pc.if_else(pc.less(self.random(), share), values, pa.scalar(None, values.type))


def claims(first: int, rows: int, per_dossier: int) -> pa.RecordBatch:
    """Return claims of a corpus from the number of the first one on."""
    make = _Columns(rows, 1 + first)
    random = Random(first)
    numbers = pa.arange(first, first + rows)
    dossiers = range(first // per_dossier, (first + rows - 1) // per_dossier + 1)
    names = pa.array([f"dossier-{number:04}" for number in dossiers])
    own = pc.subtract(pc.divide(numbers, per_dossier), dossiers[0])
    ids = pa.array([f"claim-{random.randrange(16**10):010x}" for _ in range(rows)])
    positions = make.some(make.one_of("position", 5), 0.4)
    columns = {
        "dossier": names.take(own),
        "id": ids,
        "parties": _parties(make),
        "statement": ids,
        "issue": make.some(make.one_of("issue", max(per_dossier // 100, 1)), 0.95),
        "position": positions,
        "withdrawn": make.some(make.one_of("2025-01", 28), 0.02),
        "when": make.some(make.one_of("2024-12-30T", 700), 0.9),
        "superseded_by": make.some(ids, 0.02),
        "rebuts": pc.less(make.random(), 0.3),
        "rank": pc.cast(_ranks(numbers, per_dossier), pa.int32()),
    }
    schema = table_schema("claims")
    arrays = [columns.get(field.name, pa.nulls(rows, field.type)) for field in schema]
    return pa.record_batch(arrays, schema=schema)


def _ranks(numbers: pa.Array, per_dossier: int) -> pa.Array:
    """Return the places of claims in the order of time, other than that of their rows."""
    within = pc.subtract(numbers, pc.multiply(pc.divide(numbers, per_dossier), per_dossier))
    mixed = pc.multiply(within, 7919)
    return pc.subtract(mixed, pc.multiply(pc.divide(mixed, per_dossier), per_dossier))


def _parties(make: _Columns) -> pa.Array:
    joint = pc.less(make.random(), 1 / 30)
    rows = pa.concat_arrays([pa.arange(0, make.rows), pa.arange(0, make.rows).filter(joint)])
    other = make.one_of("ally", PARTIES).filter(joint)
    names = pa.concat_arrays([make.one_of("party", PARTIES), other]).take(pc.sort_indices(rows))
    ends = pc.cumulative_sum(pc.add(pc.cast(joint, pa.int32()), 1))
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), pc.cast(ends, pa.int32())])
    return pa.ListArray.from_arrays(offsets, names)


def write_corpus(folder: Path, count: int, dossiers: int) -> None:
    """Write the table of claims in files of half a million rows."""
    per_dossier = max(count // dossiers, 1)
    schema = table_schema("claims")
    stored = [
        store_part(
            folder / "claims" / f"part-{number:05}.parquet",
            _batches(first, min(PER_FILE, count - first), per_dossier),
            schema,
        )
        for number, first in enumerate(range(0, count, PER_FILE))
    ]
    write_manifest(folder, "read", {"claims": stored})


def _batches(first: int, rows: int, per_dossier: int) -> Iterator[pa.RecordBatch]:
    yield claims(first, rows, per_dossier)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, number in (("claims", 10_000_000), ("dossiers", 1000), ("runs", 3)):
        parser.add_argument(f"--{name}", type=int, default=number)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_corpus(folder / "corpus", given.claims, given.dossiers)
        over = measure(folder, given.runs)
    print(f"{over} values over their limit, marked with <<")
    return 1 if over else 0


def measure(folder: Path, runs: int) -> int:
    """Print the costs of the scan and of the job; return how many values are over their limit."""
    output = str(folder / "result")
    tool = [TOOL, "corpus", "matrix", str(folder / "corpus"), "-o", output, "--processes"]
    commands = {
        "scan": [sys.executable, "-c", SCAN, str(folder / "corpus" / "claims"), *COLUMNS],
        "matrix, 1 process": [*tool, "1"],
        "matrix, 2 processes": [*tool, "2"],
    }
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            costs[name].append(cost(command))
    over = 0
    floor = min(one.cpu for one in costs["scan"])
    for name in commands:
        best = min(one.cpu for one in costs[name]), min(one.wall for one in costs[name])
        memory = max(one.memory for one in costs[name])
        values = {"CPU": best[0] / floor, "MiB": memory}
        wrong = [limit for what, limit in LIMITS.items() if values[what] > limit]
        over += len(wrong)
        marks = "".join(f" << {limit:g}" for limit in wrong)
        print(
            f"{name:20} CPU {best[0]:6.1f} s  {values['CPU']:5.2f} x  wall {best[1]:6.1f} s"
            f"  {memory:6.0f} MiB{marks}"
        )
    return over


if __name__ == "__main__":
    sys.exit(main())
