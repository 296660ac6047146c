"""Plain texts in colour: problems and patches."""

from rich.text import Text

from claimcli.cli.screen.console import Settings, render
from claimcli.core.text.escaping import visible_lines


def highlight_problems(text: str, how: Settings) -> str:
    """Colour the severities, carets and fixes of a check."""
    if not how.color:
        return text
    drawn = Text(visible_lines(text))
    drawn.highlight_regex(r"(?<=: )error(?=: )", "bold red")
    drawn.highlight_regex(r"(?<=: )warning(?=: )", "bold yellow")
    drawn.highlight_regex(r"(?<=: )info(?=: )", "bold cyan")
    drawn.highlight_regex(r"(?m)^ *\d* \|(?= )", "dim")
    drawn.highlight_regex(r"(?m)(?<=\| ) *\^+(?=$| --fix)", "bold red")
    drawn.highlight_regex(r"(?m)(?<=\^ )--fix writes .*$", "green")
    return render([drawn], Settings(width=100_000, color=True))


def highlight_patch(text: str, how: Settings) -> str:
    """Colour the lines that a patch removes and adds, and its headings."""
    drawn = Text(visible_lines(text))
    if not how.color:
        return drawn.plain
    drawn.highlight_regex(r"(?m)^-(?!-- ).*$", "red")
    drawn.highlight_regex(r"(?m)^\+(?!\+\+ ).*$", "green")
    drawn.highlight_regex(r"(?m)^@@.*$", "cyan")
    drawn.highlight_regex(r"(?m)^(?:---|\+\+\+) .*$", "bold")
    return render([drawn], Settings(width=100_000, color=True)).rstrip("\n") + "\n"
