"""Patches on a terminal, in the colours that people know them by."""

from rich.text import Text

from claimcli.cli.screen.base import Settings, render
from claimcli.core.text.escaping import visible_lines


def patch(text: str, how: Settings) -> str:
    """Colour a patch: what is taken out, what is put in, where."""
    drawn = Text(visible_lines(text))
    if not how.color:
        return drawn.plain
    drawn.highlight_regex(r"(?m)^-(?!-- ).*$", "red")
    drawn.highlight_regex(r"(?m)^\+(?!\+\+ ).*$", "green")
    drawn.highlight_regex(r"(?m)^@@.*$", "cyan")
    drawn.highlight_regex(r"(?m)^(?:---|\+\+\+) .*$", "bold")
    return render([drawn], Settings(width=100_000, color=True)).rstrip("\n") + "\n"
