"""Who holds what, as values for the templates: a table with a column for each party."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from claimcli.core.text.escaping import one_line
from claimcli.formats.drawing.text_metrics import longest_word, width

MOST_COLUMNS = 8
"""More parties have narrow columns, and are listed by position below the table."""
MOST_SILENT = 40
"""Maximum number of silent parties that are named; the others are counted."""
_PAPER, _FONT, _ID, _GAP = 620.0, 12.0, 6.7, 10.0
"""Widths on A4 and Letter paper, in CSS pixels: of a table; the size of its text, the width of a
letter of an id, and the space between columns."""
_QUESTION = 0.2
"""Least part of the width that the questions have."""


class Square(Struct, frozen=True):
    """What a party says on an issue.

    ``kind`` is "position", "words" for the newest words of a party without a position, "silent", or
    "note". ``counts`` is the number of its claims in words; ``claim`` and ``footnotes`` are those
    of the words.
    """

    text: str
    kind: str
    counts: str = ""
    claim: str = ""
    footnotes: tuple[int, ...] = ()


class Row(Struct, frozen=True):
    """An issue with a square for each party."""

    issue: str
    question: str
    squares: tuple[Square, ...]


def positions_table(
    names: Sequence[str], looks: Sequence[str], rows: Iterable[Row]
) -> dict[str, Any]:
    """Return the values of a table; ``looks`` are the CSS classes of the parties' paints.

    It ``fits_paper`` if no word must be broken to print all columns next to each other.
    """
    listed = list(rows)
    labels = [one_line(name) for name in names]
    many = len(names) > MOST_COLUMNS
    return {
        "parties": [{"name": n, "look": k} for n, k in zip(labels, looks, strict=True)],
        "many": many,
        "fits_paper": not many and _fits_paper(labels, listed),
        "rows": [_row(row, labels, many=many) for row in listed],
    }


def _row(row: Row, names: Sequence[str], *, many: bool) -> dict[str, Any]:
    pairs = zip(names, row.squares, strict=True)
    silent = [name for name, square in pairs if square.kind == "silent"]
    return {
        "issue": row.issue,
        "question": one_line(row.question),
        "squares": row.squares,
        "silent": silent[:MOST_SILENT],
        "more_silent": max(0, len(silent) - MOST_SILENT),
        "groups": _groups(row.squares) if many else [],
    }


def _groups(squares: Iterable[Square]) -> list[dict[str, Any]]:
    """Return the numbers of the columns by position, those without a position last."""
    places: dict[tuple[str, str], list[int]] = {}
    for number, square in enumerate(squares):
        if square.kind == "position":
            places.setdefault((square.kind, square.text), []).append(number)
        elif square.kind != "silent" and square.text:
            places.setdefault(("words", "no position on file"), []).append(number)
    ordered = sorted(places.items(), key=lambda item: item[0][0] == "words")
    return [{"kind": kind, "text": text, "places": own} for (kind, text), own in ordered]


def _fits_paper(names: Sequence[str], rows: Sequence[Row]) -> bool:
    question = max((_wide(row.question, row.issue) for row in rows), default=0.0)
    columns = (
        max(_wide(names[n]), *({_square_width(row.squares[n]) for row in rows} or {0.0}))
        for n in range(len(names))
    )
    return max(question, _QUESTION * _PAPER) + sum(columns) + _GAP * len(names) <= _PAPER


def _square_width(square: Square) -> float:
    counts = width(max(square.counts.split(), key=len, default=""), _FONT)
    return max(_wide(square.text, square.claim), counts)


def _wide(text: str, name: str = "") -> float:
    """Return the width of the longest word of a bold text and of an id below it."""
    return max(longest_word(text, _FONT, bold=True), _ID * max(map(len, name.split("-"))))
