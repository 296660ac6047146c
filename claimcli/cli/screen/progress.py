"""The progress bar for reading and writing files, and for the steps of a job."""

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

_WORDS = {"bytes": "reading", "files": "writing", "parts": "part"}


def start(total: int, *, counted: str) -> Progress:
    """Draw a bar of bytes read, files written or parts of a step; it vanishes when it stops."""
    word, count = _WORDS[counted], DownloadColumn() if counted == "bytes" else MofNCompleteColumn()
    columns = (TextColumn(word), BarColumn(), count, TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(word, total=total)
    bar.start()
    return bar
