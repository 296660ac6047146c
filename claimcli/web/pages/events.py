"""The events."""

from collections.abc import Iterable

from claimcli.web.page import Page, PageRequest
from claimcli.web.reader import Reader


def page(request: PageRequest) -> Page:
    """Return an event and its claims."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})


def ids(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the id of each event."""
    del reader
    return ()
