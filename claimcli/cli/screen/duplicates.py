"""Pairs of similar claims on a terminal, one below the other."""

from collections.abc import Iterator

from rich import box
from rich.table import Table as Grid
from rich.text import Text

from claimcli.analysis.duplicates import CANDIDATE, Duplicate, Duplicates
from claimcli.cli.screen.console import Settings, clean, render
from claimcli.dossier.index.compared_claims import ComparedClaim


def draw(found: Duplicates, how: Settings) -> str:
    """Draw two rows for each pair; the second one says what differs."""
    if not found.pairs:
        return ""
    drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    drawn.add_column("similarity", no_wrap=True)
    drawn.add_column("id", overflow="fold", max_width=30)
    drawn.add_column("statement", ratio=1, overflow="fold")
    for pair in found.pairs:
        drawn.add_row(f"{pair.similarity:.2f}", *_cells(pair.first))
        drawn.add_row("", *_cells(pair.second, *_notes(pair)))
    return render([drawn], how)


def _cells(claim: ComparedClaim, *notes: str) -> tuple[Text, Text]:
    """Return the id with the parties and the date below it, and the statement with the notes."""
    small = [clean(line, "dim") for line in (", ".join(claim.parties), claim.when or "") if line]
    mark = [Text("internal")] if claim.internal else []
    below = [clean(note, "yellow") for note in notes]
    name = Text("\n").join((clean(claim.id, "bold"), *small, *mark))
    return name, Text("\n").join((clean(claim.statement), *below))


def _notes(pair: Duplicate) -> Iterator[str]:
    if pair.candidate:
        yield CANDIDATE
    if pair.differs:
        yield f"differs: {pair.differs}"
