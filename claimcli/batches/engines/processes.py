"""Processes of this machine that run the tasks of a step."""

import multiprocessing
import pickle
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from typing import Any, TypeVar

import pyarrow as pa

from claimcli.core.problems import ClaimcliError, ExitCode

T = TypeVar("T")
R = TypeVar("R")
TaskProgress = Callable[[int, int], None]
"""Gets the number of finished tasks of a step, and of all."""
_METHOD = "fork" if sys.platform == "linux" else "spawn"
"""How processes start: with the modules that this one has imported, where that is safe."""


class Workers:
    """Some processes, or none if the tasks are to run in this one."""

    def __init__(self, count: int, progress: TaskProgress = lambda _done, _total: None) -> None:
        self.count = count
        self.progress = progress
        self._started: dict[Any, Any] = {}
        self._threads = pa.cpu_count()

    def __enter__(self) -> "Workers":
        pa.set_cpu_count(1)
        return self

    def __exit__(self, *_: object) -> None:
        pa.set_cpu_count(self._threads)
        for process in self._started.values():
            process.terminate()
        for end, process in self._started.items():
            process.join()
            end.close()
        self._started.clear()

    def run(self, function: Callable[[T], R], tasks: Sequence[T], names: Sequence[str]) -> list[R]:
        """Return the result of each task; ``names`` are those of the tasks in messages.

        Raises the error of the first task that fails, and ClaimcliError if a process ends early.
        """
        if self.count < 2 or not tasks:
            return [self._run_here(function, task, names, n) for n, task in enumerate(tasks)]
        self._start()
        results: list[Any] = [None] * len(tasks)
        step = pickle.dumps(function)
        running: dict[Any, int] = {}
        numbers = iter(range(len(tasks)))
        for end in self._started:
            self._send(end, step, tasks, numbers, running)
        done = 0
        while running:
            for end in wait(list(running)):
                number = running.pop(end)
                results[number] = self._receive(end, names[number])
                done += 1
                self.progress(done, len(tasks))
                self._send(end, b"", tasks, numbers, running)
        return results

    def _run_here(
        self, function: Callable[[T], R], task: T, names: Sequence[str], number: int
    ) -> R:
        try:
            result = function(task)
        except MemoryError:
            raise _out_of_memory(names[number]) from None
        self.progress(number + 1, len(names))
        return result

    def _send(
        self, end: Any, step: bytes, tasks: Sequence[T], numbers: Any, running: dict[Any, int]
    ) -> None:
        """Send a process its next task, and before the first one the function of the step."""
        number = next(numbers, None)
        if number is not None:
            running[end] = number
            with suppress(OSError):  # that it ended is noticed when its result is read
                end.send((step, tasks[number]))

    def _receive(self, end: Any, name: str) -> Any:
        try:
            result, error, trace = end.recv()
        except (EOFError, OSError):
            raise self._ended(end, name) from None
        if isinstance(error, MemoryError):
            raise _out_of_memory(name)
        if isinstance(error, ClaimcliError):
            raise error
        if error is not None:
            raise error from RuntimeError(f"in the process that worked on '{name}':\n{trace}")
        return result

    def _ended(self, end: Any, name: str) -> ClaimcliError:
        process = self._started[end]
        process.join()
        code = process.exitcode or 0
        how = f"was killed by signal {-code}" if code < 0 else f"ended with {code}"
        return ClaimcliError(
            f"the process that worked on '{name}' {how}",
            "if memory ran out, run fewer processes with --processes; nothing was written",
            code=ExitCode.UNREADABLE,
        )

    def _start(self) -> None:
        context: Any = multiprocessing.get_context(_METHOD)
        while len(self._started) < self.count:
            ours, theirs = context.Pipe()
            others = (*self._started, ours) if _METHOD == "fork" else ()
            process = context.Process(target=_work, args=(theirs, others), daemon=True)
            try:
                with warnings.catch_warnings():  # of threads: those of Arrow survive a fork
                    warnings.simplefilter("ignore", DeprecationWarning)
                    process.start()
            except OSError as error:
                message = f"no process can be started: {error.strerror}"
                hint = "run fewer processes with --processes"
                raise ClaimcliError(message, hint, code=ExitCode.UNREADABLE) from None
            theirs.close()
            self._started[ours] = process


def _out_of_memory(name: str) -> ClaimcliError:
    return ClaimcliError(
        f"memory ran out at '{name}'",
        "run fewer processes with --processes",
        code=ExitCode.UNREADABLE,
    )


def _work(end: Any, others: Sequence[Any]) -> None:
    """Run tasks until the pipe is closed. ``others`` are ends that only the first process uses."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in others:
        other.close()
    pa.set_cpu_count(1)
    function: Any = None
    with suppress(EOFError, OSError):
        while True:
            step, task = end.recv()
            function = pickle.loads(step) if step else function  # noqa: S301 - of our own process
            end.send(_result(function, task))


def _result(function: Callable[[Any], Any], task: Any) -> tuple[Any, BaseException | None, str]:
    """Return the result of a task, or its error with the traceback."""
    try:
        return function(task), None, ""
    except Exception as error:  # it is raised in the first process
        trace = traceback.format_exc()
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - of our own process
        except Exception:  # the error's arguments cannot be sent
            return None, RuntimeError(str(error)), trace
        return None, error, trace
