"""Reads files of strangers in a separate process with limits, with libraries not in Python.

The process is ``python -m MODULE``; it gets what :func:`output_of` sends, and calls
:func:`write_output`.
"""

import os
import subprocess
import sys
from collections.abc import Callable

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.runtime import limit_process

MAX_SECONDS = 60
MAX_MEMORY = 2 * 1024**3
_REFUSED = 3
"""The exit code for a file whose problem the last line of standard error states."""


def output_of(module: str, data: bytes, *, name: Callable[[bytes], object], hint: str) -> bytes:
    """Return what the process writes about some data.

    Raises ClaimcliError if the process refuses a file, fails, or takes too long. ``name`` returns
    what messages call the file, from the output until then; ``hint`` is used where the process
    gives none.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own modules
            [sys.executable, "-P", "-m", module],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS + 10,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ClaimcliError(f"{name(error.stdout or b'')} takes too long to read", hint) from None
    if done.returncode == _REFUSED:
        line = done.stderr.decode("utf-8", "replace").rstrip(" ;\n").rpartition("\n")[2]
        reason, _, own = line.partition("; ")
        raise ClaimcliError(f"{name(done.stdout)} {reason[:200]}", own or hint)
    if done.returncode:
        message = f"{name(done.stdout)} is damaged, or needs too much time or memory"
        raise ClaimcliError(message, hint)
    return done.stdout


def write_output(write: Callable[[bytes], None], reason: Callable[[BaseException], str]) -> None:
    """Call ``write`` with the data under the limits, and end the process.

    The message of a ClaimcliError is a predicate, and so is the ``reason`` for any other error.
    """
    limit_process(MAX_SECONDS, MAX_MEMORY)
    code = 0
    try:
        write(sys.stdin.buffer.read())
        sys.stdout.flush()
    except BaseException as error:  # a malicious file can raise anything
        message = error.message if isinstance(error, ClaimcliError) else reason(error)
        hint = error.hint if isinstance(error, ClaimcliError) else ""
        sys.stderr.write(f"\n{message}; {hint}\n")
        code = _REFUSED
    sys.stderr.flush()
    os._exit(code)  # now and then, threads of libraries abort the ordinary end of a process
