"""What is missing."""

from itertools import islice
from typing import Any

from claimcli.analysis.audit import Audit
from claimcli.analysis.audit import audit as audit_of
from claimcli.analysis.lacks import AuditGap, Lack
from claimcli.core.query import Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.core.table import Table
from claimcli.formats.audit import party_table
from claimcli.web.page import Page, PageRequest
from claimcli.web.parts import Views, shown_path

MOST_GAPS = 100
"""Gaps of one kind that are listed; a query selects others."""
MOST_PARTIES = 100
"""Parties whose numbers are listed."""


def page(request: PageRequest) -> Page:
    """Return the gaps of the selected claims, and the numbers of each party."""
    query = parse_query(request.query)
    dossier = request.reader.read(Request(query=query, scope=Scope.ISSUES))
    result = audit_of(dossier)
    views = Views(dossier)
    values = {
        "groups": [_group(views, result, lack) for lack in result.lacks],
        "parties": _parties(views, result, party_table(result)),
        "more_parties": max(0, len(result.totals) - MOST_PARTIES),
    }
    return Page(title="Gaps", template="audit.html.j2", values=values)


def _group(views: Views, audit: Audit, lack: Lack) -> dict[str, Any]:
    gaps = audit.of(lack)
    return {
        "name": lack.value,
        "label": lack.label,
        "count": len(gaps),
        "gaps": [_gap(views, gap) for gap in islice(gaps, MOST_GAPS)],
        "more": max(0, len(gaps) - MOST_GAPS),
    }


def _gap(views: Views, gap: AuditGap) -> dict[str, Any]:
    on_issue = gap.lack is Lack.ONE_SIDED
    claim = None if on_issue else views.dossier.by_id[gap.id]
    return {
        "route": "issue" if on_issue else "claim",
        "id": gap.id,
        "text": claim.statement if claim else views.question(gap.id),
        "parties": views.parties(gap.parties),
        "detail": "" if on_issue else gap.detail,
        "location": f"{shown_path(views.dossier, gap.span.path)}:{gap.span.line}",
    }


def _parties(views: Views, audit: Audit, table: Table) -> dict[str, Any]:
    """Return the columns of the table of parties, and its rows after each party."""
    rows = zip(audit.totals, table.rows, strict=True)
    return {
        "columns": table.columns[1:],
        "rows": [
            {
                "party": views.party(total.party),
                "cells": ["" if cell is None else cell for cell in row[1:]],
            }
            for total, row in list(rows)[:MOST_PARTIES]
        ],
    }
