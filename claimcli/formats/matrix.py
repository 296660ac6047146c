"""The formats of a matrix."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from claimcli.analysis.matrix import NO_ISSUE, Matrix, MatrixCell, MatrixRow
from claimcli.core.table import json_list, markdown, tsv
from claimcli.core.text.escaping import one_line
from claimcli.formats.drawing.paints import paints, party_css
from claimcli.formats.positions_table import Row, Square, positions_table
from claimcli.formats.templates import render


def data(matrix: Matrix) -> dict[str, Any]:
    """Return ``{parties, issues: [{issue, question, cells: [...]}]}``, one cell for each party.

    A cell of a tree, or of a party that speaks only through members, has the ``members``.
    """
    return {"parties": _parties(matrix), "issues": [_row(row) for row in matrix.rows]}


def json_parts(matrix: Matrix) -> Iterator[str]:
    """Yield the parts of :func:`data` as indented JSON."""
    yield '{\n  "parties": '
    yield from json_list(_parties(matrix), depth=1)
    yield ',\n  "issues": '
    yield from json_list(map(_row, matrix.rows), depth=1)
    yield "\n}\n"


def _parties(matrix: Matrix) -> list[dict[str, str]]:
    named = zip(matrix.parties, matrix.names, strict=True)
    return [{"id": party, "name": name} for party, name in named]


def _row(row: MatrixRow) -> dict[str, Any]:
    return {
        "issue": row.issue,
        "question": row.question,
        "cells": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: MatrixCell) -> dict[str, Any]:
    return {
        "party": cell.party,
        "words": cell.label,
        "positions": list(cell.positions),
        "claims": cell.claims,
        "rebuttals": cell.rebuttals,
        "withdrawn": cell.withdrawn,
        "newest": cell.newest,
        "members": [
            {"party": member.party, "positions": list(member.positions), "claims": member.claims}
            for member in cell.members
        ],
    }


def html(matrix: Matrix) -> str:
    """Return one HTML page without external resources; every value is escaped."""
    of_party = paints(matrix.dossier)
    own = [of_party[party] for party in matrix.parties]
    rows = (
        Row(row.issue or NO_ISSUE, row.question or "", tuple(map(square, row.cells)))
        for row in matrix.rows
    )
    table = positions_table(matrix.names, [paint.kind for paint in own], rows)
    values = {"title": "Positions by party", "table": table, "party_css": party_css(own)}
    values["withheld"] = matrix.dossier.withheld.note
    return render("matrix.html.j2", values, autoescape=True)


def _markdown(matrix: Matrix) -> str:
    note = matrix.dossier.withheld.note
    return markdown(matrix.table()) + (f"\n{note}.\n" if note else "")


def square(cell: MatrixCell) -> Square:
    """Return a cell for a table of positions."""
    kind = "position" if cell.positions else "words" if cell.claims else "note"
    return Square(one_line(cell.label), "silent" if cell.silent else kind, cell.counts)


WRITERS: Mapping[str, Callable[[Matrix], Iterable[str]]] = {
    "table": lambda matrix: tsv(matrix.table(ids=True)),
    "tsv": lambda matrix: tsv(matrix.table(ids=True)),
    "json": json_parts,
    "md": _markdown,
    "html": html,
}
