"""How far reading is, shown on a terminal when it takes long."""

import time
from types import TracebackType
from typing import Any, TextIO

PATIENCE = 1.0
"""Seconds of reading after which it is shown how far it is."""


class Progress:
    """A bar on standard error, if that is a terminal and reading goes on for a while."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.since: float | None = None
        self.bar: Any = None

    def __enter__(self) -> "Progress":
        return self

    def show(self, done: int, total: int) -> None:
        """Say that so many of so many bytes are read."""
        now = time.monotonic()
        self.since = self.since or now
        if self.bar is None and now - self.since > PATIENCE and self.out.isatty():
            from claimcli.cli.screen import progress

            self.bar = progress.start(total)
        if self.bar is not None:
            self.bar.show(done)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.bar is not None:
            self.bar.stop()
