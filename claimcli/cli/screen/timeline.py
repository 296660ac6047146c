"""The timeline on a terminal: dates at the left, claims at the right."""

from rich import box
from rich.table import Table as Grid
from rich.text import Text

from claimcli.analysis.timeline import Timeline, TimelineEntry
from claimcli.cli.screen.console import Settings, clean, render
from claimcli.core.party_names import parties_label
from claimcli.core.records import Dossier
from claimcli.formats.timeline_notes import NO_DATE, answer_note, marks_note, opposition_notes


def draw(timeline: Timeline, how: Settings) -> str:
    """Draw the claims in order, with each date once."""
    dossier = timeline.dossier
    if not timeline.entries:
        return "no claims\n"
    drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    drawn.add_column("when", max_width=max(10, how.width // 5), overflow="fold")
    drawn.add_column("claim", ratio=1, overflow="fold")
    before = ""
    for entry in timeline.entries:
        when = str(entry.claim.when or NO_DATE)
        drawn.add_row(clean("" if when == before else when, "bold"), _claim(dossier, entry))
        before = when
    return render([drawn], how)


def _claim(dossier: Dossier, entry: TimelineEntry) -> Text:
    claim = entry.claim
    who = parties_label(dossier, claim)
    text = Text.assemble((claim.id, "bold"), " ")
    text.append_text(clean(f"{who}: {claim.statement}"))
    notes = (marks_note(dossier, entry), answer_note(entry), *opposition_notes(dossier, entry))
    for below in notes:
        if below:
            text.append("\n")
            text.append_text(clean(f"  {below}", "dim"))
    return text
