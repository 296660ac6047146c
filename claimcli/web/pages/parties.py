"""The parties."""

from collections.abc import Iterable

from claimcli.web.page import Page, PageRequest
from claimcli.web.reader import Reader


def list_page(request: PageRequest) -> Page:
    """Return all parties with their counts."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})


def page(request: PageRequest) -> Page:
    """Return a party and its claims."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})


def ids(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the id of each party."""
    del reader
    return ()
