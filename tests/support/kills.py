"""Kills a process at each of its system calls that touch files."""

import os
import signal
import sys
from collections.abc import Callable, Iterator


def killed_at_each_call(
    action: Callable[[], object], prepare: Callable[[], object]
) -> Iterator[int]:
    """Yield after ``action`` was killed before its first, second, ... call that touches files.

    Each time it runs in a forked process, after ``prepare``; the last time it ends by itself.
    """
    number, status = 0, signal.SIGKILL
    while status == signal.SIGKILL:
        prepare()
        number += 1
        child = os.fork()
        if not child:
            _run_and_die(action, number)
        status = os.waitpid(child, 0)[1]
        yield number
    assert status == 0, status


def _run_and_die(action: Callable[[], object], number: int) -> None:
    left = number

    def count(event: str, _: object) -> None:
        nonlocal left
        if event.startswith("os.") or event == "open":
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(count)
        action()
        os._exit(0)
    finally:
        os._exit(1)
