"""Time of `claimcli list`, compared with a minimal Typer app with one command.

    python bench/startup.py [--runs 20]

Prints the median wall time of each command in alternating runs, and its ratio to that of the app.
Values over their limit are marked with ``<<``; with any, the exit code is 1.
Run it with the Python of an environment in which claimcli is installed.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from measure import medians

MINIMAL = """
import typer

app = typer.Typer()


@app.command()
def main() -> None:
    print("hello")


app()
"""


LIMITS = {"claimcli --version": 1.2, "claimcli list --party kremlin": 1.25}
"""The largest accepted ratios."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    tool = str(Path(sys.executable).with_name("claimcli"))
    with tempfile.TemporaryDirectory() as folder:
        app = Path(folder, "app.py")
        app.write_text(MINIMAL, encoding="utf-8")
        commands = {
            "minimal Typer app": [sys.executable, str(app)],
            "claimcli --version": [tool, "--version"],
            "claimcli list --party kremlin": [
                tool, "--sample", "call", "list", "--party", "kremlin",
            ],
        }  # fmt: skip
        times = medians(commands, runs=runs)
    floor = times["minimal Typer app"]
    print(f"median of {runs} alternating runs")
    over = [name for name, limit in LIMITS.items() if times[name] / floor > limit]
    for name, median in times.items():
        mark = f"  << {LIMITS[name]}" if name in over else ""
        print(f"{median * 1000:7.1f} ms  {median / floor:5.2f} x  {name}{mark}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
