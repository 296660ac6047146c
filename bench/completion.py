"""Time to answer the tab key, compared with `claimcli --version`.

    python bench/completion.py [--claims 100000] [--runs 20]

Prints the median wall time of whole processes in alternating runs, and the ratio to `--version`,
which may be at most 1.5 for the id of a claim. Run it with the Python of an environment in which
claimcli is installed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import generate
from measure import medians

TOOL = str(Path(sys.executable).with_name("claimcli"))
LIMIT = 1.5
TYPED = {
    "a claim id, one match": "show {last}",
    "a claim id, too many matches": "show claim-",
    "a party": "list --party party-0",
    "an issue": "list --issue issue-1",
    "a speaker": "list --speaker B",
    "a value in a query": "list party:party-0",
    "a command": "li",
    "an option": "list --s",
    "a rule": "check --select un",
}


def command_for(line: str) -> list[str]:
    """Return the command that the bash script runs for a line."""
    return [TOOL, "--complete", "bash", " \t\n\"'@><=;|&(:", f"claimcli {line}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        generate.write(data, given.claims, 100)
        env = {"XDG_CACHE_HOME": str(Path(folder, "cache")), "CLAIMCLI_DATA": str(data)}
        subprocess.run(
            [TOOL, "list", "--limit", "1"],
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, **env},
        )
        last = generate.id_of("claim", given.claims - 1)
        commands = {what: command_for(line.format(last=last)) for what, line in TYPED.items()}
        times = medians(
            {"claimcli --version": [TOOL, "--version"], **commands}, runs=given.runs, env=env
        )
    floor = times["claimcli --version"]
    print(f"{given.claims:,} claims, median of {given.runs} alternating runs; limit {LIMIT}")
    for what, median in times.items():
        print(f"{median * 1000:7.1f} ms  {median / floor:5.2f} x  {what}")


if __name__ == "__main__":
    main()
