"""Claims and what answers them, as a picture."""

from collections.abc import Iterable

from claimcli.web.page import Page, PageRequest
from claimcli.web.reader import Reader


def page(request: PageRequest) -> Page:
    """Return the graph of the selected claims."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})


def around_page(request: PageRequest) -> Page:
    """Return the graph of the neighbourhood of a claim."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})


def ids(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the id of each claim that has a graph."""
    del reader
    return ()
