"""Showing output that is longer than the screen through the user's pager, as git does."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence

from claimcli.cli.output import warn

VARIABLES = ("CLAIMCLI_PAGER", "PAGER")
"""What names the pager; the first that is set applies. "" or "cat" mean none."""
_LESS = {"LESS": "FRX", "LV": "-c"}
"""Settings of less and lv, unless the user has some: quit if all fits, show colours, leave it."""


def disable() -> None:
    """Show everything directly, here and in commands that this process starts."""
    os.environ[VARIABLES[0]] = ""


def page(data: bytes) -> bool:
    """Show UTF-8 text through the pager, until the user quits it; return whether that was done.

    It is not done if standard output is not a terminal, if the text fits on the screen, or if there
    is no pager; a pager that cannot be run is reported.
    """
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb" or _fits(data):
        return False
    try:
        command = _command()
        if not command:
            return False
        process = _start(command)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        warn(f"the pager cannot be run: {reason}; set {VARIABLES[0]} or add --no-pager")
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the pager
    try:
        process.communicate(data)  # which ignores that the user quits before the end
    finally:
        process.wait()
        signal.signal(signal.SIGINT, before)
    return True


def _fits(data: bytes) -> bool:
    """Return whether a text and the next prompt fit on the screen; colours count as text."""
    columns, rows = shutil.get_terminal_size()
    lines = data.decode("utf-8", "replace").splitlines()
    return sum(1 + max(len(line) - 1, 0) // columns for line in lines) < rows


def _command() -> list[str]:
    """Return the pager's command line, [] for none; less if the environment names none.

    Raises ValueError if its quotation marks do not match.
    """
    named = next((os.environ[name] for name in VARIABLES if name in os.environ), None)
    if named is None:
        return ["less"] if shutil.which("less") else []
    command = shlex.split(named)
    return [] if command == ["cat"] else command


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    sys.stdout.flush()
    return subprocess.Popen(command, stdin=subprocess.PIPE, env={**_LESS, **os.environ})  # noqa: S603 - set by the user
