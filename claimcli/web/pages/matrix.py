"""Who holds what."""

from collections.abc import Mapping

from msgspec.structs import replace

from claimcli.analysis.issue_accounts import IssueRelation, issue_relations
from claimcli.analysis.matrix import NO_ISSUE, Matrix, MatrixCell
from claimcli.analysis.matrix import matrix as matrix_of
from claimcli.core.party_trees import By, parse_by
from claimcli.core.query import Node, Request, Scope
from claimcli.core.query_parser import parse_query, term_text
from claimcli.core.text.word_diff import plural
from claimcli.formats.matrix import square
from claimcli.formats.positions_table import Row, positions_table
from claimcli.web.facets import narrowed_text
from claimcli.web.page import Page, PageRequest
from claimcli.web.parts import Views

MOST_CELLS = 10_000
"""Cells of one page; a query selects others."""
LEAST_ROWS = 5
_RELATIONS = {
    IssueRelation.CONTESTED: "contested",
    IssueRelation.DIVIDED: "divided",
    IssueRelation.QUALIFIED: "accepted in part",
    IssueRelation.AGREED: "agreed",
}
"""The relations that cells do not show, the strongest first."""


def page(request: PageRequest) -> Page:
    """Return each party's position on each issue."""
    by = parse_by(request.options.get("by") or By.MEMBER)
    query = parse_query(request.query)
    dossier = request.reader.read(Request(query=query, scope=Scope.ISSUES, opposition=True))
    relations = issue_relations(dossier)
    every = _strongest_first(matrix_of(dossier, by=by), relations)
    result = _part(every)
    views = Views(dossier)
    parties = [views.party(name) for name in result.parties]
    rows = (
        Row(row.issue or NO_ISSUE, row.question or "", tuple(map(square, row.cells)))
        for row in result.rows
    )
    table = positions_table(result.names, [party.look for party in parties], rows)
    for shown, row in zip(table["rows"], result.rows, strict=True):
        shown["id"] = row.issue or ""
        shown["relation"] = _relation_name(relations, row.issue)
        shown["links"] = [_link(request, query, row.issue, cell) for cell in row.cells]
    values = {
        "table": table,
        "parties": parties,
        "counts": _counts(every),
        "left_out": _left_out(every, result),
        "by": by.value,
        "has_members": any(party.part_of for party in dossier.parties.values()),
    }
    return Page(title="Who holds what", template="matrix.html.j2", values=values)


def _relation_name(relations: Mapping[str, IssueRelation], issue: str | None) -> str:
    relation = relations.get(issue or "")
    return _RELATIONS.get(relation, "") if relation else ""


def _strongest_first(matrix: Matrix, relations: Mapping[str, IssueRelation]) -> Matrix:
    """Return a matrix with the issues in the order of their relations, claims on none last."""
    order = [*_RELATIONS.values(), ""]
    ranks = {row.issue: order.index(_relation_name(relations, row.issue)) for row in matrix.rows}
    return replace(
        matrix, rows=tuple(sorted(matrix.rows, key=lambda row: (not row.issue, ranks[row.issue])))
    )


def _part(matrix: Matrix) -> Matrix:
    """Return the first issues if there are very many cells, with the parties that speak on them."""
    most = max(LEAST_ROWS, MOST_CELLS // max(1, len(matrix.parties)))
    if len(matrix.rows) <= most and len(matrix.parties) <= MOST_CELLS // LEAST_ROWS:
        return matrix
    rows = matrix.rows[:most]
    speaking = [n for n in range(len(matrix.parties)) if any(r.cells[n].claims for r in rows)]
    kept = speaking[: MOST_CELLS // LEAST_ROWS]
    return replace(
        matrix,
        parties=tuple(matrix.parties[n] for n in kept),
        names=tuple(matrix.names[n] for n in kept),
        rows=tuple(replace(row, cells=tuple(row.cells[n] for n in kept)) for row in rows),
    )


def _counts(matrix: Matrix) -> str:
    questions = sum(row.issue is not None for row in matrix.rows)
    parties = plural(len(matrix.parties), "party", "parties")
    return f"{parties}, {plural(questions, 'question')}"


def _left_out(every: Matrix, shown: Matrix) -> str:
    """Return a note on the issues and parties that are left out, or ""."""
    issues = len(every.rows) - len(shown.rows)
    parties = len(every.parties) - len(shown.parties)
    notes = [plural(issues, "question")] if issues else []
    notes += [f"{plural(parties, 'party', 'parties')} silent on these questions"] if parties else []
    return " and ".join(notes)


def _link(request: PageRequest, query: Node, issue: str | None, cell: MatrixCell) -> str:
    """Return the address of the claims behind a cell, of a single claim its page, or ""."""
    if cell.claims == 1 and cell.newest:
        return request.links.to("claim", cell.newest)
    if not cell.claims and not cell.members:
        return ""
    on_issue = term_text("issue", issue) if issue else "-has:issue"
    behind = narrowed_text(query, term_text("party", cell.party), on_issue)
    return request.links.to("claims", q=behind)
