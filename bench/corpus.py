"""Processor time of 'corpus read' and 'corpus verify': one process, two, and Spark.

    python bench/corpus.py [--dossiers 40] [--texts 250] [--size 20000] [--quotes 20] [--runs 5]
                           [--no-spark] [--no-read]

Generates dossiers with texts and quotes, by default 200,000, of which one in a hundred is altered,
and reads them into a corpus. The runs of 'corpus verify' alternate, and the least processor time
and wall time of each count. Processor time is that of all processes: the driver, the JVM and the
workers. The floor is one process of this machine. All results must have the same rows. Ratios over
their limit are marked with ``<<`` and counted; with any, the exit code is 1.
"""

import argparse
import ctypes
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import pyarrow.parquet as pq
from measure import ENVIRONMENT, peak_memory
from quotes import lay_out, make_quotes, make_text, vocabulary

TOOL = str(Path(sys.executable).with_name("claimcli"))
ONE, TWO, SPARK = "1 process", "2 processes", "Spark, local[2]"
ENGINES = {
    ONE: ["--processes", "1"],
    TWO: ["--processes", "2"],
    SPARK: ["--engine", "spark", "--master", "local[2]"],
}
LIMITS = {(TWO, "CPU"): 1.15, (TWO, "wall"): 0.6, (SPARK, "CPU"): 2.0}
"""The largest accepted ratio to one process."""
PR_SET_CHILD_SUBREAPER = 36


class Cost(NamedTuple):
    """Seconds of processors and of the clock."""

    cpu: float
    wall: float


def generate(folder: Path, given: argparse.Namespace) -> None:
    random = Random(1)
    words = vocabulary(random)
    for number in range(given.dossiers):
        dossier = folder / f"dossier-{number:03d}"
        dossier.mkdir(parents=True)
        texts = [make_text(random, words, given.size) for _ in range(given.texts)]
        quotes = [make_quotes(random, text, given.quotes, "altered") for text in texts]
        lay_out(dossier, texts, quotes)


def cost(command: Sequence[str]) -> Cost:
    """Run a command, and return what it and all processes that it started used (Linux).

    Processes whose parent ended become children of this one, and are counted too.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    seconds, code = _wait(process.pid)
    wall = time.perf_counter() - start
    process.returncode = code
    if code not in (0, 1):
        raise subprocess.CalledProcessError(code, command)
    while True:
        try:
            seconds += _wait(-1)[0]
        except ChildProcessError:
            return Cost(seconds, wall)


def _wait(pid: int) -> tuple[float, int]:
    _, status, used = os.wait4(pid, 0)
    return used.ru_utime + used.ru_stime, os.waitstatus_to_exitcode(status)


def job(name: str, source: Path, output: Path, options: Sequence[str]) -> list[str]:
    subprocess.run(["rm", "-rf", str(output)], check=True)
    return [TOOL, "corpus", name, str(source), *options, "-o", str(output)]


def measure(name: str, source: Path, folder: Path, engines: Sequence[str], runs: int) -> int:
    """Print the costs of a job on each engine; return how many ratios are over their limit."""
    costs: dict[str, list[Cost]] = {engine: [] for engine in engines}
    for _ in range(runs):
        for engine in engines:
            command = job(name, source, folder / f"{name} {engine}", ENGINES[engine])
            costs[engine].append(cost(command))
    best = {
        engine: Cost(min(one.cpu for one in listed), min(one.wall for one in listed))
        for engine, listed in costs.items()
    }
    over = 0
    print(f"corpus {name}, best of {runs}")
    for engine, found in best.items():
        output = folder / f"{name} {engine}"
        memory = peak_memory(job(name, source, output, ENGINES[engine]), {})
        shown, wrong = _ratios(engine, found, best[ONE]) if name == "verify" else ("", 0)
        over += wrong
        line = f"  {engine:16} CPU {found.cpu:7.1f} s  wall {found.wall:7.1f} s"
        print(f"{line}  {memory:6.0f} MiB{shown}")
    return over


def _ratios(engine: str, found: Cost, floor: Cost) -> tuple[str, int]:
    """Return the ratios to one process in words, and how many are over their limit."""
    shown, over = "", 0
    for what, ratio in (("CPU", found.cpu / floor.cpu), ("wall", found.wall / floor.wall)):
        limit = LIMITS.get((engine, what))
        wrong = limit is not None and ratio > limit
        over += wrong
        shown += f"  {what} {ratio:5.2f} x" + (f" << {limit:g}" if wrong else "")
    return shown, over


def rows(folder: Path) -> list[Mapping[str, object]]:
    """Return the verdicts of a result in the order of dossiers and quotes."""
    table = pq.ParquetDataset(sorted((folder / "verdicts").glob("*.parquet"))).read()
    ordered = table.sort_by([("dossier", "ascending"), ("number", "ascending")])
    listed: list[Mapping[str, object]] = ordered.to_pylist()
    return listed


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    sizes = (("dossiers", 40), ("texts", 250), ("size", 20_000), ("quotes", 20), ("runs", 5))
    for name, number in sizes:
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--no-spark", action="store_true", help="only processes of this machine")
    parser.add_argument("--no-read", action="store_true", help="read the dossiers, but not timed")
    given = parser.parse_args()
    engines = [engine for engine in ENGINES if not (given.no_spark and engine == SPARK)]
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        generate(folder / "dossiers", given)
        texts = given.dossiers * given.texts
        print(
            f"{texts * given.quotes:,} quotes, {texts:,} texts of {given.size:,} characters, "
            f"{given.dossiers} dossiers"
        )
        if not given.no_read:
            measure("read", folder / "dossiers", folder, engines, 1)
        cost(job("read", folder / "dossiers", folder / "corpus", ()))
        over = measure("verify", folder / "corpus", folder, engines, given.runs)
        results = [rows(folder / f"verify {engine}") for engine in engines]
        over += any(result != results[0] for result in results)
        same = "the same" if all(result == results[0] for result in results) else "DIFFERENT"
        print(f"{len(results[0]):,} verdicts, {same} in all results")
    print(f"{over} values over their limit, marked with <<")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
