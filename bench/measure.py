"""Wall time and memory of whole commands, each in a process of its own."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""Programs may keep their compiled files, as installed programs have them."""
Times = dict[str, float]


def wall(command: Sequence[str], env: Mapping[str, str] | None = None) -> float:
    """Run a command to its end; return the seconds that took. Raises where it fails."""
    start = time.perf_counter()
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, env={**ENVIRONMENT, **(env or {})}
    )
    return time.perf_counter() - start


def medians(
    commands: Mapping[str, Sequence[str]],
    *,
    runs: int,
    env: Mapping[str, str] | None = None,
    before: Mapping[str, Callable[[], None]] | None = None,
    patience: float = 10.0,
) -> Times:
    """Run all commands in turn, ``runs`` times; return the median seconds of each.

    ``before`` names what is done before a command, outside its time. The first turn, which fills
    the caches of disk and Python, is not counted, save for a command that takes longer than
    ``patience`` seconds: it is run that once only.
    """
    times: dict[str, list[float]] = {name: [] for name in commands}
    slow: set[str] = set()
    for turn in range(runs + 1):
        for name, command in commands.items():
            if name in slow:
                continue
            if before and name in before:
                before[name]()
            taken = wall(command, env)
            if turn or taken > patience:
                times[name].append(taken)
            if taken > patience:
                slow.add(name)
    return {name: statistics.median(taken) for name, taken in times.items()}


def peak_memory(command: Sequence[str], env: Mapping[str, str]) -> float:
    """Run a command; return the most MiB that it and its children held together.

    What processes share is shared out among them (Linux: Pss of /proc/PID/smaps_rollup), looked
    at every few milliseconds.
    """
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env={**ENVIRONMENT, **env}
    ) as process:
        most = 0
        while process.poll() is None:
            time.sleep(0.005)
            most = max(most, sum(_held(pid) for pid in _family(process.pid)))
    return most / 1024


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        with suppress(OSError):
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8")
            found += map(int, children.split())
    return found


def _held(pid: int) -> int:
    """Return the KiB that a process holds; 0 where it has ended."""
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
