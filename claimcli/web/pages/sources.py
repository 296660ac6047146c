"""The sources."""

from claimcli.core.dates import Date, parse_date
from claimcli.core.query_parser import parse_query
from claimcli.web.page import Page, PageRequest
from claimcli.web.parts import date_view
from claimcli.web.record_pages import MOST_LISTED


def list_page(request: PageRequest) -> Page:
    """Return the sources that the matching claims cite with their numbers; without a query, all."""
    query = parse_query(request.query)
    found = request.reader.registry("source", query, MOST_LISTED)
    rows = [
        {
            **record,
            "date": date_view(
                parse_date(published) if (published := record["published"]) else None
            ),
            "above": [name for name in record["origins"] if name != record["id"]],
        }
        for record in found.records
    ]
    values = {
        "rows": rows,
        "count": found.count,
        "derived": any(row["above"] for row in rows),
        "origins": found.summary,
    }
    return Page(title="Sources", template="sources.html.j2", values=values)


def _date(text: str | None) -> Date | None:
    return parse_date(text) if text else None
