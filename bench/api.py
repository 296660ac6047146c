"""CPU time of `claimcli.open_dossier` on a large dossier, as a ratio to `claimcli list --limit 20`.

    python bench/api.py [--claims 100000] [--runs 5]

Each scope is opened with `limit=20` and `cache=True` in a process of its own, after one run that
builds the index. Prints a markdown table of the median user and system time of the processes.
Run it with the Python of an environment in which claimcli is installed.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

import generate
from compare import cpu_time, environment

OPEN = "import claimcli; claimcli.open_dossier({data!r}, scope={scope!r}, limit=20, cache=True)"


def commands(data: Path) -> dict[str, list[str]]:
    """Return the arguments of Python for each measured process, by its title; the floor first."""
    floor = ["-m", "claimcli", "--data", str(data), "list", "--limit", "20"]
    opens = {
        f'open_dossier(scope="{scope}", limit=20)': ["-c", OPEN.format(data=str(data), scope=scope)]
        for scope in ("claims", "thread", "dossier")
    }
    return {"claimcli list --limit 20": floor, **opens}


def main() -> None:
    """Generate the dossier, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        private = Path(folder)
        data = private / "data"
        generate.write(data, options.claims, 100)
        env = environment(Path(__file__).parent.parent, private)
        floor = 0.0
        print("| process | CPU ms | ratio |\n| --- | ---: | ---: |")
        for title, arguments in commands(data).items():
            times = [cpu_time(arguments, cwd=private, env=env) for _ in range(options.runs + 1)]
            median = statistics.median(times[1:])
            floor = floor or median
            print(f"| `{title}` | {median:.0f} | {median / floor:.2f} |", flush=True)


if __name__ == "__main__":
    main()
