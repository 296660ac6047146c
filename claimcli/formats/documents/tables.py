"""The tables of documents: who holds which position, and which claims are contested."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from claimcli.formats.documents.blocks import (
    Block,
    Cell,
    DocumentTable,
    Heading,
    TextRun,
    TextStyle,
)
from claimcli.formats.documents.phrases import Values, Wording, join, listed, reference, tail, words

MOST_UPRIGHT = 4
"""Maximum number of columns, without that of the names, of a table on an upright page."""
MOST_ACROSS = 7
"""Maximum number of columns, without that of the names, of a table on a landscape page."""


def position_tables(values: Values, wording: Wording) -> Iterator[Block]:
    """Yield who holds which position as tables that fit on pages; the fewer names are columns."""
    if not values["positions"]:
        return
    yield Heading("Positions")
    issues = [
        row["issue"] if wording.ids else row["question"] or row["issue"]
        for row in values["positions"]
    ]
    cells = [row["cells"] for row in values["positions"]]
    parties = values["parties"]
    columns, rows, corner = parties, issues, "issue"
    if len(parties) > MOST_ACROSS and len(parties) > len(issues):
        columns, rows, corner = issues, parties, "party"
        cells = [list(column) for column in zip(*cells, strict=True)]
    most = MOST_UPRIGHT if len(columns) <= MOST_UPRIGHT else MOST_ACROSS
    for start in range(0, len(columns), most):
        part = slice(start, start + most)
        lines = tuple(
            ((join(TextRun(row)),), *(_square(wording, cell) for cell in line[part]))
            for row, line in zip(rows, cells, strict=True)
        )
        shares = (1.0,) * len(lines[0])
        yield DocumentTable((corner, *columns[part]), lines, shares, landscape=most == MOST_ACROSS)


def _square(wording: Wording, cell: Values) -> Cell:
    """Return a position with the id and the footnotes of the claim whose words it has."""
    if cell["entry"]:
        return (join(TextRun(cell["text"]), tail(wording, cell["entry"])),)
    name = (
        (" (", TextRun(cell["claim"], TextStyle.CODE), ")") if cell["claim"] and wording.ids else ()
    )
    return (join(TextRun(cell["text"]), *name),)


def issue_heading(values: Values) -> Heading:
    """Return the heading of an issue: its question, or its id."""
    return Heading(values["question"] or values["issue"] or "Claims on no issue", issue=True)


def contested_tables(rows: Iterable[Values], wording: Wording) -> Iterator[Block]:
    """Yield a heading and a table for each issue."""
    for _, group in groupby(rows, key=lambda row: str(row["issue"])):
        contested = list(group)
        yield issue_heading(contested[0])
        cells = tuple(line for row in contested for line in _opposed(wording, row))
        header = ("claim", "how it is contested", "opposing claim")
        yield DocumentTable(header, cells, (3.0, 1.2, 3.0))


def _opposed(wording: Wording, row: Values) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each opposing claim; only the first one repeats the claims in full."""
    first = tuple(runs for said in row["claims"] for runs in words(wording, said))
    if not row["against"]:
        yield (first, (join("hold many different positions"),), (join("–"),))
    for place, entry in enumerate(row["against"]):
        again = listed([reference(wording, said["id"]) for said in row["claims"]])
        left = (join("the same: ", again),) if place else first
        yield (left, (join(TextRun(entry["kind"])),), words(wording, entry))
