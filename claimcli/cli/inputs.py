"""What a user gives: the text on standard input, and paths."""

import sys
from pathlib import Path

from claimcli.core.problems import ClaimcliError, ExitCode


def standard_input() -> bytes:
    """Return all of standard input. Raises ClaimcliError if it exceeds the limit for a file."""
    from claimcli.dossier.content import MAX_BYTES

    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        message = "standard input holds more than 64 MiB"
        raise ClaimcliError(message, "split the file", code=ExitCode.UNREADABLE)
    return data


def given_path(text: str) -> Path:
    """Return a typed path. Raises ClaimcliError for "", which would mean this folder."""
    if not text:
        raise ClaimcliError("a path is empty", "name a file or folder, or leave it out")
    return Path(text)
