"""Compare the CPU time of two checkouts of claimcli, for instance before and after a change.

    python bench/compare.py OLD NEW [--runs 20] [--claims 10000] [--limit 1.05]

OLD and NEW are paths of checkouts. Both run under this Python with its installed dependencies, each
with its own cache and bytecode folder, from an empty working folder; nothing is written into either
checkout. Each command runs once to warm up, then RUNS times in each checkout, in alternating order.
Prints a markdown table: the median user and system time of the child processes, and the median of
the ratios of neighbouring runs. Exits with 1 if a ratio exceeds LIMIT.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import generate
from generate import OTHER, PARTY
from measure import ENVIRONMENT

Pairs = list[tuple[float, float]]


def commands(data: Path) -> dict[str, list[str]]:
    """Return the arguments of each measured command by its title."""
    large = ["--data", str(data)]
    return {
        "--version": ["--version"],
        "list, bundled dossier": ["--sample", "call", "list"],
        "list, large dossier, warm": [*large, "list"],
        "diff, large dossier, warm": [*large, "diff", PARTY, OTHER],
    }


def environment(checkout: Path, private: Path) -> dict[str, str]:
    """Return the environment that runs a checkout and keeps what it writes in a private folder."""
    kept = {name: value for name, value in ENVIRONMENT.items() if name[:9] != "CLAIMCLI_"}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # else each run compiles every module again
    return kept | {
        "PYTHONPATH": str(checkout.resolve(strict=True)),
        "PYTHONPYCACHEPREFIX": str(private / "bytecode"),
        "XDG_CACHE_HOME": str(private / "cache"),
    }


def cpu_time(arguments: list[str], *, cwd: Path, env: dict[str, str]) -> float:
    """Run Python with arguments; return the user and system milliseconds of its processes.

    Raises SystemExit if the command fails.
    """
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with {process.returncode}")
    return (usage.ru_utime + usage.ru_stime) * 1000


def measure(
    questions: dict[str, list[str]],
    *,
    cwd: Path,
    old: dict[str, str],
    new: dict[str, str],
    runs: int,
) -> dict[str, Pairs]:
    """Return the milliseconds that each command took, in pairs of one run with each environment.

    All commands take turns, so that a few busy seconds of the machine spoil few runs of each.
    """
    pairs: dict[str, Pairs] = {title: [] for title in questions}
    for turn in range(runs + 1):
        for title, arguments in questions.items():
            order = (old, new) if turn % 2 else (new, old)
            first, second = (
                cpu_time(["-m", "claimcli", *arguments], cwd=cwd, env=env) for env in order
            )
            if turn:  # the first turn fills the caches and is not counted
                pairs[title].append((first, second) if turn % 2 else (second, first))
    return pairs


def report(pairs: dict[str, Pairs]) -> float:
    """Print the table; return the largest ratio."""
    print("| command | old | new | ratio |")
    print("| --- | --- | --- | --- |")
    ratios = []
    for title, measured in pairs.items():
        old, new = (statistics.median(times) for times in zip(*measured, strict=True))
        ratios.append(statistics.median(after / before for before, after in measured))
        print(f"| {title} | {old:.1f} ms | {new:.1f} ms | {ratios[-1]:.3f} |")
    return max(ratios)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--limit", type=float, default=1.05)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty, data = Path(folder, "empty"), Path(folder, "data")
        empty.mkdir()
        generate.write(data, options.claims, 100)
        old = environment(options.old, Path(folder, "old"))
        new = environment(options.new, Path(folder, "new"))
        pairs = measure(commands(data), cwd=empty, old=old, new=new, runs=options.runs)
    largest = report(pairs)
    print(f"\nmedian CPU time of {options.runs} alternating runs, limit {options.limit}")
    sys.exit(largest > options.limit)


if __name__ == "__main__":
    main()
