"""The progress bar for reading and writing files."""

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)


def start(total: int, *, files: bool) -> Progress:
    """Draw a bar of bytes read or of files written, which vanishes when it stops."""
    word, count = ("writing", MofNCompleteColumn()) if files else ("reading", DownloadColumn())
    columns = (TextColumn(word), BarColumn(), count, TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(word, total=total)
    bar.start()
    return bar
