"""Time and memory of every command on a dossier whose index is up to date, and their growth.

    python bench/analysis.py [--claims 1000 10000 100000 1000000] [--runs 3] [--only NAME ...]

Prints a markdown table: for each size the CPU time of a command as a ratio to that of ``claimcli
--version`` in the same run, and its peak memory; then the exponent k if the time above that of
``--version`` grows as n**k from the second largest size to the largest, and the ratio and memory
that follow for ten times the largest size (extrapolated, not measured). Values over their limit
are marked with ``<<`` and counted; with any, the exit code is 1. Writing commands run with
``--dry-run``. Run it with the Python of an environment in which claimcli is installed.
"""

import argparse
import math
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import generate
from generate import OTHER, PARTY, RARE
from measure import Usage, usage

TOOL = str(Path(sys.executable).with_name("claimcli"))
PATIENCE = 10.0
"""A command that takes more seconds is run only once."""
CLAIM = generate.id_of("claim", 0)


class Command(NamedTuple):
    """The arguments of a command, and the largest number of claims that it is measured with."""

    arguments: Sequence[str]
    most: int = 1_000_000


COMMANDS = {
    "list, 20 claims of a party": Command(["list", "--party", PARTY, "--limit", "20"]),
    "list, a word": Command(["list", RARE]),
    "list, a party as tsv": Command(["list", "--party", PARTY, "--format", "tsv"]),
    "list, a date": Command(["list", "said:2016-03-04"]),
    "list as tsv": Command(["list", "--format", "tsv"]),
    "list as json": Command(["list", "--format", "json"], 100_000),
    "match": Command(["match", "--claim", CLAIM]),
    "match --all": Command(["match", "--all", "--format", "tsv"], 100_000),
    "show": Command(["show", CLAIM]),
    "diff as json": Command(["diff", PARTY, OTHER, "--format", "json"]),
    "parties": Command(["parties"]),
    "parties by tree": Command(["parties", "--by", "tree"]),
    "issues": Command(["issues"]),
    "sources": Command(["sources"]),
    "matrix": Command(["matrix"]),
    "matrix, a party": Command(["matrix", "--party", PARTY]),
    "timeline": Command(["timeline"]),
    "timeline, a party": Command(["timeline", "--party", PARTY]),
    "drift": Command(["drift"]),
    "audit": Command(["audit"]),
    "audit, a party": Command(["audit", "--party", PARTY]),
    "graph": Command(["graph"]),
    "standing": Command(["standing"]),
    "replies": Command(["replies"]),
    "check": Command(["check"]),
    "verify": Command(["verify"]),
    "fmt --check": Command(["fmt", "--check"], 100_000),
    "export as md": Command(["export", "--force", "--format", "md"], 100_000),
    "export as html": Command(["export", "--force", "--format", "html"], 10_000),
    "export, a party": Command(["export", "--force", "--party", PARTY, "--format", "md"], 100_000),
    "export as csv": Command(["export", "--format", "csv", "-o", "{out}/records/"], 100_000),
    "export as xlsx": Command(["export", "--format", "xlsx", "-o", "{out}/records.xlsx"], 100_000),
    "site": Command(["site", "-o", "{out}/site"], 1_000),
    "set": Command(["set", CLAIM, "note=Seen.", "--dry-run"]),
    "add": Command(["add", "-p", PARTY, "-s", "One more.", "--dry-run"]),
    "rebut": Command(["rebut", CLAIM, "-p", OTHER, "-s", "It is not so.", "--dry-run"]),
    "mv of a party": Command(["mv", PARTY, "another", "--dry-run"], 10_000),
    "rm": Command(["rm", CLAIM, "--unlink", "--dry-run"]),
}
_MOST = 2**20
LIMITS: dict[int, dict[str, tuple[float, float]]] = {
    100_000: {
        "list, 20 claims of a party": (1.5, 80),
        "list, a party as tsv": (2.5, 80),
        "list as tsv": (15, 150),
        "diff as json": (4, _MOST),
        "parties": (8, 100), "issues": (8, 100), "sources": (8, 100),
        "matrix": (41, 250), "timeline": (28, 250), "audit": (59, 250), "graph": (33, 250),
        "standing": (30, 250), "check": (42, 250),
    },
    1_000_000: {
        "list, 20 claims of a party": (1.8, 80),
        "list, a word": (1.8, 80),
        "match": (6, 120),
        "parties": (80, _MOST), "issues": (80, _MOST), "sources": (80, _MOST),
        **dict.fromkeys(("matrix", "timeline", "audit", "graph", "standing", "check"),
                        (_MOST, 1024.0)),
    },
}  # fmt: skip
"""The largest accepted ratio to ``--version``, and the most MiB, by number of claims."""
EXPORT_LIMIT = 3
"""The largest accepted ratio of ``export as md`` to ``list as tsv`` at 100,000 claims."""
EXPONENT_LIMIT = 1.15
"""The largest accepted exponent of the growth."""


class Measured(NamedTuple):
    """The result for one command and size; ``ratio`` is that to ``--version``."""

    seconds: float
    ratio: float
    memory: float
    refused: bool


class Dossier:
    """A generated dossier with an index, in a folder."""

    def __init__(self, folder: Path, claims: int) -> None:
        self.folder = (folder / str(claims)).resolve()
        self.claims = claims
        self.data = self.folder / "data"
        self.env = {"XDG_CACHE_HOME": str(self.folder / "cache"), "COLUMNS": "100"}
        generate.write(self.data, claims, 100)
        self.run(["list", "--limit", "1"])
        self.run(["match", "--claim", CLAIM])  # prepares the search

    def run(self, arguments: Sequence[str]) -> Usage:
        given = [word.format(out=self.folder) for word in arguments]
        return usage([TOOL, "--data", str(self.data), *given], self.env)


def measure(dossier: Dossier, names: Sequence[str], runs: int) -> dict[str, Measured]:
    """Return the medians of some commands, run in turn, the first turn not counted."""
    every: dict[str, list[Usage]] = {name: [] for name in ("version", *names)}
    for turn in range(runs + 1):
        every["version"].append(usage([TOOL, "--version"], dossier.env))
        for name in names:
            if not every[name] or every[name][-1].seconds < PATIENCE:
                print(f"{dossier.claims:,} claims, turn {turn}: {name}", file=sys.stderr)
                every[name].append(dossier.run(COMMANDS[name].arguments))
    return dict(_medians(every))


def _medians(every: dict[str, list[Usage]]) -> Iterator[tuple[str, Measured]]:
    floor = statistics.median(one.seconds for one in every["version"][1:])
    for name, runs in every.items():
        counted = runs[1:] or runs
        seconds = statistics.median(one.seconds for one in counted)
        memory = max(one.memory for one in counted)
        yield name, Measured(seconds, seconds / floor, memory, counted[0].code > 1)


def growth(small: Measured, large: Measured, sizes: tuple[int, int], floor: float) -> float | None:
    """Return the exponent of the growth, at least 0; None for a refusal.

    Of a time close to the floor the exponent is that of the whole time, which is a lower bound.
    """
    if large.refused or small.refused:
        return None
    if small.seconds < 1.5 * floor:
        floor = 0
    times = (large.seconds - floor) / (small.seconds - floor)
    return max(math.log(max(times, 1)) / math.log(sizes[1] / sizes[0]), 0.0)


class Table:
    """The lines of the table; ``over`` counts the values over their limit."""

    def __init__(self, results: dict[int, dict[str, Measured]]) -> None:
        self.results = results
        self.sizes = sorted(results)
        self.over = 0

    def lines(self) -> Iterator[str]:
        heads = [f"{size:,} claims | MiB" for size in self.sizes]
        yield f"| command | {' | '.join(heads)} | k | {self.sizes[-1] * 10:,}, extrapolated |"
        yield "|---|" + "---:|---:|" * len(self.sizes) + "---:|---|"
        for name in ("version", *COMMANDS):
            if any(name in result for result in self.results.values()):
                yield f"| {name} | {' | '.join(self._cells(name))} |"

    def _cells(self, name: str) -> Iterator[str]:
        for size in self.sizes:
            found = self.results[size].get(name)
            yield from (self._ratio(name, size, found), self._memory(name, size, found))
        yield from self._growth(name)

    def _ratio(self, name: str, size: int, found: Measured | None) -> str:
        if found is None:
            return ""
        limit = LIMITS.get(size, {}).get(name, (_MOST, _MOST))[0]
        tsv = self.results[size].get("list as tsv")
        if name == "export as md" and tsv and size == 100_000:
            limit = EXPORT_LIMIT * tsv.ratio
        shown = f"{found.ratio:.1f}" + (" (refused)" if found.refused else "")
        return shown + self._mark(found.ratio, limit)

    def _memory(self, name: str, size: int, found: Measured | None) -> str:
        if found is None:
            return ""
        limit = LIMITS.get(size, {}).get(name, (_MOST, _MOST))[1]
        return f"{found.memory:.0f}{self._mark(found.memory, limit)}"

    def _mark(self, value: float, limit: float) -> str:
        self.over += value > limit
        return f" << {limit:.3g}" if value > limit else ""

    def _growth(self, name: str) -> tuple[str, str]:
        sizes = [size for size in self.sizes if name in self.results[size]]
        if len(sizes) < 2 or name == "version":
            return "", ""
        small, large = (self.results[size][name] for size in sizes[-2:])
        floor = self.results[sizes[-1]]["version"].seconds
        power = growth(small, large, (sizes[-2], sizes[-1]), floor)
        if power is None:
            return "", ""
        more = 10 * self.sizes[-1] / sizes[-1]
        ratio = 1 + (large.ratio - 1) * more**power
        per_claim = max(large.memory - small.memory, 0) / (sizes[-1] - sizes[-2])
        memory = large.memory + per_claim * (10 * self.sizes[-1] - sizes[-1])
        mark = self._mark(power, EXPONENT_LIMIT)
        return f"{power:.2f}{mark}", f"{ratio:.0f} ×, {memory / 1024:.1f} GiB"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--claims", type=int, nargs="+", default=[100_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[], help="beginnings of names of commands")
    options = parser.parse_args()
    results: dict[int, dict[str, Measured]] = {}
    for claims in options.claims:
        names = [
            name
            for name, command in COMMANDS.items()
            if claims <= command.most and (name.startswith(tuple(options.only) or ""))
        ]
        with tempfile.TemporaryDirectory() as folder:
            results[claims] = measure(Dossier(Path(folder), claims), names, options.runs)
    table = Table(results)
    print("\n".join(table.lines()))
    print(f"\n{table.over} values over their limit, marked with <<")
    return 1 if table.over else 0


if __name__ == "__main__":
    sys.exit(main())
