"""The sources."""

from claimcli.analysis.registries import sources
from claimcli.core.provenance import origins_summary
from claimcli.core.query import EVERYTHING, Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.web.page import Page, PageRequest
from claimcli.web.parts import date_view
from claimcli.web.record_pages import MOST_LISTED


def list_page(request: PageRequest) -> Page:
    """Return the sources that the matching claims cite with their numbers; without a query, all."""
    query = parse_query(request.query)
    dossier = request.reader.read(Request(query=query, scope=Scope.REGISTRIES))
    records = sources(dossier, only_used=query != EVERYTHING).records
    rows = [
        {
            **record,
            "date": date_view(dossier.sources[record["id"]].published),
            "above": [name for name in record["origins"] if name != record["id"]],
        }
        for record in records[:MOST_LISTED]
    ]
    values = {
        "rows": rows,
        "count": len(records),
        "derived": any(row["above"] for row in rows),
        "origins": origins_summary(dossier, dossier.claims),
    }
    return Page(title="Sources", template="sources.html.j2", values=values)
