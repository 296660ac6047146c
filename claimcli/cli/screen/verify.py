"""Verified quotes on a terminal."""

from rich import box
from rich.table import Table as Grid
from rich.text import Text

from claimcli.analysis.finding_notes import finding_notes, mark_differences, words_in_text
from claimcli.analysis.findings import Finding, Verification
from claimcli.cli.screen.console import Settings, clean, linked, render
from claimcli.core.text.escaping import one_line
from claimcli.core.text.word_diff import Segment
from claimcli.quotes.verdict import Verdict

STACKED = 60
"""Columns below which a quote is below its claim."""
_STYLES = {
    Verdict.ALTERED: "bold red",
    Verdict.MISSING: "bold red",
    Verdict.CASE: "yellow",
    Verdict.AMBIGUOUS: "cyan",
    Verdict.NO_TEXT: "dim",
}


def draw(verification: Verification, how: Settings) -> str:
    """Draw the quotes with their verdicts, and notes below them."""
    if not verification.findings:
        return "no quotes\n"
    drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    drawn.add_column("verdict", no_wrap=True)
    stacked = how.width < STACKED
    if stacked:
        drawn.add_column("claim and quote", ratio=1, overflow="fold")
    else:
        drawn.add_column("claim", no_wrap=True, overflow="fold")
        drawn.add_column("quote", ratio=1, overflow="fold")
    for finding in verification.findings:
        verdict = Text(finding.verdict.value, _STYLES.get(finding.verdict, "green"))
        cells = (_claim(finding, how), _quote(finding, how))
        drawn.add_row(verdict, *((Text("\n").join(cells),) if stacked else cells))
    return render([drawn], how)


def _claim(finding: Finding, how: Settings) -> Text:
    spot = finding.first_match
    place = ""
    if spot:
        place = (
            f":{spot.line}:{spot.column}" if spot.column and not spot.page else f", {spot.label}"
        )
    below = linked(f"{finding.source}{place}", finding.fragment_url, how)
    below.stylize("dim")
    return Text.assemble(Text(finding.claim, "bold"), "\n", below)


def _quote(finding: Finding, how: Settings) -> Text:
    ours, theirs = finding.differences
    quote = (
        _marked(ours, finding.quote)
        if how.color
        else clean(mark_differences(ours) or finding.quote)
    )
    lines = [Text.assemble('"', quote, '"')]
    for line in finding_notes(finding):
        if how.color and theirs and line == words_in_text(finding):
            lines.append(Text.assemble('the text has "', _marked(theirs, ""), '"'))
        else:
            style = "dim" if line == finding.reason and not finding.unreadable else "yellow"
            lines.append(clean(line, style))
    return Text("\n").join(lines)


def _marked(segments: tuple[Segment, ...], otherwise: str) -> Text:
    """Return a text with its differing words marked, and its spaces kept."""
    if not segments:
        return clean(otherwise)
    text = Text()
    for segment in segments:
        text.append(
            one_line(f"|{segment.text}|")[1:-1], "bold underline" if segment.differs else ""
        )
    return text
