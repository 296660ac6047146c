"""The issues."""

from collections.abc import Iterable

from claimcli.analysis.issue_accounts import issue_overview, issue_overviews
from claimcli.analysis.registries import issues
from claimcli.core.query import EVERYTHING, Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Issue
from claimcli.web.issue_views import issue_view
from claimcli.web.page import Page, PageRequest
from claimcli.web.parts import Views
from claimcli.web.reader import Reader
from claimcli.web.record_pages import MOST_LISTED, claims_values, facts, read_claims


def list_page(request: PageRequest) -> Page:
    """Return the issues of the matching claims with their numbers; without a query, all."""
    query = parse_query(request.query)
    dossier = request.reader.read(Request(query=query, scope=Scope.ALL, opposition=True))
    views = Views(dossier)
    found = {one.issue: one for one in issue_overviews(dossier)}
    records = issues(dossier, only_used=query != EVERYTHING).records
    rows = [
        {
            **record,
            "text": views.question(record["id"]),
            "issue": issue_view(views, one, query) if (one := found.get(record["id"])) else None,
            "speakers": views.parties(record["parties"]),
        }
        for record in records[:MOST_LISTED]
    ]
    values = {"rows": rows, "count": len(records)}
    return Page(title="Questions", template="issues_list.html.j2", values=values)


def page(request: PageRequest) -> Page:
    """Return an issue, how the accounts on it relate, and its claims."""
    claims = read_claims(request, "issue")
    views = Views(claims.dossier)
    record: Issue = claims.record
    title = record.question or record.id
    values = {
        "question": title,
        "facts": facts(claims.dossier, record, "positions", "note"),
        "issue": issue_view(views, issue_overview(claims.dossier), EVERYTHING, most=100)
        if claims.summarized
        else None,
        **claims_values(request, views, claims),
    }
    return Page(title=title, template="issue.html.j2", values=values)


def ids(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the id of each issue."""
    return ((name,) for name in reader.read(Request(limit=0, scope=Scope.REGISTRIES)).issues)
