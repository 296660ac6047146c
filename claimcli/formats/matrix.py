"""The formats of a matrix."""

from collections.abc import Callable, Mapping
from typing import Any

from claimcli.analysis.matrix import NO_ISSUE, Matrix
from claimcli.core.table import markdown, to_json, tsv
from claimcli.core.text.escaping import one_line
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
    rows = [
        {
            "issue": row.issue or NO_ISSUE,
            "question": one_line(row.question or ""),
            "squares": [{"text": one_line(cell.text), "silent": cell.silent} for cell in row.cells],
        }
        for row in matrix.rows
    ]
    context = {"names": [one_line(name) for name in matrix.names], "rows": rows}
    return render("matrix.html.j2", context, autoescape=True)


WRITERS: Mapping[str, Callable[[Matrix], str]] = {
    "table": lambda matrix: tsv(matrix.table(ids=True)),
    "tsv": lambda matrix: tsv(matrix.table(ids=True)),
    "json": lambda matrix: to_json(data(matrix)),
    "md": lambda matrix: markdown(matrix.table()),
    "html": html,
}
