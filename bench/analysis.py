"""How long the analyses take on a large dossier that has been read before.

    python bench/analysis.py [--claims 100000] [--runs 5]

Prints one markdown table: each command over one party's claims and over all of them, as a ratio to
``claimcli --version`` in the same run, with the size of what it writes. Run it with the Python of
an environment in which claimcli is installed.
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
"""What the ratio is to be at most."""
QUESTIONS = {
    "matrix": ["matrix", "--party", PARTY],
    "timeline": ["timeline", "--party", PARTY],
    "drift": ["drift", PARTY],
    "audit": ["audit", "--party", PARTY],
    "matrix of all": ["matrix"],
    "timeline of all": ["timeline"],
    "drift of all": ["drift"],
    "audit of all": ["audit"],
}


def written(command: list[str], env: dict[str, str]) -> int:
    """Return how many bytes a command writes."""
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
            name: [TOOL, "--data", str(data), *question] for name, question in QUESTIONS.items()
        }
        sizes = {name: written(command, env) for name, command in commands.items()}
        taken = medians(commands, runs=options.runs, env=env)
        print(f"| {options.claims:,} claims, warm | time | × version | limit | writes |")
        print("| --- | --- | --- | --- | --- |")
        for name in QUESTIONS:
            ratio = taken[name] / taken["version"]
            size = f"{sizes[name] / 1e6:.1f} MB"
            print(f"| `{name}` | {taken[name]:.2f} s | {ratio:.1f} | {LIMIT} | {size} |")


if __name__ == "__main__":
    main()
