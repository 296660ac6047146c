"""Time of the analyses on a large dossier whose index is up to date.

    python bench/analysis.py [--claims 100000] [--runs 5]

Prints a markdown table: each command for the claims of one party and for all claims, its time as a
ratio to ``claimcli --version`` in the same run, and the size of its output. Run it with the Python
of an environment in which claimcli is installed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import generate
from generate import PARTY
from measure import medians

TOOL = str(Path(sys.executable).with_name("claimcli"))
LIMIT = 5
"""The largest accepted ratio."""
COMMANDS = {
    "matrix": ["matrix", "--party", PARTY],
    "timeline": ["timeline", "--party", PARTY],
    "drift": ["drift", PARTY],
    "audit": ["audit", "--party", PARTY],
    "matrix of all": ["matrix"],
    "timeline of all": ["timeline"],
    "drift of all": ["drift"],
    "audit of all": ["audit"],
}


def output_size(command: list[str], env: dict[str, str]) -> int:
    """Return the size of a command's output in bytes."""
    done = subprocess.run(command, check=True, capture_output=True, env={**os.environ, **env})
    return len(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data, env = Path(folder, "data"), {"XDG_CACHE_HOME": str(Path(folder, "cache"))}
        generate.write(data, options.claims, 100)
        commands = {"version": [TOOL, "--version"]}
        commands |= {
            name: [TOOL, "--data", str(data), *arguments] for name, arguments in COMMANDS.items()
        }
        sizes = {name: output_size(command, env) for name, command in commands.items()}
        taken = medians(commands, runs=options.runs, env=env)
        print(f"| {options.claims:,} claims, warm | time | × version | limit | writes |")
        print("| --- | --- | --- | --- | --- |")
        for name in COMMANDS:
            ratio = taken[name] / taken["version"]
            size = f"{sizes[name] / 1e6:.1f} MB"
            print(f"| `{name}` | {taken[name]:.2f} s | {ratio:.1f} | {LIMIT} | {size} |")


if __name__ == "__main__":
    main()
