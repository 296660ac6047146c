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
from contextlib import suppress
from itertools import count
from pathlib import Path
from random import Random
from typing import NamedTuple

import pyarrow.parquet as pq
from measure import ENVIRONMENT, held
from quotes import lay_out, make_quotes, make_text, vocabulary

TOOL = str(Path(sys.executable).with_name("claimcli"))
ONE, TWO, SPARK = "1-process", "2-processes", "spark-local[2]"
ENGINES = {
    ONE: ["--processes", "1"],
    TWO: ["--processes", "2"],
    SPARK: ["--engine", "spark", "--master", "local[2]"],
}
LIMITS = {(TWO, "cpu"): 1.15, (TWO, "wall"): 0.6, (SPARK, "cpu"): 2.0}
"""The largest accepted ratio to one process."""
PR_SET_CHILD_SUBREAPER = 36


class Cost(NamedTuple):
    """Seconds of processors and of the clock, and peak memory in MiB."""

    cpu: float
    wall: float
    memory: float


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

    Processes whose parent ended become children of this one, and are counted too. Nobody waits for
    the workers of Spark, whose time is therefore looked up ten times a second; memory, shared pages
    counted once, every second.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    seconds, wall, most = 0.0, 0.0, 0
    workers: dict[int, float] = {}
    for turn in count():
        try:
            pid, status, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if pid == 0:
            family = descendants()
            for one in (one for one in family if _is_worker(family, one)):
                workers[one] = max(workers.get(one, 0.0), _seconds(one))
            most = max(most, sum(map(held, family))) if turn % 10 == 0 else most
            time.sleep(0.1)
            continue
        seconds += used.ru_utime + used.ru_stime
        if pid == process.pid:
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(seconds + sum(workers.values()), wall, most / 1024)


def descendants() -> dict[int, int]:
    """Return the processes that this one started, or that they started, each with its parent."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").glob("[0-9]*")}
    family = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return {pid: parents[pid] for pid in family - {os.getpid()}}


def _parent(process: Path) -> int:
    return int((_stat(process) or [0, 0])[1])


def _seconds(pid: int) -> float:
    """Return the processor time of a process."""
    fields = _stat(Path("/proc") / str(pid)) or [0] * 13
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _stat(process: Path) -> list[str]:
    """Return the fields after the name of a process, none if it has ended."""
    try:
        return (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def _is_worker(family: Mapping[int, int], pid: int) -> bool:
    """Return whether the parent of a process is Spark's, which does not wait for its children."""
    parent = family[pid]
    with suppress(OSError):
        command = Path(f"/proc/{parent}/cmdline").read_text(encoding="utf-8")
        return parent in family and "pyspark.daemon" in command
    return False


def job(name: str, source: Path, output: Path, options: Sequence[str]) -> list[str]:
    subprocess.run(["rm", "-rf", str(output)], check=True)
    return [TOOL, "corpus", name, str(source), *options, "-o", str(output)]


def measure(name: str, source: Path, folder: Path, engines: Sequence[str], runs: int) -> int:
    """Print the costs of a job on each engine; return how many ratios are over their limit."""
    costs: dict[str, list[Cost]] = {engine: [] for engine in engines}
    for _ in range(runs):
        for engine in engines:
            command = job(name, source, folder / f"{name}-{engine}", ENGINES[engine])
            costs[engine].append(cost(command))
    best = {
        engine: Cost(*(min(values) for values in zip(*listed, strict=True)))
        for engine, listed in costs.items()
    }
    limits = LIMITS if name == "verify" else {}
    over = 0
    print(f"corpus {name}, best of {runs}")
    for engine, found in best.items():
        line = f"  {engine:14} CPU {found.cpu:7.1f} s  wall {found.wall:7.1f} s"
        line += f"  {found.memory:6.0f} MiB"
        for what in ("cpu", "wall"):
            ratio = getattr(found, what) / getattr(best[ONE], what)
            limit = limits.get((engine, what), ratio)
            line += f"  {what} {ratio:5.2f} x" + (f" << {limit:g}" if ratio > limit else "")
            over += ratio > limit
        print(line, flush=True)
    return over


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
        results = [rows(folder / f"verify-{engine}") for engine in engines]
        over += any(result != results[0] for result in results)
        same = "the same" if all(result == results[0] for result in results) else "DIFFERENT"
        print(f"{len(results[0]):,} verdicts, {same} in all results")
    print(f"{over} values over their limit, marked with <<")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
