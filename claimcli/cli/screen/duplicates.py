"""Pairs of similar claims on a terminal, one below the other."""

from collections.abc import Iterator

from claimcli.analysis.duplicates import CANDIDATE, Duplicate, Duplicates
from claimcli.cli.screen.console import Settings
from claimcli.cli.screen.table import grid
from claimcli.core.table import Cell, Table

_COLUMNS = ("similarity", "id", "party", "when", "statement")


def draw(found: Duplicates, how: Settings) -> str:
    """Draw two rows for each pair, and one with what differs."""
    rows = (row for pair in found.pairs for row in _rows(pair))
    return grid(Table("similar claims", _COLUMNS, tuple(rows)), how)


def _rows(pair: Duplicate) -> Iterator[tuple[Cell, ...]]:
    first = f"{pair.similarity:.2f}"
    for claim, similarity in ((pair.first, first), (pair.second, "")):
        yield (similarity, claim.id, claim.parties, claim.when, claim.statement)
    candidate = CANDIDATE if pair.candidate else ""
    differs = f"differs: {pair.differs}" if pair.differs else ""
    if note := "; ".join(filter(None, (candidate, differs))):
        yield ("", "", "", "", f"({note})")
