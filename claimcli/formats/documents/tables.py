"""The tables of documents: who holds which position, and which claims are contested."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from claimcli.formats.documents.blocks import (
    Block,
    Cell,
    DocumentTable,
    Heading,
    TextRun,
    TextStyle,
)
from claimcli.formats.documents.phrases import Values, Wording, join, listed, reference, tail, words
from claimcli.formats.drawing.text_metrics import width

_UPRIGHT, _ACROSS = 50.0, 72.0
"""Widths of tables on upright and landscape pages, in ems of their text."""
_MOST_COLUMNS = 8
"""Maximum number of columns; more are hard to read even if their words are short."""
_PADDING, _LEAST, _MOST = 1.3, 6.0, 30.0
"""Ems that the borders of a column need, and the least and most that a column gets for words."""
_WHOLE_ID = 24
"""Length up to which ids are not broken."""
_CODE = 0.5
"""Ems of a letter of an id."""
_BREAK = re.compile(r"\s|(?<=[-/])(?=[^\W\d])")

Grid = Sequence[Sequence[Cell]]
"""The rows of a table, with the header as the first one."""


def position_tables(values: Values, wording: Wording) -> Iterator[Block]:
    """Yield who holds which position as tables that fit on pages without broken words.

    The parties are columns, or rows if that makes fewer tables.
    """
    if not values["positions"]:
        return
    yield Heading("Positions")
    draft = replace(wording, numbers={})  # the layout is decided before footnotes are numbered
    turned = min(
        (False, True), key=lambda way: len(_column_groups(_grid(values, draft, turned=way)))
    )
    grid = _grid(values, draft, turned=turned)
    for columns in _column_groups(grid):
        needs = [_need([row[place] for row in grid]) for place in columns]
        landscape = sum(needs) > _UPRIGHT
        shares = _shares(
            needs, [[row[p] for p in columns] for row in grid[1:]], landscape=landscape
        )
        header, *rows = _grid(values, wording, turned=turned, columns=columns)
        names = tuple(_text(cell) for cell in header)
        yield DocumentTable(names, tuple(rows), shares, landscape=landscape)


def _grid(
    values: Values, wording: Wording, *, turned: bool, columns: Iterable[int] = ()
) -> list[tuple[Cell, ...]]:
    """Return the header and the rows of positions, or some of the columns.

    The rows are the issues, or if ``turned`` the parties.
    """
    listed = values["positions"]
    issues = [row["issue"] if wording.ids else row["question"] or row["issue"] for row in listed]
    squares = [row["cells"] for row in listed]
    corner, names, across = "issue", issues, values["parties"]
    if turned:
        corner, names, across = "party", values["parties"], issues
        squares = [*zip(*squares, strict=True)]
    shown = [*columns] or range(len(across) + 1)
    return [
        tuple(_name([corner, *across][place]) for place in shown),
        *(
            tuple(_square(wording, line[place - 1]) if place else _name(name) for place in shown)
            for name, line in zip(names, squares, strict=True)
        ),
    ]


def _name(text: str) -> Cell:
    return (join(TextRun(text)),)


def _column_groups(grid: Grid) -> list[tuple[int, ...]]:
    """Return the columns of each table, by place; all tables begin with the first column."""
    needs = [_need([row[place] for row in grid]) for place in range(len(grid[0]))]
    groups: list[tuple[int, ...]] = [(0,)]
    for place in range(1, len(needs)):
        group = (*groups[-1], place)
        fits = sum(needs[one] for one in group) <= _ACROSS and len(group) <= _MOST_COLUMNS
        if fits or len(groups[-1]) == 1:
            groups[-1] = group
        else:
            groups.append((0, place))
    return groups


def _need(column: Iterable[Cell]) -> float:
    """Return the ems that the longest word of a column needs."""
    runs = (run for cell in column for paragraph in cell for run in paragraph)
    longest = max((wide for run in runs for wide in _widths(run)), default=0.0)
    return min(max(longest, _LEAST), _MOST) + _PADDING


def _widths(run: TextRun) -> Iterator[float]:
    """Yield the ems of the parts of a run that are not broken across lines."""
    code = run.style is TextStyle.CODE
    whole = code and len(run.text) <= _WHOLE_ID
    for part in [f"({run.text})"] if whole else _BREAK.split(run.text):
        yield _CODE * len(part) if code else width(part)


def _shares(needs: Sequence[float], rows: Grid, *, landscape: bool) -> tuple[float, ...]:
    """Return the widths of columns: what their words need, the rest by the length of the texts."""
    lengths = [max(min(len(_text(row[place])), 60) for row in rows) for place in range(len(needs))]
    room = _ACROSS if landscape else _UPRIGHT
    rest = max(room - sum(needs), 0.0) / (sum(lengths) or 1)
    return tuple(
        round(need + rest * length, 1) for need, length in zip(needs, lengths, strict=True)
    )


def _text(cell: Cell) -> str:
    return "".join(run.text for runs in cell for run in runs)


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
