"""Time of claimcli on large dossiers, compared with lower bounds and with alternative tools.

    python bench/large.py [--claims 10000 100000 1000000] [--runs 10] [--per-file 100]

Prints a markdown table. Times are medians of whole commands in alternating runs, ratios are ratios
of medians of the same run, and a limit is the largest accepted ratio. Values over their limit are
marked with ``<<`` and counted; with any, the exit code is 1. The columns of other tools say how
many times as long as claimcli they take for the same query; sqlite-utils has an index, the others
read everything again. Run it with the Python of an environment in which claimcli is installed;
Debian has the other tools as recutils, hledger and yq, PyPI has sqlite-utils.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import generate
import peers
from generate import OTHER, PARTY, RARE
from measure import Times, medians, peak_memory
from startup import MINIMAL

TOOL = str(Path(sys.executable).with_name("claimcli"))
PARSE = """
import sys
from pathlib import Path

import yaml

for path in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    event = yaml.CSafeLoader(path.read_text(encoding="utf-8")).get_event
    while event() is not None:
        pass
"""
"""The lower bound of reading: all events of the C parser, which are ignored."""
LIMITS: dict[int, dict[str, float]] = {
    100_000: {"cold": 2.2, "list": 1.5, "tsv": 2.5, "diff": 4, "changed": 1.5},
    1_000_000: {"cold": 2.2, "list": 1.8, "word": 1.8},
}
"""The largest accepted ratios, by size."""
PEERS = ("sqlite-utils", "recsel", "hledger", "yq", "grep -r")
OVER = " <<"


@dataclass
class Row:
    """One line of the table; ``value`` is what the limit is for: a ratio, or MiB."""

    what: str
    measured: str
    value: float
    floor: str = ""
    ratio: str = ""
    limit: float | None = None
    unit: str = ""
    peers: Times = field(default_factory=dict)

    @property
    def over(self) -> bool:
        return self.limit is not None and self.value > self.limit

    def cells(self) -> list[str]:
        behind = [_times(self.peers[name]) if name in self.peers else "" for name in PEERS]
        limit = "" if self.limit is None else f"{self.limit:g}{self.unit}{OVER * self.over}"
        return [self.what, self.measured, self.floor, self.ratio, limit, *behind]


@dataclass
class World:
    """A dossier on disk, the files that the other tools read, and a cache folder."""

    folder: Path
    claims: int
    per_file: int
    added: int = 0

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def env(self) -> dict[str, str]:
        return {"XDG_CACHE_HOME": str(self.folder / "cache")}

    def make(self) -> None:
        generate.write(self.data, self.claims, self.per_file)
        peers.write_files(self.folder, self.claims, self.per_file)
        for name, text in (("bare.py", MINIMAL), ("parse.py", PARSE)):
            Path(self.folder, name).write_text(text, encoding="utf-8")

    def tool(self, *arguments: str) -> list[str]:
        return [TOOL, "--data", str(self.data), *arguments]

    def script(self, name: str, *arguments: str) -> list[str]:
        return [sys.executable, str(self.folder / name), *arguments]

    def forget(self) -> None:
        """Delete the index, so that the next command reads everything."""
        for path in self._indexes():
            path.unlink()

    def require_index(self) -> None:
        """Exit if the last command kept its index elsewhere: then :meth:`forget` has no effect."""
        if not self._indexes():
            sys.exit(f"no index in {self.folder / 'cache'}: the cold read was not measured")

    def _indexes(self) -> list[Path]:
        return [*Path(self.folder, "cache").rglob("*.sqlite")]

    def change(self) -> None:
        """Add a claim to one file."""
        self.added += 1
        path = sorted(Path(self.data, "0000").glob("*.yaml"))[-1]
        with path.open("a", encoding="utf-8") as file:
            file.write(f"  - {{id: added-{self.added}, party: {OTHER}, statement: One more.}}\n")


def rows(world: World, runs: int) -> Iterator[Row]:
    """Measure one dossier whose index is up to date."""
    size = f"{world.claims:,} claims"
    warm = _warm(world, runs)
    version = warm["version"]
    _say(f"{size}: compared with the peers")
    select = medians(peers.of_a_party(world.folder, world.data), runs=min(runs, 3))
    both = medians(peers.of_two_parties(world.folder, world.data), runs=min(runs, 3))
    word = medians(peers.of_a_word(world.folder, world.data), runs=min(runs, 3))
    limits = LIMITS.get(world.claims, {})
    for what, key, floor, beside in (
        (f"`list --party {PARTY} --limit 20`", "list", version, select),
        (f"`list --party {PARTY}`, {world.claims // 50:,} as tsv", "tsv", version, select),
        (f"`diff {PARTY} {OTHER} --format json`", "diff", version, both),
        (f"`list {RARE}`, 20 hits", "word", version, word),
        ("the list after one file changed", "changed", warm["list"], select),
    ):
        name = "list" if key == "changed" else "version"
        yield _row(f"{size}: {what}", warm[key], floor, limits.get(key), name, beside)
    yield _memory(f"{size}: memory of the cold read", _most(world, cold=True), 600)
    yield _memory(f"{size}: memory of the warm list", _most(world, cold=False), 80)


def _cold(world: World, runs: int) -> Times:
    _say(f"{world.claims:,} claims: cold")
    commands = {
        "parse": world.script("parse.py", str(world.data)),
        "cold": world.tool("list", "--party", PARTY, "--limit", "20"),
    }
    before = {"cold": world.forget}
    times = medians(commands, runs=runs, env=world.env, before=before, patience=1000)
    world.require_index()
    return times


def _warm(world: World, runs: int) -> Times:
    _say(f"{world.claims:,} claims: warm")
    few = world.tool("list", "--party", PARTY, "--limit", "20")
    commands = {
        "bare": world.script("bare.py"),
        "version": [TOOL, "--version"],
        "list": few,
        "tsv": world.tool("list", "--party", PARTY, "--format", "tsv"),
        "diff": world.tool("diff", PARTY, OTHER, "--format", "json"),
        "word": world.tool("list", RARE),
        "changed": few,
    }
    return medians(commands, runs=runs, env=world.env, before={"changed": world.change})


def _most(world: World, *, cold: bool) -> float:
    if cold:
        world.forget()
    return peak_memory(world.tool("list", "--party", PARTY, "--limit", "20"), world.env)


def _row(  # noqa: PLR0913, PLR0917
    what: str,
    taken: float,
    floor: float,
    limit: float | None,
    name: str,
    beside: Times | None = None,
) -> Row:
    return Row(
        what,
        _seconds(taken),
        taken / floor,
        f"{_seconds(floor)} ({name})",
        f"{taken / floor:.2f}",
        limit,
        peers={peer: seconds / taken for peer, seconds in (beside or {}).items()},
    )


def _memory(what: str, taken: float, limit: int) -> Row:
    return Row(what, f"{taken:.0f} MiB", taken, limit=limit, unit=" MiB")


def _times(ratio: float) -> str:
    return f"{ratio:.0f} ×" if ratio >= 10 else f"{ratio:.2g} ×"


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _growth(colds: dict[int, float]) -> Iterator[Row]:
    """Yield the ratio of the time per claim in the largest dossier to that in the smallest."""
    if len(colds) > 1:
        small, large = min(colds), max(colds)
        ratio = colds[large] / large / (colds[small] / small)
        what = f"growth of the cold read, {small:,} to {large:,} claims, for each claim"
        yield Row(what, "", ratio, ratio=f"{ratio:.2f}", limit=1.15)


def _start(runs: int) -> Row:
    _say("start")
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder, "bare.py")
        bare.write_text(MINIMAL, encoding="utf-8")
        taken = medians(
            {"bare": [sys.executable, str(bare)], "version": [TOOL, "--version"]}, runs=runs
        )
    return _row("`claimcli --version`", taken["version"], taken["bare"], 1.2, "bare Typer")


def print_table(found: Iterable[Row]) -> int:
    """Print the lines as soon as they are measured; return how many are over their limit."""
    heads = ["what", "claimcli", "floor", "ratio", "limit", *PEERS]
    print(f"| {' | '.join(heads)} |")
    print("|---" * len(heads) + "|")
    over = 0
    for row in found:
        print(f"| {' | '.join(row.cells())} |", flush=True)
        over += row.over
    return over


def machine() -> str:
    """Return a description of the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} processors, {memory:.0f} GiB, {platform.system()}, {python}"


def measured(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    yield _start(options.runs)
    colds: dict[int, float] = {}
    for claims in options.claims:
        world = World(folder / str(claims), claims, options.per_file)
        _say(f"{claims:,} claims: written")
        world.make()
        cold = _cold(world, options.cold_runs)
        colds[claims] = cold["cold"]
        what = f"{claims:,} claims: cold read and index"
        yield _row(what, cold["cold"], cold["parse"], LIMITS.get(claims, {}).get("cold"), "parse")
        yield from rows(world, options.runs)
    yield from _growth(colds)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--per-file", type=int, default=100)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--cold-runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where to work; it is kept")
    options = parser.parse_args()
    print(machine(), end="\n\n")
    with tempfile.TemporaryDirectory() as folder:
        over = print_table(measured(options, (options.folder or Path(folder)).resolve()))
    print(f"\n{over} values over their limit, marked with{OVER}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
