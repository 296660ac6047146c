"""What comes in on standard input: one text, of which there is no more than of a file."""

import sys

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.dossier.content import MAX_BYTES


def standard_input() -> bytes:
    """Return all of it. Raises ClaimcliError where it is longer than a file may be."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        message = "standard input holds more than 64 MiB"
        raise ClaimcliError(message, "split the file", code=ExitCode.UNREADABLE)
    return data
