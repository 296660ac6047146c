"""Who said what, and when."""

from typing import Any

from markupsafe import Markup

from claimcli.analysis.timeline import TimelineEntry
from claimcli.analysis.timeline import timeline as timeline_of
from claimcli.core.query import Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.formats.timeline_notes import first_rebuttal
from claimcli.formats.timeline_svg import svg
from claimcli.web.list_parts import part_of
from claimcli.web.page import Page, PageRequest
from claimcli.web.parts import Views


def page(request: PageRequest) -> Page:
    """Return the claims by time: a picture unless there are too many, and a table."""
    query = parse_query(request.query)
    part = part_of(request, request.reader.count(query))
    wanted = Request(
        query=query, scope=Scope.THREADS, opposition=True, offset=part.offset, limit=part.limit
    )
    result = timeline_of(request.reader.read(wanted))
    views = Views(result.dossier)
    drawn = part.is_whole and result.entries
    picture = svg(result, link=lambda claim: request.links.to("claim", claim)) if drawn else ""
    values = {
        "part": part,
        "picture": Markup(picture),  # noqa: S704 - our own drawing, whose texts are escaped
        "rows": [_row(views, entry) for entry in result.entries],
    }
    return Page(title="Timeline", template="timeline.html.j2", values=values)


def _row(views: Views, entry: TimelineEntry) -> dict[str, Any]:
    return {
        "claim": views.claim(entry.claim),
        "answers": [{"words": kind.label, "id": name} for name, kind in entry.answers],
        "rebuttal": first_rebuttal(views.dossier, entry),
    }
