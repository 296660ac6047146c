"""The events."""

from collections.abc import Iterable

from claimcli.core.query import Request, Scope
from claimcli.core.records import Event
from claimcli.web.page import Page, PageRequest
from claimcli.web.parts import Views
from claimcli.web.reader import Reader
from claimcli.web.record_pages import claims_values, facts, read_claims


def page(request: PageRequest) -> Page:
    """Return an event and its claims."""
    claims = read_claims(request, "event")
    views = Views(claims.dossier)
    record: Event = claims.record
    values = {
        "event": record,
        "facts": facts(claims.dossier, record, "date", "place"),
        **claims_values(request, views, claims),
    }
    return Page(title=record.title, template="event.html.j2", values=values)


def ids(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the id of each event."""
    return ((name,) for name in reader.read(Request(limit=0, scope=Scope.REGISTRIES)).events)
