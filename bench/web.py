"""Budgets of the web pages: sizes, memory, and time per page as ratios in one run.

    python bench/web.py [--claims 100000] [--requests 1000] [--peers PYTHON]

Serves a dossier of this size and one of a tenth with `claimcli serve`. Prints the size of a claim's
page, the scripts and the style sheet, the ratio of the times of a filtered list at both sizes, and
the memory of the server after the requests for lists and claims. ``--peers`` is the Python of an
environment with `datasette`, which serves a table of the same claims, and `fava`, which serves as
many entries; they are left out, with a note, if they are not installed. Exit code 1 if a budget is
exceeded.
"""

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import generate

ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
LIST = f"claims?q={generate.RARE}"
BUDGETS = {"KB of a claim's page": 100, "KB of a page's scripts": 30, "KB of style": 20,
           "list, ratio to a tenth": 2, "MiB of the server": 120}  # fmt: skip


@contextmanager
def serving(command: Sequence[str], port: int, folder: Path) -> Iterator[tuple[str, int]]:
    """Run a server; yield its address and process id when it answers."""
    address = f"http://127.0.0.1:{port}/"
    env = {**ENVIRONMENT, "XDG_CACHE_HOME": str(folder)}
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env
    )
    try:
        while not answers(f"{address}stamp"):
            if server.poll() is not None:
                raise SystemExit(f"{command} ended with {server.returncode}")
            time.sleep(0.2)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait()


def answers(address: str) -> bool:
    """Return whether a server answers."""
    try:
        get(address)
    except HTTPError:  # a peer has no such page
        return True
    except OSError:
        return False
    return True


def get(address: str) -> bytes:
    """Return the content of a page."""
    with urlopen(address) as answer:
        return bytes(answer.read())


def milliseconds(address: str, runs: int = 20) -> float:
    """Return the median time of a request, after one that does not count."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        get(address)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[1:])


def memory(process: int) -> float:
    """Return the resident memory of a process in MiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def claimcli(data: Path, port: int) -> list[str]:
    """Return the command that serves a dossier."""
    return [sys.executable, "-m", "claimcli", "--data", str(data), "serve", "--port", str(port)]


def own_figures(folder: Path, claims: int, requests: int) -> tuple[dict[str, float], float]:
    """Return the measured budgets, and the milliseconds of the list at the full size."""
    figures: dict[str, float] = {}
    small, large = folder / "small", folder / "large"
    generate.write(small, claims // 10, 100)
    generate.write(large, claims, 100)
    for data in (small, large):  # builds the index in several processes
        subprocess.run(
            [sys.executable, "-m", "claimcli", "--data", str(data), "list", "--limit", "1"],
            check=True, stdout=subprocess.DEVNULL,
            env={**ENVIRONMENT, "XDG_CACHE_HOME": str(folder)},
        )  # fmt: skip
    with serving(claimcli(small, 8931), 8931, folder) as (address, _):
        tenth = milliseconds(address + LIST)
    with serving(claimcli(large, 8932), 8932, folder) as (address, process):
        full = milliseconds(address + LIST)
        ids = [claim["id"] for claim in json.loads(get(f"{address}api/{LIST}"))]
        for number in range(requests):
            get(address + (f"claim/{ids[number % len(ids)]}" if number % 2 else LIST))
        figures["KB of a claim's page"] = max(len(get(f"{address}claim/{n}")) for n in ids) / 1000
        size = {name: len(get(f"{address}assets/{name}")) / 1000 for name in scripts()}
        figures["KB of a page's scripts"] = max(  # a served page has one, the list of a site two
            size["page.js"], sum(size[name] for name in size if name != "page.js")
        )
        figures["KB of style"] = len(get(f"{address}assets/style.css")) / 1000
        figures["MiB of the server"] = memory(process)
    figures["list, ratio to a tenth"] = full / tenth
    return figures, full


def scripts() -> list[str]:
    """Return the names of the scripts of pages."""
    import claimcli

    return sorted(p.name for p in (Path(claimcli.__file__).parent / "web/assets").glob("*.js"))


def datasette(folder: Path, python: str) -> float:
    """Return the milliseconds of datasette's page of the same rows, found by the same word."""
    (index,) = (
        path for path in folder.glob("claimcli/*.sqlite")
        if path.stat().st_size == max(p.stat().st_size for p in folder.glob("claimcli/*.sqlite"))
    )  # fmt: skip
    with sqlite3.connect(folder / "table.db") as db:
        db.execute("ATTACH ? AS dossier", (str(index),))
        db.execute("CREATE TABLE claims AS SELECT id, party, statement, said FROM dossier.claims")
    command = [python, "-m", "datasette", str(folder / "table.db"), "--port", "8933"]
    with serving(command, 8933, folder) as (address, _):
        return milliseconds(f"{address}table/claims?statement__contains={generate.RARE}")


def fava(folder: Path, python: str, claims: int) -> float:
    """Return the milliseconds of fava's journal with as many entries, narrowed to twenty."""
    days = "".join(
        f'2020-01-01 note Assets:A "{generate.RARE if n % (claims // 20) == 0 else n}"\n'
        for n in range(claims)
    )
    (folder / "ledger.beancount").write_text(f"2019-01-01 open Assets:A\n{days}")
    command = [python, "-m", "fava.cli", str(folder / "ledger.beancount"), "--port", "8934"]
    with serving(command, 8934, folder) as (address, _):
        return milliseconds(f"{address}beancount/journal/?account=Assets:A", runs=3)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--peers", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures, full = own_figures(folder, options.claims, options.requests)
        print("| figure | measured | budget |\n| --- | ---: | ---: |")
        for title, figure in figures.items():
            print(f"| {title} | {figure:.1f} | {BUDGETS[title]} |", flush=True)
        for peer in ("datasette", "fava"):
            if (
                not options.peers
                or subprocess.run(
                    [options.peers, "-c", f"import {peer}"], capture_output=True, check=False
                ).returncode
            ):
                print(f"{peer} is not installed; name the Python that has it with --peers")
                continue
            other = (
                datasette(folder, options.peers)
                if peer == "datasette"
                else fava(folder, options.peers, options.claims)
            )
            print(f"| list, ratio to {peer} | {full / other:.2f} | |", flush=True)
    sys.exit(any(figure > BUDGETS[title] for title, figure in figures.items()))


if __name__ == "__main__":
    main()
