"""Standard input as the text of one file."""

import sys

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.dossier.content import MAX_BYTES


def standard_input() -> bytes:
    """Return all of standard input. Raises ClaimcliError if it exceeds the limit for a file."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        message = "standard input holds more than 64 MiB"
        raise ClaimcliError(message, "split the file", code=ExitCode.UNREADABLE)
    return data
