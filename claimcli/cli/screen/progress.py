"""The bar that shows how far reading is."""

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn


class Bar:
    """A bar that vanishes when it stops."""

    def __init__(self, total: int) -> None:
        self.drawn = Progress(
            TextColumn("reading"),
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self.task = self.drawn.add_task("reading", total=total)
        self.drawn.start()

    def show(self, done: int) -> None:
        """Move it to so many bytes."""
        self.drawn.update(self.task, completed=done)

    def stop(self) -> None:
        """Take it off the screen."""
        self.drawn.stop()


def start(total: int) -> Bar:
    """Draw a bar of so many bytes."""
    return Bar(total)
