"""How long `claimcli list` takes beside a bare one-command Typer app.

Prints the median wall time of both, run in turn, and the ratio of the medians:

    python bench/startup.py [--runs 20]

Run it with the Python of an environment in which claimcli is installed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import typer

app = typer.Typer()


@app.command()
def main() -> None:
    print("hello")


app()
"""


ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""Both programs may keep their compiled files, as an installed program has them."""


def wall(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder, "bare.py")
        bare.write_text(BARE, encoding="utf-8")
        tool = str(Path(sys.executable).with_name("claimcli"))
        commands = {
            "a bare one-command Typer app": [sys.executable, str(bare)],
            "claimcli --version": [tool, "--version"],
            "claimcli list --party kremlin": [
                tool,
                "--sample",
                "call",
                "list",
                "--party",
                "kremlin",
            ],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for command in commands.values():
            wall(command)  # not counted: fills the caches of the disk and of Python
        for _ in range(runs):
            for name, command in commands.items():
                times[name].append(wall(command))
    floor = statistics.median(next(iter(times.values())))
    print(f"median of {runs} runs in turn")
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"{median * 1000:7.1f} ms  {median / floor:5.2f} x  {name}")


if __name__ == "__main__":
    main()
