"""Time of ``check`` with its rule on quotes, compared with ``check`` without that rule.

    python bench/check_quotes.py [--texts 500] [--size 20000] [--quotes 20] [--runs 10]

Writes a dossier with as many quotes of each text, checks it once, so that index and verdicts are
kept, and then measures in alternating runs: without the rule, with it, with it after one text
changed, and with it when no verdicts are kept. Prints the medians of the CPU time and their ratios
to the first; the exit code is 1 if the third ratio is above 1.3.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from compare import cpu_time
from measure import ENVIRONMENT
from quotes import lay_out, make_quotes, make_text, vocabulary

LIMIT = 1.3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=500)
    parser.add_argument("--size", type=int, default=20_000, help="characters of a text")
    parser.add_argument("--quotes", type=int, default=20, help="quotes from each text")
    parser.add_argument("--runs", type=int, default=10)
    given = parser.parse_args()
    random = Random(1)
    words = vocabulary(random)
    texts = [make_text(random, words, given.size) for _ in range(given.texts)]
    quotes = [make_quotes(random, text, given.quotes, "exact") for text in texts]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder, texts, quotes)
        return report(folder, given.runs)


def report(folder: Path, runs: int) -> int:
    check = ["-m", "claimcli", "check", "dossier.yaml", "--select", "error"]
    env = {**ENVIRONMENT, "XDG_CACHE_HOME": str(folder / "cache")}
    steps: dict[str, tuple[list[str], Callable[[], None]]] = {
        "without the rule": ([*check, "--ignore", "quote-not-in-text"], lambda: None),
        "with the rule": (check, lambda: None),
        "with the rule, one text changed": (check, partial(change_text, folder)),
        "with the rule, no verdicts kept": (check, partial(forget_verdicts, folder)),
    }
    times: dict[str, list[float]] = {name: [] for name in steps}
    for turn in range(runs + 1):
        for name, (command, prepare) in steps.items():
            prepare()
            taken = cpu_time(command, cwd=folder, env=env)
            times[name] += [taken] if turn else []  # the first turn fills the caches
    base = statistics.median(times["without the rule"])
    ratios = {name: statistics.median(taken) / base for name, taken in times.items()}
    for name, ratio in ratios.items():
        print(f"{name:34}{statistics.median(times[name]):8.0f} ms {ratio:6.2f} x")
    return int(ratios["with the rule, one text changed"] > LIMIT)


def change_text(folder: Path) -> None:
    with (folder / "t0.txt").open("a", encoding="utf-8") as file:
        file.write(" One sentence more.")


def forget_verdicts(folder: Path) -> None:
    for path in (folder / "cache" / "claimcli").glob("*.verdicts"):
        path.unlink()


if __name__ == "__main__":
    sys.exit(main())
