"""Wall time and memory of whole commands, each in its own process."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""Programs may write bytecode files, as installed programs have them."""
Times = dict[str, float]


def wall(command: Sequence[str], env: Mapping[str, str] | None = None) -> float:
    """Run a command; return its wall time in seconds. Raises CalledProcessError if it fails."""
    start = time.perf_counter()
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, env={**ENVIRONMENT, **(env or {})}
    )
    return time.perf_counter() - start


class Usage(NamedTuple):
    """Processor time in seconds, peak memory in MiB, and exit code of a command."""

    seconds: float
    memory: float
    code: int


def usage(command: Sequence[str], env: Mapping[str, str]) -> Usage:
    """Run a command, whatever its exit code; Linux counts its memory in KiB."""
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**ENVIRONMENT, **env},
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = used.ru_utime + used.ru_stime
    return Usage(seconds, used.ru_maxrss / 1024, process.returncode)


def medians(
    commands: Mapping[str, Sequence[str]],
    *,
    runs: int,
    env: Mapping[str, str] | None = None,
    before: Mapping[str, Callable[[], None]] | None = None,
    patience: float = 10.0,
) -> Times:
    """Run all commands ``runs`` times, alternating; return the median seconds of each.

    ``before`` has functions to call before a command, which are not timed. The first turn fills the
    caches of disk and Python and does not count. But a command that takes longer than ``patience``
    seconds is run only once.
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
    """Run a command; return the peak memory of it and its children together, in MiB.

    Shared memory is divided among the processes (Linux: Pss of /proc/PID/smaps_rollup), measured
    every few milliseconds.
    """
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env={**ENVIRONMENT, **env}
    ) as process:
        most = 0
        while process.poll() is None:
            time.sleep(0.005)
            most = max(most, sum(held(pid) for pid in _family(process.pid)))
    return most / 1024


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        with suppress(OSError):
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8")
            found += map(int, children.split())
    return found


def held(pid: int) -> int:
    """Return the memory of a process in KiB; 0 if it has ended."""
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
