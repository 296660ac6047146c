"""Reads a file of a stranger in a separate process with limits, with libraries not in Python.

The process is ``python -m MODULE ARGUMENTS``; it gets the bytes of the file, and calls
:func:`write_output`.
"""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.runtime import limit_process

MAX_SECONDS = 60
MAX_MEMORY = 2 * 1024**3
_REFUSED = 3
"""The exit code for a file whose problem the last line of standard error states."""


def output_of(
    module: str, arguments: Sequence[str], path: Path, data: bytes, *, hint: str
) -> bytes:
    """Return what the process writes about the content of a file.

    Raises ClaimcliError if the process refuses the file, fails, or takes too long. ``hint`` is used
    where the process gives none.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own modules
            [sys.executable, "-P", "-m", module, *arguments],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS + 10,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ClaimcliError(f"{path} takes too long to read", hint) from None
    if done.returncode == _REFUSED:
        line = done.stderr.decode("utf-8", "replace").rstrip(" ;\n").rpartition("\n")[2]
        reason, _, own = line.partition("; ")
        raise ClaimcliError(f"{path} {reason[:200]}", own or hint)
    if done.returncode:
        raise ClaimcliError(f"{path} is damaged, or needs too much time or memory", hint)
    return done.stdout


def write_output(write: Callable[[bytes], None], reason: Callable[[BaseException], str]) -> None:
    """Call ``write``, with the bytes of the file, under the limits; the process ends on an error.

    The message of a ClaimcliError is a predicate, and so is the ``reason`` for any other error.
    """
    limit_process(MAX_SECONDS, MAX_MEMORY)
    try:
        write(sys.stdin.buffer.read())
    except BaseException as error:  # a malicious file can raise anything
        message = error.message if isinstance(error, ClaimcliError) else reason(error)
        hint = error.hint if isinstance(error, ClaimcliError) else ""
        sys.stderr.write(f"\n{message}; {hint}\n")
        raise SystemExit(_REFUSED) from None
