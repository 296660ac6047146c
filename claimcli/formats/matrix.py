"""The matrix as records and as one page of HTML."""

from collections.abc import Callable, Mapping
from typing import Any

from claimcli.analysis.matrix import NO_ISSUE, Matrix
from claimcli.analysis.positions import SILENT
from claimcli.core.table import markdown, to_json, tsv
from claimcli.core.text.escaping import one_line
from claimcli.formats.templates import template


def data(found: Matrix) -> dict[str, Any]:
    """Return ``{parties, issues: [{issue, question, cells: [...]}]}``, a cell for each party."""
    return {
        "parties": [
            {"id": party, "name": name}
            for party, name in zip(found.parties, found.names, strict=True)
        ],
        "issues": [
            {
                "issue": row.issue,
                "question": row.question,
                "cells": [
                    {
                        "party": square.party,
                        "words": square.label,
                        "positions": list(square.positions),
                        "claims": square.claims,
                        "rebuttals": square.rebuttals,
                        "withdrawn": square.withdrawn,
                        "newest": square.newest,
                    }
                    for square in row.cells
                ],
            }
            for row in found.rows
        ],
    }


def html(found: Matrix) -> str:
    """Return one page that refers to nothing outside itself; every value is escaped."""
    rows = [
        {
            "issue": row.issue or NO_ISSUE,
            "question": one_line(row.question or ""),
            "squares": [
                {"text": one_line(square.text), "silent": square.label == SILENT}
                for square in row.cells
            ],
        }
        for row in found.rows
    ]
    page: str = template("matrix.html.j2", autoescape=True).render(
        names=[one_line(name) for name in found.names], rows=rows
    )
    return page


WRITERS: Mapping[str, Callable[[Matrix], str]] = {
    "table": lambda found: tsv(found.table(ids=True)),
    "tsv": lambda found: tsv(found.table(ids=True)),
    "json": lambda found: to_json(data(found)),
    "md": lambda found: markdown(found.table()),
    "html": html,
}
