"""A progress bar on the terminal while files are read or written, if that takes long."""

import time
from types import TracebackType
from typing import Any, TextIO

PATIENCE = 1.0
"""Seconds before the bar appears."""


class Progress:
    """A bar on standard error, if that is a terminal and the work takes longer than PATIENCE.

    It counts bytes that are read, or as ``counted`` says files that are written, or parts of a
    step.
    """

    def __init__(self, out: TextIO, *, counted: str = "bytes") -> None:
        self.out = out
        self.counted = counted
        self.since: float | None = None
        self.bar: Any = None
        self.ended = False

    def __enter__(self) -> "Progress":
        return self

    def show(self, done: int, total: int) -> None:
        """Show how much of the whole is done."""
        if self.ended:  # the index is updated while a server runs
            return
        now = time.monotonic()
        self.since = self.since or now
        if self.bar is None and now - self.since > PATIENCE and self.out.isatty():
            from claimcli.cli.screen import progress

            self.bar = progress.start(total, counted=self.counted)
        if self.bar is not None:
            self.bar.update(self.bar.task_ids[0], completed=done, total=total)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ended = True
        if self.bar is not None:
            self.bar.stop()
