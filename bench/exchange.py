"""The time and memory of importing a spreadsheet, compared with a cold ``check`` of the result.

    python bench/exchange.py --rows 100000

Writes a CSV file of claims with speakers, dates, sources, quotes and some answers, imports it into
an empty dossier, checks that, and imports it again, which changes nothing. Memory is the sum of the
peaks of all processes of a command. Exit code 1 above three times the time of ``check`` or 600 MiB.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT, MEMORY = 3.0, 600
COLUMNS = ("id", "party", "speaker", "statement", "said", "issue", "source", "quote", "responds_to")


def write_rows(path: Path, rows: int) -> None:
    """Write a table in which every fifth claim answers the one before."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for n in range(rows):
            said = f"20{10 + n % 15}-{1 + n % 12:02}-{1 + n % 28:02}"
            statement = f"Statement {n} says how much water the main of district {n % 97} loses."
            quote = f"the main of district {n % 97} loses {n} litres"
            answered = f"c{n - 1}" if n % 5 == 4 else ""
            party, issue = f"Water Company {n % 50}", f"losses-{n // 300}"
            table.writerow((f"c{n}", party, f"A. Speaker {n % 400}", statement, said, issue,
                            f"Report {n // 3} of the district", quote, answered))  # fmt: skip


def peak_of(pid: int) -> int:
    """Return the peak memory of a process in KiB, 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def descendants(pid: int) -> list[int]:
    """Return a process and all below it."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    except OSError:
        return [pid]
    return [pid, *(one for child in below for one in descendants(int(child)))]


def measured(*arguments: str, cwd: Path) -> tuple[float, float]:
    """Return the seconds that a command takes, and the MiB of all its processes."""
    start, peaks = time.perf_counter(), {}
    command = [sys.executable, "-m", "claimcli", *arguments]
    with (cwd / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=cwd, stdout=log, stderr=log)
        while process.poll() is None:
            for pid in descendants(process.pid):
                peaks[pid] = max(peaks.get(pid, 0), peak_of(pid))
            time.sleep(0.05)
    if process.returncode not in (0, 1):
        sys.exit((cwd / "log").read_text(encoding="utf-8"))
    return time.perf_counter() - start, sum(peaks.values()) / 1024


def main() -> int:
    """Print a row for each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        write_rows(folder / "rows.csv", rows)
        first = measured("import", "csv", "rows.csv", cwd=folder)
        check = measured("check", "--no-cache", "--format", "concise", cwd=folder)
        again = measured("import", "csv", "rows.csv", cwd=folder)
    print(f"{rows:,} rows      seconds  x check  MiB")
    for what, (seconds, memory) in (("import", first), ("check", check), ("import again", again)):
        print(f"{what:14}{seconds:11.1f}{seconds / check[0]:9.2f}{memory:5.0f}")
    return int(first[0] > LIMIT * check[0] or first[1] > MEMORY)


if __name__ == "__main__":
    sys.exit(main())
