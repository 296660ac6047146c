"""The formats of a matrix."""

from collections.abc import Callable, Mapping
from typing import Any

from claimcli.analysis.matrix import NO_ISSUE, Matrix, MatrixCell
from claimcli.core.table import markdown, to_json, tsv
from claimcli.core.text.escaping import one_line
from claimcli.formats.drawing.paints import paints, party_css
from claimcli.formats.positions_table import Row, Square, positions_table
from claimcli.formats.templates import render


def data(matrix: Matrix) -> dict[str, Any]:
    """Return ``{parties, issues: [{issue, question, cells: [...]}]}``, one cell for each party.

    A cell of a tree, or of a party that speaks only through members, has the ``members``.
    """
    return {
        "parties": [
            {"id": party, "name": name}
            for party, name in zip(matrix.parties, matrix.names, strict=True)
        ],
        "issues": [
            {
                "issue": row.issue,
                "question": row.question,
                "cells": [
                    {
                        "party": cell.party,
                        "words": cell.label,
                        "positions": list(cell.positions),
                        "claims": cell.claims,
                        "rebuttals": cell.rebuttals,
                        "withdrawn": cell.withdrawn,
                        "newest": cell.newest,
                        "members": [
                            {
                                "party": member.party,
                                "positions": list(member.positions),
                                "claims": member.claims,
                            }
                            for member in cell.members
                        ],
                    }
                    for cell in row.cells
                ],
            }
            for row in matrix.rows
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


WRITERS: Mapping[str, Callable[[Matrix], str]] = {
    "table": lambda matrix: tsv(matrix.table(ids=True)),
    "tsv": lambda matrix: tsv(matrix.table(ids=True)),
    "json": lambda matrix: to_json(data(matrix)),
    "md": _markdown,
    "html": html,
}
