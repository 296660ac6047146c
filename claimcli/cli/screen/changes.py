"""What changed in the accounts, on a terminal."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from claimcli.analysis.changes import ChangeEntry, ChangeKind, Changes
from claimcli.cli.screen.console import Settings, clean, render, style_of
from claimcli.formats.changes import (
    HEADINGS,
    NO_CHANGES,
    DifferenceLine,
    claim_summary,
    lines,
    record_summary,
)

WIDEST = 130
"""Columns beyond which lines would be too long to read."""
_SIGNS = {
    ChangeKind.NEW: "+",
    ChangeKind.GONE: "-",
    ChangeKind.RENAMED: "=",
    ChangeKind.CHANGED: "~",
}
_STYLES = {"+": "green", "-": "red", "=": "cyan", "~": "yellow", "": ""}
_MARKS = {"-": ("[-", "-]"), "+": ("{+", "+}"), "": ("", "")}
"""Marks around words that the other side does not have, as in git."""


def draw(_comparison: object, changes: Changes, _ends: object, how: Settings) -> str:
    """Draw the changes under headings, with signs and marks that need no colour."""
    if not changes.entries:
        return f"{NO_CHANGES}\n"
    how = Settings(min(how.width, WIDEST), how.color)
    parts: list[RenderableType] = []
    for change, heading in HEADINGS.items():
        entries = [entry for entry in changes.entries if entry.kind is change]
        if entries:
            rule = Rule(Text(heading.lower(), "bold"), align="left", style="dim")
            parts += [*([Text("")] if parts else []), rule]
            for entry in entries:
                parts += _entry(entry)
    return render(parts, how)


def _entry(entry: ChangeEntry) -> Iterator[RenderableType]:
    sign = _SIGNS[entry.kind]
    yield Text.assemble(
        (sign, _STYLES[sign]), " ", (entry.id, "bold"), "  ", clean(record_summary(entry), "dim")
    )
    claim = entry.claim
    if claim:
        yield Padding(clean(claim_summary(claim), "dim"), (0, 0, 0, 2))
    text = claim.statement if claim else entry.label
    if text and not entry.difference("statement"):
        yield Padding(clean(text), (0, 0, 0, 2))
    if entry.differences:
        drawn = Grid.grid(padding=(0, 2, 0, 0))
        drawn.add_column(style="dim", no_wrap=True)
        drawn.add_column(overflow="fold", ratio=1)
        previous = ""
        for line in (line for one in entry.differences for line in lines(one)):
            drawn.add_row("" if line.label == previous else line.label, _line(line))
            previous = line.label
        yield Padding(drawn, (0, 0, 0, 2))


def _line(line: DifferenceLine) -> Text:
    style = _STYLES[line.sign]
    start, end = _MARKS[line.sign]
    text = Text(f"{line.sign} " if line.sign else "", style)
    for number, segment in enumerate(line.segments):
        text.append(" " if number else "")
        marked = f"{start}{segment.text}{end}" if segment.differs else segment.text
        text.append_text(clean(marked, f"bold {style}" if segment.differs else ""))
    if line.label == "status":
        text.stylize(style_of(line.segments[-1].text))
    return text
