"""Time of grounded labels compared with reading the framework, and of preferred ones with pygarg.

    python bench/standing.py [--arguments 1000000] [--attacks 3000000] [--runs 3]

For a random framework in a ``.af`` file, and one of a tenth of its size, it prints the seconds that
Python takes to read and split its lines, that ``read_framework`` takes, and that the grounded
labels take. Then, for random frameworks of 100 arguments, the seconds to find all preferred
extensions with claimcli and with pygarg (``pip install pygarg``), if it is installed.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from random import Random

from claimcli.analysis.argumentation.extensions import Semantics, extensions
from claimcli.analysis.argumentation.framework import Framework, framework, grounded
from claimcli.analysis.argumentation.solver_formats import read_framework


def random_framework(
    arguments: int, attacks: int, seed: int, *, downward: float = 0.9
) -> Framework:
    """Return a framework in which a share of attacks goes from lower to higher numbers.

    A smaller share leaves more arguments undecided by the grounded labels.
    """
    random = Random(seed)
    pairs = []
    for _ in range(attacks):
        one, other = random.randrange(arguments), random.randrange(arguments)
        pairs.append(
            (min(one, other), max(one, other)) if random.random() < downward else (one, other)
        )
    return framework([f"a{n}" for n in range(arguments)], pairs)


def seconds(step: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        step()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def split_lines(path: Path) -> None:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line.split()


def measure_grounded(arguments: int, attacks: int, runs: int) -> float:
    given = random_framework(arguments, attacks, 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "f.af")
        with path.open("w", encoding="utf-8") as out:
            out.write(f"p af {arguments}\n")
            out.writelines(f"{a + 1} {b + 1}\n" for a, b in given.attacks)
        floor = seconds(lambda: split_lines(path), runs)
        read = seconds(lambda: read_framework(path), runs)
    taken = seconds(lambda: grounded(given), runs)
    print(f"{arguments:,} arguments, {attacks:,} attacks")
    print(f"  lines read and split   {floor:7.3f} s")
    print(f"  read_framework         {read:7.3f} s  {read / floor:5.2f} x")
    print(f"  grounded               {taken:7.3f} s  {taken / floor:5.2f} x")
    return taken


def measure_preferred(runs: int) -> None:
    for kind, attacks, mutual in (("one way", 250, False), ("both ways", 4_000, True)):
        ours, theirs, counts = [], [], []
        for seed in range(5):
            given = random_framework(100, attacks, seed, downward=0.0)
            if mutual:
                given = framework(
                    given.arguments, [*given.attacks, *((b, a) for a, b in given.attacks)]
                )
            counts.append(len(preferred(given)))
            ours.append(seconds(lambda g=given: preferred(g), runs))
            if find_spec("pygarg"):
                theirs.append(seconds(lambda g=given: with_pygarg(g), 1))
        print(f"preferred extensions of 100 arguments, {attacks} attacks {kind}, 5 frameworks")
        print(f"  extensions             {statistics.median(counts):7} (median)")
        print(f"  claimcli               {statistics.median(ours) * 1000:9.2f} ms")
        if theirs:
            ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
            print(f"  pygarg                 {statistics.median(theirs) * 1000:9.2f} ms")
            median = statistics.median(ratios)
            print(f"  ratio                  {median:9.2f} x, at most {max(ratios):.2f}")


def preferred(given: Framework) -> list[list[int]]:
    return list(extensions(given, Semantics.PREFERRED, clock=time.monotonic).all())


def with_pygarg(given: Framework) -> object:
    from pygarg.dung import solver

    names = list(given.arguments)
    attacks = [[names[a], names[b]] for a, b in given.attacks]
    return solver.extension_enumeration(names, attacks, "PR")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, number in (("arguments", 1_000_000), ("attacks", 3_000_000), ("runs", 3)):
        parser.add_argument(f"--{name}", type=int, default=number)
    given = parser.parse_args()
    small = measure_grounded(given.arguments // 10, given.attacks // 10, given.runs)
    large = measure_grounded(given.arguments, given.attacks, given.runs)
    print(f"growth per argument: {large / small / 10:.2f}")
    measure_preferred(given.runs)


if __name__ == "__main__":
    main()
